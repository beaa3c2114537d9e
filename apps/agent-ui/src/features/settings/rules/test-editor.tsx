import { CloseButton, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { TestProps } from '../../../ui/conditions/group-editor.js';
import { CountField } from '../count-field.js';
import {
  fieldNames,
  fields,
  operators,
  readWords,
  testOf,
  textKey,
  withOperator,
  wordOf,
  type Field,
  type Operator,
  type Test,
} from './rule-draft.js';
import { useChoices, useNamed } from './use-options.js';

type Props = TestProps<Test>;

/** One question: what, how, and the value. */
export function TestEditor({ test, onChange, onRemove }: Props & { onRemove: () => void }) {
  const { t } = useI18n();
  return (
    <div className="condition-test">
      <NativeSelect
        label={t('rule.field')}
        value={test.field}
        onChange={(event) => onChange(testOf(event.currentTarget.value as Field))}
        data={fieldNames.map((value) => ({ value, label: t(`rule.field_${textKey(value)}`) }))}
      />
      <NativeSelect
        label={t('rule.op')}
        value={test.op}
        onChange={(event) => onChange(withOperator(test, event.currentTarget.value as Operator))}
        data={operators[fields[test.field]].map((value) => ({ value, label: t(`rule.op_${value}`) }))}
      />
      <CloseButton aria-label={t('rule.removeTest')} onClick={onRemove} />
      <div className="condition-value">
        <Value key={test.field} test={test} onChange={onChange} />
      </div>
    </div>
  );
}

function Value({ test, onChange }: Props) {
  switch (fields[test.field]) {
    case 'words':
      return <WordsValue test={test} onChange={onChange} />;
    case 'tags':
      return <ListValue test={test} onChange={onChange} />;
    case 'choice':
      return <ChoiceValue test={test} onChange={onChange} />;
    case 'count':
      return <CountValue test={test} onChange={onChange} />;
    case 'yesNo':
      return <YesNoValue test={test} onChange={onChange} />;
    case 'keyed':
      return <KeyedValue test={test} onChange={onChange} />;
  }
}

function WordsValue({ test, onChange }: Props) {
  const { t } = useI18n();
  if (test.op === 'is_empty') {
    return null;
  }
  if (test.op !== 'matches') {
    return <ListValue test={test} onChange={onChange} />;
  }
  return (
    <TextInput
      label={t('rule.pattern')}
      dir="ltr"
      required
      maxLength={200}
      value={wordOf(test.value)}
      onChange={(event) => onChange({ ...test, value: event.currentTarget.value })}
    />
  );
}

/** What is typed stays as it was typed until it is left: a line that is begun is no word yet. */
function ListValue({ test, onChange }: Props) {
  const { t } = useI18n();
  const words = Array.isArray(test.value) ? test.value.map(String) : [];
  const [typed, setTyped] = useState(() => words.join('\n'));
  return (
    <Textarea
      label={t('rule.words')}
      rows={Math.min(6, Math.max(2, typed.split('\n').length))}
      dir="auto"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange({ ...test, value: readWords(event.currentTarget.value, /\n/u) });
      }}
    />
  );
}

function ChoiceValue({ test, onChange }: Props) {
  const { t } = useI18n();
  const choices = useChoices(test.field);
  const chosen = Array.isArray(test.value) ? (test.value as (string | null)[]) : [];
  return (
    <fieldset className="rule-choices">
      <legend>{t('rule.value')}</legend>
      {choices.map(({ value, label }) => (
        <label key={value ?? ''}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange({
                ...test,
                value: event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
              })
            }
          />
          <bdi>{label}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

function CountValue({ test, onChange }: Props) {
  const { t } = useI18n();
  const value = Number(test.value ?? 0);
  const set = (count: number) => onChange({ ...test, value: count });
  if (test.field === 'ticket.priority') {
    return (
      <NativeSelect
        label={t('rule.value')}
        value={String(value)}
        onChange={(event) => set(Number(event.currentTarget.value))}
        data={([1, 2, 3, 4] as const).map((one) => ({ value: String(one), label: t(`ticket.priority.${one}`) }))}
      />
    );
  }
  const most = test.field === 'customer.tier' ? 9 : 10;
  return <CountField label={t('rule.value')} value={value} most={most} onChange={set} />;
}

function YesNoValue({ test, onChange }: Props) {
  const { t } = useI18n();
  return (
    <NativeSelect
      label={t('rule.value')}
      value={test.value === false ? 'no' : 'yes'}
      onChange={(event) => onChange({ ...test, value: event.currentTarget.value === 'yes' })}
      data={[
        { value: 'yes', label: t('rule.yes') },
        { value: 'no', label: t('rule.no') },
      ]}
    />
  );
}

function KeyedValue({ test, onChange }: Props) {
  const { t } = useI18n();
  const known = useNamed().fields;
  const key = test.key ?? '';
  return (
    <>
      {test.field === 'ticket.field' ? (
        <NativeSelect
          label={t('rule.key')}
          required
          value={key}
          onChange={(event) => onChange({ ...test, key: event.currentTarget.value })}
          data={[{ value: '', label: t('rule.choose') }, ...known]}
        />
      ) : (
        <TextInput
          label={t('rule.key')}
          required
          maxLength={60}
          value={key}
          onChange={(event) => onChange({ ...test, key: event.currentTarget.value })}
        />
      )}
      {Array.isArray(test.value) && <ListValue test={test} onChange={onChange} />}
      {typeof test.value === 'number' && (
        <CountField
          label={t('rule.value')}
          value={test.value}
          most={999_999}
          onChange={(value) => onChange({ ...test, value })}
        />
      )}
    </>
  );
}
