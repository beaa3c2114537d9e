import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { readTime, writeTime } from './week.js';

interface Props {
  label: string;
  /** Minutes after midnight. */
  value: number;
  onChange: (value: number) => void;
}

/** A time of the day, typed in either digits. What is no time goes back to what it was. */
export function TimeField({ label, value, onChange }: Props) {
  const { format } = useI18n();
  const shown = localDigits(writeTime(value), format.digits);
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    const minutes = typed === null ? null : readTime(typed);
    if (minutes !== null && minutes !== value) {
      onChange(minutes);
    }
    setTyped(null);
  };
  return (
    <TextInput
      aria-label={label}
      className="hours-time"
      dir="ltr"
      inputMode="numeric"
      maxLength={5}
      error={typed !== null && readTime(typed) === null}
      value={typed ?? shown}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}

function localDigits(text: string, digits: (value: number) => string): string {
  return text.replace(/\d/gu, (digit) => digits(Number(digit)));
}
