import { PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { strengthOf } from './password-strength.js';
import './accounts.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
}

/** A password that its owner chooses, with a word on how easily it is guessed. */
export function NewPassword({ label, value, onChange, error }: Props) {
  const { t } = useI18n();
  const strength = strengthOf(value);
  return (
    <div>
      <PasswordInput
        label={label}
        description={t('accounts.password.hint')}
        dir="ltr"
        autoComplete="new-password"
        required
        withAsterisk={false}
        maxLength={128}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p className="account-strength" data-strength={strength} aria-live="polite">
        {!error && strength !== 'empty' && t(`accounts.password.strength_${strength}`)}
      </p>
    </div>
  );
}
