import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import type { MeView, SignInStepView } from '#contract';
import { accounts, isStep } from '../../api/accounts.js';
import { useAccountTexts } from '../../i18n/use-account-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';
import { SessionCard } from './session-card.js';
import { useSignedIn } from './use-signed-in.js';

const SecondStep = lazy(async () => ({ default: (await import('./second-step.js')).SecondStep }));

interface Props {
  onSignedIn: () => void;
  onForgotten: () => void;
}

export function SignInPage({ onSignedIn, onForgotten }: Props) {
  const { t } = useI18n();
  const [step, setStep] = useState<SignInStepView | null>(null);
  const enter = useSignedIn(onSignedIn);
  if (step === null) {
    return (
      <SessionCard title={t('session.title')} intro={t('session.intro')}>
        <PasswordForm onSignedIn={enter} onStep={setStep} onForgotten={onForgotten} />
      </SessionCard>
    );
  }
  return (
    <SessionCard title={t(step.step === 'code' ? 'accounts.step.title' : 'accounts.step.enrolTitle')}>
      <Suspense>
        <SecondStep step={step} onSignedIn={enter} onOver={() => setStep(null)} />
      </Suspense>
    </SessionCard>
  );
}

interface FormProps {
  onSignedIn: (me: MeView) => void;
  onStep: (step: SignInStepView) => void;
  onForgotten: () => void;
}

function PasswordForm({ onSignedIn, onStep, onForgotten }: FormProps) {
  const { t } = useI18n();
  const isSpoken = useAccountTexts();
  const problemText = useProblemText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: accounts.signIn,
    onSuccess: (answer) => (isStep(answer) ? onStep(answer) : onSignedIn(answer)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password });
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
      <Button className="session-quiet" variant="subtle" size="compact-sm" onClick={onForgotten}>
        {isSpoken ? t('accounts.forgot') : ' '}
      </Button>
    </form>
  );
}
