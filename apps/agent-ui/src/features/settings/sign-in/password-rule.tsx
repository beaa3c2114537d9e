import { Button, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { SignInSettingsView } from '#contract';
import { keys } from '../../../api/keys.js';
import { signIn } from '../../../api/sign-in.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import '../check-line.css';

type Administrator = SignInSettingsView['administrators'][number];

/** Closes passwords for all but a few administrators, of whom there is always one. */
export function PasswordRule({ settings }: { settings: SignInSettingsView }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const { administrators, providers, passwords } = settings;
  const [isClosed, setClosed] = useState(passwords === 'some');
  const [kept, setKept] = useState(administrators.filter(({ keepsPassword }) => keepsPassword).map(({ id }) => id));
  const save = useAction(signIn.setPasswords, (saved) => {
    queries.setQueryData(keys.signInSettings, saved);
    notify(t('common.saved'));
  });
  const hasProvider = providers.some(({ enabled }) => enabled);
  const toggle = (id: string, isKept: boolean) => setKept(isKept ? [...kept, id] : kept.filter((one) => one !== id));
  return (
    <section className="sign-in-part" aria-label={t('oidc.passwords.title')}>
      <h3>{t('oidc.passwords.title')}</h3>
      <Switch
        label={t('oidc.passwords.some')}
        description={t(hasProvider || isClosed ? 'oidc.passwords.someHint' : 'oidc.passwords.needsProvider')}
        checked={isClosed}
        disabled={!hasProvider && !isClosed}
        onChange={(event) => setClosed(event.currentTarget.checked)}
      />
      {isClosed && (
        <fieldset className="sign-in-people">
          <legend>{t('oidc.passwords.keep')}</legend>
          {administrators.map((one) => (
            <Keeper key={one.id} one={one} isKept={kept.includes(one.id)} onChange={toggle} />
          ))}
        </fieldset>
      )}
      {(isClosed || passwords === 'some') && (
        <Button
          loading={save.isPending}
          disabled={isClosed && kept.length === 0}
          onClick={() =>
            save.mutate({ passwords: isClosed ? 'some' : 'everybody', keepPassword: isClosed ? kept : [] })
          }
        >
          {t('common.save')}
        </Button>
      )}
    </section>
  );
}

interface KeeperProps {
  one: Administrator;
  isKept: boolean;
  onChange: (id: string, isKept: boolean) => void;
}

function Keeper({ one: { id, name, email, hasPassword }, isKept, onChange }: KeeperProps) {
  const { t } = useI18n();
  const field = useId();
  return (
    <div className="check-line">
      <input
        id={field}
        type="checkbox"
        checked={isKept}
        disabled={!hasPassword && !isKept}
        onChange={(event) => onChange(id, event.currentTarget.checked)}
      />
      <label htmlFor={field}>
        <bdi>{name}</bdi>
      </label>
      <small>
        <bdi dir="ltr">{email}</bdi>
        {!hasPassword && ` · ${t('oidc.passwords.noPassword')}`}
      </small>
    </div>
  );
}
