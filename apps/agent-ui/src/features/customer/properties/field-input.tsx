import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FieldValue, TicketFieldView } from '#contract';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DayField } from '../../../ui/dates/day-field.js';
import { wordsOf } from '../../../ui/field-words.js';

interface Props {
  field: TicketFieldView;
  label: string;
  value: FieldValue | null;
  isDisabled: boolean;
  onSet: (value: FieldValue | null) => void;
}

/** One field of a ticket. What is typed is set when it is left, what is chosen at once. */
export function FieldInput(props: Props) {
  switch (props.field.kind) {
    case 'text':
    case 'number':
    case 'long_text':
      return <TypedInput {...props} />;
    case 'checkbox':
      return <YesOrNo {...props} />;
    case 'choice':
      return <Choice {...props} />;
    case 'choices':
      return <Choices {...props} />;
    case 'date':
      return <Day {...props} />;
  }
}

function TypedInput({ field: { kind }, label, value, isDisabled, onSet }: Props) {
  const { format } = useI18n();
  const shown = typeof value === 'number' ? format.digits(value) : typeof value === 'string' ? value : '';
  const [typed, setTyped] = useState(shown);
  const leave = () => {
    if (typed.trim() !== shown) {
      onSet(kind === 'number' ? numberOf(typed) : typed.trim() || null);
    }
  };
  const shared = { size: 'xs', label, value: typed, disabled: isDisabled, dir: 'auto', onBlur: leave } as const;
  return kind === 'long_text' ? (
    <Textarea
      {...shared}
      className="props-wide"
      autosize
      maxLength={10_000}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  ) : (
    <TextInput
      {...shared}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      maxLength={500}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

/** What is no number goes to the hub as it is, which says so. */
function numberOf(typed: string): FieldValue | null {
  const plain = latinDigits(typed).trim().replaceAll('٬', '').replace('٫', '.').replace('−', '-');
  return plain === '' ? null : Number.isNaN(Number(plain)) ? plain : Number(plain);
}

function YesOrNo({ label, value, isDisabled, onSet }: Props) {
  const { t } = useI18n();
  return (
    <NativeSelect
      size="xs"
      label={label}
      disabled={isDisabled}
      value={value === null ? '' : String(value)}
      onChange={({ currentTarget }) => onSet(currentTarget.value === '' ? null : currentTarget.value === 'true')}
      data={[
        { value: '', label: t('props.unset') },
        { value: 'true', label: t('props.yes') },
        { value: 'false', label: t('props.no') },
      ]}
    />
  );
}

/** A retired choice is offered to nobody but a ticket that has it. */
function offered({ choices }: TicketFieldView, value: FieldValue | null) {
  const has = (one: string) => (Array.isArray(value) ? value.includes(one) : value === one);
  return choices.filter((choice) => choice.retired !== true || has(choice.value));
}

function Choice({ field, label, value, isDisabled, onSet }: Props) {
  const { t, locale } = useI18n();
  return (
    <NativeSelect
      size="xs"
      label={label}
      disabled={isDisabled}
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) => onSet(currentTarget.value || null)}
      data={[
        { value: '', label: t('props.unset') },
        ...offered(field, value).map((choice) => ({ value: choice.value, label: wordsOf(choice.name, locale) })),
      ]}
    />
  );
}

function Choices({ field, label, value, isDisabled, onSet }: Props) {
  const { locale } = useI18n();
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (one: string, isOn: boolean) =>
    onSet(isOn ? [...chosen, one] : chosen.filter((other) => other !== one));
  return (
    <fieldset className="props-choices" disabled={isDisabled}>
      <legend>{label}</legend>
      {offered(field, value).map((choice) => (
        <label key={choice.value}>
          <input
            type="checkbox"
            checked={chosen.includes(choice.value)}
            onChange={({ currentTarget }) => toggle(choice.value, currentTarget.checked)}
          />
          <bdi>{wordsOf(choice.name, locale)}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

/** Set when it is left or picked: a day that is being typed is many days on its way. */
function Day({ label, value, isDisabled, onSet }: Props) {
  const day = typeof value === 'string' ? value : null;
  const [typed, setTyped] = useState(day);
  return (
    <DayField
      size="xs"
      label={label}
      value={typed}
      disabled={isDisabled}
      onChange={setTyped}
      onLeave={(left) => left !== day && onSet(left)}
    />
  );
}
