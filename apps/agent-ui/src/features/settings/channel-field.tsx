import { PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import type { Field, FieldValue } from './channel-fields.js';

interface Props {
  field: Field;
  value: FieldValue;
  /** A secret that the hub has already. */
  isStored: boolean;
  error: string | undefined;
  onChange: (value: FieldValue) => void;
}

/** One setting of a channel. Addresses and keys read from left to right in every language. */
export function ChannelField({ field, value, isStored, error, onChange }: Props) {
  const { t } = useI18n();
  const label = t(`field.${field.name}`);
  if (field.input === 'switch') {
    return (
      <Switch label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  }
  const text = {
    label,
    dir: 'ltr' as const,
    required: (field.required ?? false) && !isStored,
    description: isStored ? t('settings.secretKept') : undefined,
    error,
    placeholder: field.example ?? '',
    value: String(value),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (field.secret) {
    return <PasswordInput {...text} autoComplete="off" />;
  }
  switch (field.input) {
    case 'lines':
    case 'json':
      return <Textarea {...text} rows={field.input === 'json' ? 8 : 3} spellCheck={false} />;
    case 'number':
      return <TextInput {...text} inputMode="numeric" />;
    case 'text':
      return <TextInput {...text} />;
  }
}
