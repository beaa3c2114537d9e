import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { latinDigits } from '../i18n/latin-digits.js';
import { useI18n } from '../i18n/use-i18n.js';

interface Props {
  label: string;
  description?: string;
  value: number | null;
  least: number;
  most: number;
  onChange: (value: number) => void;
  /** Left out where it may not stand empty. */
  onClear?: () => void;
}

/** A whole number in either digits, taken as it is typed; what is none leaves the last that was one. */
export function NumberField({ label, description, value, least, most, onChange, onClear }: Props) {
  const { format } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string): number | null => {
    const written = latinDigits(text).trim();
    const number = Number(written);
    return /^\d+$/u.test(written) && number >= least && number <= most ? number : null;
  };
  const isCleared = (text: string): boolean => onClear !== undefined && text.trim() === '';
  const change = (text: string) => {
    setTyped(text);
    const next = read(text);
    if (next !== null) {
      onChange(next);
    } else if (isCleared(text)) {
      onClear?.();
    }
  };
  return (
    <TextInput
      label={label}
      description={description}
      // Fields beside each other stand on one line, however long what is said of each.
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      maxLength={6}
      error={typed !== null && read(typed) === null && !isCleared(typed)}
      value={typed ?? (value === null ? '' : format.digits(value))}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
}
