import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { setupQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';
import { SessionCard } from './session-card.js';

interface Owner {
  name: string;
  email: string;
  password: string;
}

interface Props {
  token: string | undefined;
  /** The account is made, and its maker is signed in. */
  onSignedIn: () => void;
  /** There was nothing to set up. */
  onSignIn: () => void;
}

/** The first account of an installation. The one-time key comes in the link that the hub prints. */
export function SetupPage({ token, onSignedIn, onSignIn }: Props) {
  const { t } = useI18n();
  const setup = useQuery(setupQuery);
  if (setup.data?.needed === false) {
    return (
      <SessionCard title={t('setup.title')} intro={t('setup.done')}>
        <Button fullWidth onClick={onSignIn}>
          {t('setup.toSignIn')}
        </Button>
      </SessionCard>
    );
  }
  return (
    <SessionCard isNew title={t('setup.title')} intro={token ? t('setup.intro') : t('setup.noToken')}>
      {token && <OwnerForm token={token} onSignedIn={onSignedIn} />}
    </SessionCard>
  );
}

function OwnerForm({ token, onSignedIn }: { token: string; onSignedIn: () => void }) {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [owner, setOwner] = useState<Owner>({ name: '', email: '', password: '' });
  const create = useMutation({
    mutationFn: () => hub.setUp({ token, locale, ...owner }),
    onSuccess: (me) => {
      queries.clear();
      queries.setQueryData(keys.me, me);
      onSignedIn();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const field = (name: keyof Owner) => ({
    required: true,
    withAsterisk: false,
    value: owner[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setOwner((current) => ({ ...current, [name]: value }));
    },
  });
  return (
    <form onSubmit={submit}>
      <TextInput label={t('setup.name')} autoComplete="name" {...field('name')} />
      <TextInput label={t('session.email')} type="email" dir="ltr" autoComplete="username" {...field('email')} />
      <PasswordInput
        label={t('session.password')}
        description={t('setup.passwordHint')}
        dir="ltr"
        autoComplete="new-password"
        minLength={8}
        {...field('password')}
      />
      {create.isError && (
        <p className="session-problem" role="alert">
          {problemText(create.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={create.isPending}>
        {t('setup.create')}
      </Button>
    </form>
  );
}
