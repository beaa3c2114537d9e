import { CloseButton, NativeSelect } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { TestProps as Props } from '../../../ui/conditions/group-editor.js';
import { ChoiceChips } from './choice-chips.js';
import { FieldValue, NumberField, WordsField } from './test-values.js';
import { useChoices, useTicketFields } from './use-choices.js';
import { fieldNames, opsOf, testOf, withOp, type Field, type Op, type Test } from './view-draft.js';

export type TestProps = Props<Test>;

/** One question about tickets: about what, how, and the answer that is looked for. */
export function ViewTestFields({ test, onChange, onRemove }: TestProps & { onRemove: () => void }) {
  const { t } = useI18n();
  const kind = useTicketFields().find(({ key }) => key === test.key)?.kind;
  const ops = opsOf(test, kind);
  return (
    <div className="condition-test">
      <NativeSelect
        aria-label={t('views.field')}
        value={test.field}
        onChange={(event) => onChange(testOf(event.currentTarget.value as Field))}
        data={fieldNames.map((value) => ({ value, label: t(`views.fields.${value}`) }))}
      />
      <NativeSelect
        aria-label={t('views.op')}
        value={test.op}
        disabled={ops.length === 1}
        onChange={(event) => onChange(withOp(test, event.currentTarget.value as Op))}
        data={ops.map((value) => ({ value, label: t(`views.ops.${value}`) }))}
      />
      <CloseButton size="lg" aria-label={t('views.removeTest')} onClick={onRemove} />
      <div className="condition-value">
        <Value test={test} onChange={onChange} />
      </div>
    </div>
  );
}

function Value({ test, onChange }: TestProps) {
  const { t } = useI18n();
  const choices = useChoices();
  const set = (value: unknown) => onChange({ ...test, value });
  if (isChoice(test.field)) {
    return (
      <ChoiceChips
        label={t('views.value')}
        choices={choices[test.field]}
        chosen={test.value as string[]}
        onChange={set}
      />
    );
  }
  switch (test.field) {
    case 'tag':
      return <WordsField label={t('views.value')} words={test.value as string[]} onChange={set} />;
    case 'priority':
      return (
        <NativeSelect
          aria-label={t('views.value')}
          value={String(test.value)}
          onChange={(event) => set(Number(event.currentTarget.value))}
          data={choices.priority}
        />
      );
    case 'tier':
      return <NumberField label={t('views.value')} value={Number(test.value)} most={100} onChange={set} />;
    case 'waiting':
      return (
        <NumberField
          label={t('views.minutes')}
          value={test.minutes ?? 0}
          most={525_600}
          onChange={(minutes) => onChange({ ...test, minutes })}
        />
      );
    case 'created':
      return (
        <NumberField
          label={t('views.days')}
          value={test.days ?? 1}
          least={1}
          most={3650}
          onChange={(days) => onChange({ ...test, days })}
        />
      );
    case 'unread':
    case 'snoozed':
      return (
        <NativeSelect
          aria-label={t('views.value')}
          value={test.value === true ? 'yes' : 'no'}
          onChange={(event) => set(event.currentTarget.value === 'yes')}
          data={[
            { value: 'yes', label: t('views.yes') },
            { value: 'no', label: t('views.no') },
          ]}
        />
      );
    case 'field':
      return <FieldValue test={test} onChange={onChange} />;
  }
}

const choiceFields = ['state', 'queue', 'assignee', 'channel', 'language', 'sla'] as const;

function isChoice(field: Field): field is (typeof choiceFields)[number] {
  return (choiceFields as readonly Field[]).includes(field);
}
