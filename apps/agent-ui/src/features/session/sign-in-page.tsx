import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { noteReturn } from '../../api/session-state.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';
import { SessionCard } from './session-card.js';

export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: hub.signIn,
    onSuccess: (me) => {
      queries.clear();
      noteReturn(me.id);
      queries.setQueryData(keys.me, me);
      onSignedIn();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password });
  };
  return (
    <SessionCard title={t('session.title')} intro={t('session.intro')}>
      <form onSubmit={submit}>
        <TextInput
          label={t('session.email')}
          type="email"
          dir="ltr"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('session.password')}
          dir="ltr"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.isError && (
          <p className="session-problem" role="alert">
            {problemText(signIn.error)}
          </p>
        )}
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t('session.signIn')}
        </Button>
      </form>
    </SessionCard>
  );
}
