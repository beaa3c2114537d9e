import { Button } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { addToList } from '../document/edit-document.js';
import { listOf, mappingOf, valueAt, wordOf, type Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';
import { EntryActs } from './entry-acts.js';
import { PlaceProblems } from './place-problems.js';
import { TargetSelect } from './target-select.js';
import { ChoiceField } from './written-fields.js';

/** What a customer may mean here, and where each meaning leads. */
export function IntentsField({ path }: { path: Path }) {
  const { t } = useI18n();
  const { script, edit, choose } = useEditor();
  const entries = listOf(valueAt(script.root, path));
  const known = Object.keys(mappingOf(script.root['intents']));
  const used = new Set(entries.map((entry) => mappingOf(entry)['intent']));
  const free = known.find((intent) => !used.has(intent));
  return (
    <fieldset className="form-part">
      <legend>{t('script.field_intents')}</legend>
      <PlaceProblems path={path} exactly />
      <ol className="script-entries">
        {entries.map((entry, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- The same meaning may stand there twice while it is chosen.
          <li key={at} className="script-entry-row">
            <ChoiceField
              path={[...path, at, 'intent']}
              label={t('script.intent')}
              choices={known.map((value) => ({ value, label: value }))}
            />
            <TargetSelect path={[...path, at, 'next']} label={t('script.leadsTo')} />
            <EntryActs path={path} at={at} count={entries.length} name={wordOf(mappingOf(entry)['intent'])} />
          </li>
        ))}
      </ol>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconPlus size={15} />}
        onClick={() => edit(addToList(path, { intent: free ?? '' }))}
      >
        {t('script.addIntentHere')}
      </Button>{' '}
      {known.length === 0 && (
        <button type="button" className="script-goto" onClick={() => choose(null)}>
          {t('script.noIntents')}
        </button>
      )}
    </fieldset>
  );
}
