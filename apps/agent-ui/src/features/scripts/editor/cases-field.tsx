import { Button } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { addToList } from '../document/edit-document.js';
import { listOf, valueAt, type Path } from '../document/script-words.js';
import { ConditionField } from './condition-field.js';
import { useEditor } from './editor-context.js';
import { EntryActs } from './entry-acts.js';
import { PlaceProblems } from './place-problems.js';
import { TargetSelect } from './target-select.js';

/** Conditions in order: the first that holds decides where it goes on. */
export function CasesField({ path }: { path: Path }) {
  const { t, format } = useI18n();
  const { script, edit } = useEditor();
  const cases = listOf(valueAt(script.root, path));
  return (
    <fieldset className="form-part">
      <legend>{t('script.field_cases')}</legend>
      <PlaceProblems path={path} exactly />
      <ol className="script-entries">
        {cases.map((_, at) => {
          const name = t('script.caseAt', { number: format.number(at + 1) });
          return (
            // oxlint-disable-next-line react/no-array-index-key -- Cases have no names.
            <li key={at}>
              <div className="script-entry-head">
                <strong>{name}</strong>
                <EntryActs path={path} at={at} count={cases.length} name={name} least={1} />
              </div>
              <ConditionField path={[...path, at, 'when']} label={t('script.when')} />
              <TargetSelect path={[...path, at, 'next']} label={t('script.leadsTo')} />
            </li>
          );
        })}
      </ol>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconPlus size={15} />}
        onClick={() => edit(addToList(path, { when: { var: 'answer', op: 'exists' } }))}
      >
        {t('script.addCase')}
      </Button>
    </fieldset>
  );
}
