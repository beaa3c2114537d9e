import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { SignInProviderView } from '#contract';
import { keys } from '../../../api/keys.js';
import { signIn } from '../../../api/sign-in.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconPlus } from '../../../ui/icons.js';
import { Ltr } from '../../../ui/ltr.js';
import { Empty, Failed } from '../../../ui/states.js';
import { PasswordRule } from './password-rule.js';
import { ProviderForm } from './provider-form.js';
import '../mailbox/mailbox.css';
import './sign-in.css';

/** By which providers people come in, and who may do so by password. */
export function SignInSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('oidc');
  const queries = useQueryClient();
  const settings = useQuery({ queryKey: keys.signInSettings, queryFn: ({ signal }) => signIn.settings(signal) });
  const [opened, setOpened] = useState<string | null>(null);
  if (settings.isError) {
    return <Failed error={settings.error} retry={() => void settings.refetch()} />;
  }
  if (!settings.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  const { providers, address } = settings.data;
  if (opened !== null) {
    const provider = providers.find(({ id }) => id === opened) ?? null;
    const close = () => {
      setOpened(null);
      void queries.invalidateQueries({ queryKey: keys.signInSettings });
    };
    return (
      <ProviderForm
        key={`${opened} ${String(provider?.version)}`}
        id={opened}
        provider={provider}
        address={address}
        onDone={close}
      />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('oidc.title')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened(uuid())}>
          {t('oidc.add')}
        </Button>
      </div>
      <p className="settings-hint sign-in-intro">{t('oidc.intro')}</p>
      {address === null && (
        <p className="settings-problem sign-in-intro" role="alert">
          {t('oidc.noAddress')}
        </p>
      )}
      {providers.length === 0 && <Empty>{t('oidc.none')}</Empty>}
      <ul className="channels">
        {providers.map((provider) => (
          <li key={provider.id}>
            <button type="button" onClick={() => setOpened(provider.id)}>
              <Line provider={provider} />
            </button>
          </li>
        ))}
      </ul>
      <PasswordRule key={JSON.stringify(settings.data.administrators)} settings={settings.data} />
    </>
  );
}

function Line({ provider: { name, issuer, people, enabled } }: { provider: SignInProviderView }) {
  const { t } = useI18n();
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          <Ltr>{issuer}</Ltr>
        </small>
        <small>{t('oidc.people', { count: people })}</small>
      </span>
      <span className="chip" data-tone={enabled ? 'good' : undefined}>
        {t(enabled ? 'oidc.on' : 'oidc.off')}
      </span>
    </>
  );
}
