import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { asciiDigits } from '../../i18n/formats.js';
import { useI18n } from '../../i18n/use-i18n.js';

interface Props {
  label: string;
  description: string;
  value: number | null;
  least: number;
  most: number;
  onChange: (value: number | null) => void;
  /** Whether it may stand empty. */
  mayLack?: boolean;
}

/** A whole number in either digits; what is none is not asked with. */
export function NumberField({ label, description, value, least, most, onChange, mayLack = false }: Props) {
  const { format } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string): number | null | undefined => {
    const written = asciiDigits(text).trim();
    if (written === '') {
      return mayLack ? null : undefined;
    }
    const number = Number(written);
    return /^\d+$/u.test(written) && number >= least && number <= most ? number : undefined;
  };
  return (
    <TextInput
      label={label}
      description={description}
      inputMode="numeric"
      maxLength={6}
      error={typed !== null && read(typed) === undefined}
      value={typed ?? (value === null ? '' : format.digits(value))}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const next = read(event.currentTarget.value);
        if (next !== undefined) {
          onChange(next);
        }
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
