import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { latinDigits } from '../../i18n/latin-digits.js';
import { useI18n } from '../../i18n/use-i18n.js';
import './levels-of.css';

interface Props {
  label: string;
  /** For labels that stand beside it already. */
  isLabelHidden?: boolean;
  description?: string;
  value: number;
  least?: number;
  most: number;
  error?: string | undefined;
  disabled?: boolean;
  onChange: (value: number) => void;
}

/** A whole number within bounds, typed in either digits. What is none goes back to what it was. */
export function CountField({ label, isLabelHidden, value, least = 0, most, error, onChange, ...field }: Props) {
  const { format } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? value : readCount(typed, least, most);
  const leave = () => {
    if (read !== null && read !== value) {
      onChange(read);
    }
    setTyped(null);
  };
  return (
    <TextInput
      {...field}
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      className="count-field"
      inputMode="numeric"
      maxLength={6}
      error={error ?? read === null}
      value={typed ?? format.digits(value)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}

function readCount(typed: string, least: number, most: number): number | null {
  const written = latinDigits(typed).trim();
  const count = Number(written);
  return /^\d+$/u.test(written) && count >= least && count <= most ? count : null;
}
