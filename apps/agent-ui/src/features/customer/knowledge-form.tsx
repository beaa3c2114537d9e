import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { CustomerAttributeView, CustomerKnowledgeView } from '#contract';
import { segmentKeys, segments } from '../../api/segments.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { wordsOf } from '../../ui/field-words.js';
import { useProblemText } from '../../ui/problem-text.js';

interface Props {
  customer: string;
  attributes: readonly CustomerAttributeView[];
  values: CustomerKnowledgeView['values'];
  onClose: () => void;
}

type Typed = Record<string, string>;

/** Values of attributes, as they are typed: the hub reads numbers and days of both languages. */
export function KnowledgeForm({ customer, attributes, values, onClose }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(attributes.map(({ key }) => [key, shown(values[key])])),
  );
  const save = useMutation({
    mutationFn: () => segments.setValues(customer, changedOf(attributes, values, typed)),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: segmentKeys.knowledge(customer) });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      {attributes.map((attribute) => (
        <ValueField
          key={attribute.key}
          attribute={attribute}
          value={typed[attribute.key] ?? ''}
          onChange={(value) => setTyped((known) => ({ ...known, [attribute.key]: value }))}
        />
      ))}
      {save.isError && <p role="alert">{problemText(save.error)}</p>}
      <Group mt={8}>
        <Button type="submit" size="xs" loading={save.isPending}>
          {t('common.save')}
        </Button>
        <Button variant="subtle" size="xs" color="gray" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </form>
  );
}

interface FieldProps {
  attribute: CustomerAttributeView;
  value: string;
  onChange: (value: string) => void;
}

function ValueField({ attribute: { kind, name, choices }, value, onChange }: FieldProps) {
  const { t, locale } = useI18n();
  const label = wordsOf(name, locale);
  const offered = choices
    .filter((choice) => choice.retired !== true || choice.value === value)
    .map((choice) => ({ value: choice.value, label: wordsOf(choice.name, locale) || choice.value }));
  const select = (data: { value: string; label: string }[]) => (
    <NativeSelect
      size="xs"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('segment.nothing') }, ...data]}
    />
  );
  switch (kind) {
    case 'choice':
    case 'region':
      return select(offered);
    case 'yes_no':
      return select((['true', 'false'] as const).map((one) => ({ value: one, label: t(one === 'true' ? 'segment.yes' : 'segment.no') }))); // prettier-ignore
    case 'text':
    case 'number':
    case 'date':
    case 'birthday':
    case 'choices':
      return (
        <TextInput
          size="xs"
          label={label}
          dir="auto"
          description={kind === 'choices' ? offered.map((one) => one.label).join(' · ') : undefined}
          placeholder={kind === 'date' || kind === 'birthday' ? t('known.dayHint') : undefined}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

function shown(value: CustomerKnowledgeView['values'][string] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value);
}

/** What is other than it was; an empty field takes its value away. */
function changedOf(
  attributes: Props['attributes'],
  values: Props['values'],
  typed: Typed,
): Record<string, string | null> {
  const changed = attributes
    .map(({ key }) => [key, typed[key] ?? ''] as const)
    .filter(([key, text]) => text !== shown(values[key]));
  return Object.fromEntries(changed.map(([key, text]) => [key, text === '' ? null : text]));
}
