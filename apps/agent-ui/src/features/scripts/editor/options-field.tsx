import { Button } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { addToList, freeKey, freeNodeId } from '../document/edit-document.js';
import { listOf, mappingOf, valueAt, wordOf, type Path } from '../document/script-words.js';
import { ConditionField } from './condition-field.js';
import { useEditor } from './editor-context.js';
import { EntryActs } from './entry-acts.js';
import { LocalTexts } from './local-texts.js';
import { PlaceProblems } from './place-problems.js';
import { TargetSelect } from './target-select.js';
import { LineField, VariableField } from './written-fields.js';

const most = 9;

/** What a customer may choose from, in order. */
export function OptionsField({ path }: { path: Path }) {
  const { t, format } = useI18n();
  const { script, edit } = useEditor();
  const options = listOf(valueAt(script.root, path));
  const add = () => {
    const id = freeNodeId('option', ['option', ...options.map((option) => wordOf(mappingOf(option)['id']))]);
    const label = Object.fromEntries(script.locales.map((locale) => [locale, '']));
    const dtmf = freeKey(options);
    edit(addToList(path, { id, label, ...(dtmf && { dtmf }) }));
  };
  return (
    <fieldset className="form-part">
      <legend>{t('script.field_options')}</legend>
      <PlaceProblems path={path} exactly />
      <ol className="script-entries">
        {options.map((option, at) => (
          // Options have no names of their own that would not change while they are typed.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            <div className="script-entry-head">
              <strong>{t('script.optionAt', { number: format.number(at + 1) })}</strong>
              <EntryActs path={path} at={at} count={options.length} name={wordOf(mappingOf(option)['id'])} least={1} />
            </div>
            <OneOption path={[...path, at]} option={mappingOf(option)} />
          </li>
        ))}
      </ol>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconPlus size={15} />}
        disabled={options.length >= most}
        onClick={add}
      >
        {t('script.addOption')}
      </Button>
    </fieldset>
  );
}

function OneOption({ path, option }: { path: Path; option: Record<string, unknown> }) {
  const { t } = useI18n();
  return (
    <>
      <LocalTexts path={[...path, 'label']} label={t('script.label')} />
      <div className="script-pairs">
        <VariableField path={[...path, 'id']} label={t('script.optionId')} />
        <LineField path={[...path, 'dtmf']} label={t('script.key')} dir="ltr" />
      </div>
      <TargetSelect path={[...path, 'next']} label={t('script.leadsTo')} />
      <details className="script-more" open={'say' in option || 'when' in option || undefined}>
        <summary>{t('script.optionMore')}</summary>
        <LocalTexts path={[...path, 'say']} label={t('script.otherWords')} shape="words" />
        <ConditionField path={[...path, 'when']} label={t('script.shownWhen')} />
      </details>
    </>
  );
}
