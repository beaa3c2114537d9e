import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { accounts } from '../../api/accounts.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';
import { SessionCard } from './session-card.js';

/** Asks for a link. What it says never depends on whether there is such an account. */
export function ForgottenPage({ onSignIn }: { onSignIn: () => void }) {
  const { t } = useI18n();
  const isSpoken = useTexts('accounts');
  const mail = useQuery({ queryKey: ['forgotten'], queryFn: accounts.canMail, retry: false });
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: accounts.forget });
  if (!isSpoken || mail.isPending) {
    return <Skeleton height="100%" />;
  }
  const back = (
    <Button variant={ask.isSuccess || mail.data?.byMail === false ? 'filled' : 'subtle'} onClick={onSignIn}>
      {t('accounts.toSignIn')}
    </Button>
  );
  if (mail.data?.byMail === false) {
    return (
      <SessionCard title={t('accounts.forgotten.title')} intro={t('accounts.forgotten.noMail')}>
        {back}
      </SessionCard>
    );
  }
  return ask.isSuccess ? (
    <SessionCard title={t('accounts.forgotten.sentTitle')} intro={t('accounts.forgotten.sent', { email })}>
      {back}
    </SessionCard>
  ) : (
    <SessionCard title={t('accounts.forgotten.title')} intro={t('accounts.forgotten.intro')}>
      <AskForm
        email={email}
        isBusy={ask.isPending}
        error={ask.error}
        onType={setEmail}
        onAsk={() => ask.mutate(email.trim())}
      />
      {back}
    </SessionCard>
  );
}

interface AskProps {
  email: string;
  isBusy: boolean;
  error: unknown;
  onType: (email: string) => void;
  onAsk: () => void;
}

function AskForm({ email, isBusy, error, onType, onAsk }: AskProps) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('session.email')}
        type="email"
        dir="ltr"
        autoComplete="username"
        required
        withAsterisk={false}
        maxLength={320}
        value={email}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      {Boolean(error) && (
        <p className="session-problem" role="alert">
          {problemText(error)}
        </p>
      )}
      <Button type="submit" size="md" loading={isBusy}>
        {t('accounts.forgotten.send')}
      </Button>
    </form>
  );
}
