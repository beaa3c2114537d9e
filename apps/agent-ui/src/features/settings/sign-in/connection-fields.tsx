import { Button, PasswordInput, TextInput } from '@mantine/core';
import { isProblem } from '../../../api/problem.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import type { PartProps } from './provider-form.js';

interface Props extends PartProps {
  /** Where the provider leads back to; null: nobody knows. */
  redirect: string | null;
  hasSecret: boolean;
  error: unknown;
}

/** Where the provider is, and as whom Peyk speaks with it. */
export function ConnectionFields({ typed, onChange, redirect, hasSecret, error }: Props) {
  const { t } = useI18n();
  const field = isProblem(error) ? error.problem.field : null;
  return (
    <fieldset className="form-part sign-in-fields">
      <legend>{t('oidc.connection')}</legend>
      <TextInput
        label={t('oidc.name')}
        description={t('oidc.nameHint')}
        required
        maxLength={60}
        value={typed.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {redirect !== null && <Redirect address={redirect} />}
      <TextInput
        label={t('oidc.issuer')}
        description={t('oidc.issuerHint')}
        dir="ltr"
        type="url"
        required
        placeholder="https://login.example.com"
        error={field === 'issuer'}
        value={typed.issuer}
        onChange={(event) => onChange({ issuer: event.currentTarget.value })}
      />
      <TextInput
        label={t('oidc.clientId')}
        dir="ltr"
        required
        autoComplete="off"
        value={typed.clientId}
        onChange={(event) => onChange({ clientId: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('oidc.secret')}
        description={t(hasSecret ? 'oidc.secretKept' : 'oidc.secretHint')}
        dir="ltr"
        autoComplete="off"
        error={field === 'clientSecret'}
        value={typed.clientSecret}
        onChange={(event) => onChange({ clientSecret: event.currentTarget.value })}
      />
      <TextInput
        label={t('oidc.scopes')}
        description={t('oidc.scopesHint')}
        dir="ltr"
        value={typed.scopes}
        onChange={(event) => onChange({ scopes: event.currentTarget.value })}
      />
    </fieldset>
  );
}

function Redirect({ address }: { address: string }) {
  const { t } = useI18n();
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    notify(t('common.copied'));
  };
  return (
    <div className="sign-in-redirect">
      <p className="settings-hint">{t('oidc.redirect')}</p>
      <code dir="ltr">{address}</code>
      {'clipboard' in navigator && (
        <Button variant="default" size="xs" onClick={() => void copy()}>
          {t('common.copy')}
        </Button>
      )}
    </div>
  );
}
