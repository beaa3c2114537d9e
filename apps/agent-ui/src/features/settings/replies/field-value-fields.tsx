import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MacroAction, TicketFieldView } from '#contract';
import { request } from '../../../api/request.js';
import { useI18n } from '../../../i18n/use-i18n.js';

interface Props {
  action: MacroAction;
  onChange: (action: MacroAction) => void;
}

/** A custom field and the value that it gets, by its kind. */
export function FieldValueFields({ action, onChange }: Props) {
  const { t, locale } = useI18n();
  const fields = (
    useQuery({
      queryKey: ['kept', 'named', 'ticket-fields'],
      queryFn: ({ signal }) => request<TicketFieldView[]>('/ticket-fields', { signal }),
    }).data ?? []
  ).filter(({ isRetired }) => !isRetired);
  const key = action['field'] as string;
  const field = fields.find((one) => one.key === key);
  return (
    <>
      <NativeSelect
        aria-label={t('kept.do_set_field')}
        required
        value={key}
        onChange={(event) => onChange({ ...action, field: event.currentTarget.value, value: null })}
        data={[
          { value: '', label: t('kept.choose_field'), disabled: true },
          ...fields.map((one) => ({
            value: one.key,
            label: one.name[locale] || one.name.fa || one.name.en || one.key,
          })),
        ]}
      />
      {field && (
        <FieldValue
          field={field}
          value={(action['value'] ?? null) as Value}
          onChange={(value) => onChange({ ...action, value })}
        />
      )}
    </>
  );
}

type Value = string | number | boolean | string[] | null;

interface ValueProps {
  field: TicketFieldView;
  value: Value;
  onChange: (value: Value) => void;
}

const inputTypes: Partial<Record<TicketFieldView['kind'], string>> = { number: 'number', date: 'date' };

function FieldValue({ field, value, onChange }: ValueProps) {
  const { t } = useI18n();
  const { kind } = field;
  if (kind === 'checkbox') {
    return (
      <NativeSelect
        aria-label={t('kept.value')}
        value={value === null ? '' : wordOf(value)}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value === 'true')}
        data={[
          { value: '', label: t('kept.nothing') },
          { value: 'true', label: t('kept.yes') },
          { value: 'false', label: t('kept.no') },
        ]}
      />
    );
  }
  if (kind === 'choice' || kind === 'choices') {
    return <ChoiceValue field={field} value={value} onChange={onChange} />;
  }
  const give = (typed: string) => onChange(typed === '' ? null : kind === 'number' ? Number(typed) : typed);
  return (
    <TextInput
      aria-label={t('kept.value')}
      type={inputTypes[kind] ?? 'text'}
      dir="auto"
      value={wordOf(value)}
      onChange={({ currentTarget }) => give(currentTarget.value)}
    />
  );
}

function ChoiceValue({ field: { kind, choices }, value, onChange }: ValueProps) {
  const { t, locale } = useI18n();
  const give = (one: string) => onChange(kind === 'choices' ? [one] : one);
  return (
    <NativeSelect
      aria-label={t('kept.value')}
      value={wordOf(value)}
      onChange={({ currentTarget }) => (currentTarget.value === '' ? onChange(null) : give(currentTarget.value))}
      data={[
        { value: '', label: t('kept.nothing') },
        ...choices.map((one) => ({ value: one.value, label: one.name[locale] || one.value })),
      ]}
    />
  );
}

/** A value as a field of a form has it; of several choices the first. */
function wordOf(value: Value): string {
  const [first = ''] = [value].flat().filter((one) => one !== null);
  return String(first);
}
