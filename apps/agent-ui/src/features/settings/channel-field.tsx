import { NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import { choiceKey, hintKey, labelKey, type Field, type FieldValue } from './channel-fields.js';

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
  const label = t(labelKey(field));
  const hint = useHint(field, isStored);
  if (field.input === 'switch') {
    return (
      <Switch label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  }
  const text = {
    label,
    dir: 'ltr' as const,
    required: (field.required ?? false) && !isStored,
    description: hint,
    error,
    placeholder: field.example ?? '',
    value: String(value),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (field.input === 'choice') {
    return (
      <NativeSelect
        label={label}
        description={hint}
        error={error}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={(field.choices ?? []).map((choice) => ({ value: choice, label: t(choiceKey(field, choice)) }))}
      />
    );
  }
  if (field.secret) {
    return <PasswordInput {...text} autoComplete="off" />;
  }
  switch (field.input) {
    case 'paragraph':
      return <Textarea {...text} rows={3} />;
    case 'lines':
    case 'json':
      return <Textarea {...text} rows={field.input === 'json' ? 8 : 3} spellCheck={false} />;
    case 'number':
      return <TextInput {...text} inputMode="numeric" />;
    case 'text':
      return <TextInput {...text} />;
  }
}

/** What stands below the name: that a secret is kept, or what the setting does. */
function useHint(field: Field, isStored: boolean): string | undefined {
  const { t } = useI18n();
  if (isStored) {
    return t('settings.secretKept');
  }
  return field.hint ? t(hintKey(field)) : undefined;
}
