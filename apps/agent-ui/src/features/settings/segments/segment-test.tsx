import { CloseButton, NativeSelect } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { TestProps as Props } from '../../../ui/conditions/group-editor.js';
import { AttributeValueFields } from './attribute-value-fields.js';
import { fieldNames, operators, testOf, withOperator, type Field, type Operator, type Test } from './segment-draft.js';
import { BirthdayFields, LapsedFields, MoneyFields, TicketFields } from './test-parts.js';
import { ChosenOf, NumberPart } from './test-values.js';
import { useAttributes, useWayNames } from './use-segment-options.js';

export type TestProps = Props<Test>;

/** One question about customers: what, how, and the value. */
export function SegmentTest({ test, onChange, onRemove }: TestProps & { onRemove: () => void }) {
  const { t } = useI18n();
  return (
    <div className="condition-test">
      <NativeSelect
        label={t('segment.field')}
        value={test.field}
        onChange={(event) => onChange(testOf(event.currentTarget.value as Field))}
        data={fieldNames.map((value) => ({ value, label: t(`segment.fields.${value}`) }))}
      />
      <NativeSelect
        label={t('segment.op')}
        value={test.op}
        onChange={(event) => onChange(withOperator(test, event.currentTarget.value as Operator))}
        data={useOperators(test).map((value) => ({ value, label: t(`segment.ops.${value}`) }))}
      />
      <CloseButton aria-label={t('segment.removeTest')} onClick={onRemove} />
      <div className="condition-value">
        <Value test={test} onChange={onChange} />
      </div>
    </div>
  );
}

/** What can be asked of an attribute depends on what it holds. */
function useOperators(test: Test): readonly Operator[] {
  const kind = useAttributes().find(({ key }) => key === test.key)?.kind;
  if (test.field !== 'attribute' || kind === undefined) {
    return operators[test.field];
  }
  const isMeasured = kind === 'number' || kind === 'date' || kind === 'birthday';
  const own: readonly Operator[] = isMeasured
    ? ['at_least', 'at_most']
    : ['is', 'is_not', ...(kind === 'text' ? (['contains'] as const) : [])];
  const known: readonly Operator[] = [...own, 'is_known', 'is_empty'];
  return known.includes(test.op) ? known : [test.op, ...known];
}

function Value({ test, onChange }: TestProps) {
  const { t } = useI18n();
  const ways = useWayNames();
  switch (test.field) {
    case 'attribute':
      return <AttributeValueFields key={test.key} test={test} onChange={onChange} />;
    case 'birthday':
      return <BirthdayFields test={test} onChange={onChange} />;
    case 'tier':
      return <NumberPart test={test} part="value" label={t('segment.tier')} most={9} onChange={onChange} />;
    case 'score':
      return <NumberPart test={test} part="value" label={t('segment.score')} least={1} most={5} onChange={onChange} />;
    case 'language':
      return <ChosenOf test={test} part="value" label={t('segment.value')} choices={languages} onChange={onChange} />;
    case 'ways':
      return <ChosenOf test={test} part="value" label={t('segment.value')} choices={ways} onChange={onChange} />;
    case 'tickets':
      return <TicketFields test={test} onChange={onChange} />;
    case 'purchases':
    case 'spent':
      return <MoneyFields test={test} onChange={onChange} />;
    case 'lapsed':
      return <LapsedFields test={test} onChange={onChange} />;
    case 'last_message':
    case 'last_purchase':
    case 'known_since':
      return <NumberPart test={test} part="days" label={t('segment.days')} least={1} most={3650} onChange={onChange} />;
  }
}

const languages = [
  { value: 'fa', label: 'فارسی' },
  { value: 'en', label: 'English' },
];
