import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { readDuration, writeDuration } from './durations.js';

interface Props {
  label: string;
  description?: string;
  /** Milliseconds; null for none. */
  value: number | null;
  onChange: (value: number | null) => void;
  required?: boolean;
}

/** Hours and minutes, typed as 0:30 or 8; nothing is none. What is neither goes back to what it was. */
export function DurationField({ value, onChange, ...field }: Props) {
  const { t, format } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value === null ? '' : writeDuration(value).replace(/\d/gu, (digit) => format.digits(Number(digit)));
  const read = typed === null ? undefined : readDuration(latinDigits(typed));
  const leave = () => {
    if (read !== undefined && (read !== null || !field.required)) {
      onChange(read);
    }
    setTyped(null);
  };
  return (
    <TextInput
      {...field}
      placeholder={t('promises.durationHint')}
      inputMode="numeric"
      maxLength={9}
      error={typed !== null && read === undefined}
      value={typed ?? shown}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}
