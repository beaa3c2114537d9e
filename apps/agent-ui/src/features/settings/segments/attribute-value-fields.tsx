import { NativeSelect, TextInput } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { DayField } from '../../../ui/dates/day-field.js';
import { wordsOf } from '../../../ui/field-words.js';
import type { TestProps } from './segment-test.js';
import { ChosenOf, WordsPart } from './test-values.js';
import { useAttributes } from './use-segment-options.js';

/** Which attribute, and the value that fits its kind. */
export function AttributeValueFields({ test, onChange }: TestProps) {
  const { t, locale } = useI18n();
  const attributes = useAttributes();
  const chosen = attributes.find(({ key }) => key === test.key);
  const choose = (key: string) => {
    const kind = attributes.find((one) => one.key === key)?.kind;
    const isMeasured = kind === 'number' || kind === 'date' || kind === 'birthday';
    onChange(
      isMeasured
        ? { field: 'attribute', key, op: 'at_least', value: kind === 'number' ? 0 : '2026-03-21' }
        : { field: 'attribute', key, op: 'is', value: kind === 'yes_no' ? [true] : [] },
    );
  };
  return (
    <>
      <NativeSelect
        label={t('segment.attribute')}
        required
        value={test.key ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t('segment.choose') },
          ...attributes.map(({ key, name }) => ({ value: key, label: wordsOf(name, locale) || key })),
        ]}
      />
      {chosen && test.op !== 'is_known' && test.op !== 'is_empty' && (
        <ValueOf kind={chosen.kind} choices={chosen.choices} test={test} onChange={onChange} />
      )}
    </>
  );
}

type Attribute = ReturnType<typeof useAttributes>[number];

function ValueOf({ kind, choices, test, onChange }: TestProps & Pick<Attribute, 'kind' | 'choices'>) {
  const { t, locale, format } = useI18n();
  switch (kind) {
    case 'choice':
    case 'choices':
    case 'region': {
      const offered = choices.map(({ value, name }) => ({ value, label: wordsOf(name, locale) || value }));
      return <ChosenOf test={test} part="value" label={t('segment.value')} choices={offered} onChange={onChange} />;
    }
    case 'yes_no':
      return (
        <NativeSelect
          label={t('segment.value')}
          value={Array.isArray(test['value']) && test['value'][0] === false ? 'no' : 'yes'}
          onChange={(event) => onChange({ ...test, value: [event.currentTarget.value === 'yes'] })}
          data={(['yes', 'no'] as const).map((value) => ({ value, label: t(`segment.${value}`) }))}
        />
      );
    case 'date':
    case 'birthday':
      return (
        <DayField
          label={t('segment.day')}
          value={typeof test['value'] === 'string' ? test['value'] || null : null}
          onChange={(day) => onChange({ ...test, value: day ?? '' })}
        />
      );
    case 'number':
      return (
        <TextInput
          label={t('segment.value')}
          inputMode="decimal"
          value={typeof test['value'] === 'number' ? format.digits(test['value']) : ''}
          onChange={(event) => onChange({ ...test, value: Number(latinDigits(event.currentTarget.value)) || 0 })}
        />
      );
    case 'text':
      return <WordsPart test={test} part="value" label={t('segment.words')} onChange={onChange} />;
  }
}
