import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { MeView, SignInStepView } from '#contract';
import { accounts, isStep } from '../../api/accounts.js';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { signIn } from '../../api/sign-in.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';
import { ProviderWays } from './provider-ways.js';
import type { Arrival } from './read-arrival.js';
import { SessionCard } from './session-card.js';
import { useSignedIn } from './use-signed-in.js';

const SecondStep = lazy(async () => ({ default: (await import('./second-step.js')).SecondStep }));

interface Props {
  /** What the browser came back from a provider with. */
  arrival: Arrival;
  onSignedIn: () => void;
  onForgotten: () => void;
}

export function SignInPage({ arrival, onSignedIn, onForgotten }: Props) {
  const { t } = useI18n();
  const [step, setStep] = useState<SignInStepView | null>(arrival.step);
  const enter = useSignedIn(onSignedIn);
  const isArriving = useArrival(arrival, enter);
  if (isArriving) {
    return <SessionCard title={t('session.title')}>{null}</SessionCard>;
  }
  if (step === null) {
    return (
      <SessionCard title={t('session.title')} intro={t('session.intro')}>
        <Ways arrival={arrival}>
          <PasswordForm onSignedIn={enter} onStep={setStep} onForgotten={onForgotten} />
        </Ways>
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

/** Who a provider signed in goes on at once; until then it is not asked how they would like to. */
function useArrival({ isIn }: Arrival, enter: (me: MeView) => void): boolean {
  const me = useQuery({
    queryKey: ['arrived'],
    queryFn: ({ signal }) => hub.me(signal),
    enabled: isIn,
    retry: false,
    gcTime: 0,
  });
  useEffect(() => {
    if (me.data) {
      enter(me.data);
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Somebody arrives once.
  }, [me.data]);
  return isIn && !me.isError;
}

/** Providers below the password, or above it where few people have one. */
function Ways({ arrival: { refused, to }, children }: { arrival: Arrival; children: ReactNode }) {
  const { t } = useI18n();
  const isSpoken = useTexts('oidc');
  const ways = useQuery({ queryKey: keys.signInWays, queryFn: ({ signal }) => signIn.ways(signal), retry: false });
  const [isAsked, setAsked] = useState(false);
  const providers = ways.data?.providers ?? [];
  const hidesPassword = isSpoken && providers.length > 0 && ways.data?.passwords === 'some' && !isAsked;
  return (
    <>
      {isSpoken && refused && (
        <p className="session-problem session-refused" role="alert">
          {t(`oidc.refused_${refused}`)}
        </p>
      )}
      {!hidesPassword && children}
      {isSpoken && providers.length > 0 && (
        <>
          {!hidesPassword && <p className="session-or">{t('oidc.or')}</p>}
          <ProviderWays providers={providers} to={to} />
        </>
      )}
      {hidesPassword && (
        <Button className="session-other" variant="subtle" size="compact-sm" onClick={() => setAsked(true)}>
          {t('oidc.byPassword')}
        </Button>
      )}
    </>
  );
}

interface FormProps {
  onSignedIn: (me: MeView) => void;
  onStep: (step: SignInStepView) => void;
  onForgotten: () => void;
}

function PasswordForm({ onSignedIn, onStep, onForgotten }: FormProps) {
  const { t } = useI18n();
  const isSpoken = useTexts('accounts');
  const problemText = useProblemText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: accounts.signIn,
    onSuccess: (answer) => (isStep(answer) ? onStep(answer) : onSignedIn(answer)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate({ email: email.trim(), password });
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
      {enter.isError && (
        <p className="session-problem" role="alert">
          {problemText(enter.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={enter.isPending}>
        {t('session.signIn')}
      </Button>
      <Button className="session-quiet" variant="subtle" size="compact-sm" onClick={onForgotten}>
        {isSpoken ? t('accounts.forgot') : ' '}
      </Button>
    </form>
  );
}
