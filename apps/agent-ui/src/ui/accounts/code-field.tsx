import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { latinDigits } from '../../i18n/latin-digits.js';
import './accounts.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
  /** Letters as well: codes that were kept on paper. */
  isRecovery?: boolean;
  hasFocus?: boolean;
}

/** The step before had the focus in its form, and this one takes its place. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus();
}

/** A one-time code. Browsers and phones offer to fill it in; Persian digits are taken as they are typed. */
export function CodeField({ label, value, onChange, error, isRecovery = false, hasFocus = false }: Props) {
  return (
    <TextInput
      className="account-code"
      label={label}
      dir="ltr"
      required
      withAsterisk={false}
      {...(hasFocus && { ref: takeFocus })}
      autoComplete={isRecovery ? 'off' : 'one-time-code'}
      inputMode={isRecovery ? 'text' : 'numeric'}
      spellCheck={false}
      maxLength={isRecovery ? 20 : 9}
      value={value}
      error={error}
      onChange={(event) => onChange(latinDigits(event.currentTarget.value))}
    />
  );
}
