import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type FormEvent } from 'react';
import type { MeView, SignInStepView } from '#contract';
import { accounts, isStep } from '../api/accounts.js';
import { hub } from '../api/hub.js';
import { keys } from '../api/keys.js';
import { signIn as providers } from '../api/sign-in.js';
import { useMe } from '../api/queries.js';
import { goOn, hearOfReturn, noteReturn } from '../api/session-state.js';
import { KeptWords } from '../features/conversation/kept-words.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useTexts } from '../i18n/use-texts.js';
import { Dialog } from '../ui/dialog.js';
import { useProblemText } from '../ui/problem-text.js';
import './sign-in-again.css';

const ProviderWays = lazy(async () => ({
  default: (await import('../features/session/provider-ways.js')).ProviderWays,
}));
const SecondStep = lazy(async () => ({ default: (await import('../features/session/second-step.js')).SecondStep }));

/** Somebody who signs out is on their way to another page: nothing is asked of them. */
const patienceMs = 400;

/**
 * The session ended while somebody works. Nothing of the page goes: they sign in over it, and everything that was asked of the hub
 * meanwhile goes on. Whoever closes it may still look at the page and copy from it.
 */
export function SignInAgain() {
  const isSpoken = useTexts('sending');
  const isDue = useIsDue();
  const [isClosed, setClosed] = useState(false);
  const { t } = useI18n();
  useFollowOthers();
  if (!isSpoken || !isDue) {
    return null;
  }
  return (
    <>
      <output className="banner" data-tone="bad">
        <span className="banner-text">{t('again.banner')}</span>
        <Button size="compact-sm" variant="default" onClick={() => setClosed(false)}>
          {t('session.signIn')}
        </Button>
      </output>
      {!isClosed && <Question onClose={() => setClosed(true)} />}
    </>
  );
}

function useIsDue(): boolean {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return isDue;
}

/** The same person signed in elsewhere in this browser; somebody else begins with a page of their own. */
function useFollowOthers(): void {
  const { id } = useMe();
  useEffect(() => hearOfReturn((agent) => (agent === id ? goOn() : location.assign('/'))), [id]);
}

function Question({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const end = useQuery({ queryKey: ['session', 'end'], queryFn: hub.sessionEnd, gcTime: 0, staleTime: 0 });
  // The session came back on its own, or was never gone.
  useEffect(() => {
    if (end.data?.reason === 'none') {
      goOn();
    } else if (end.data?.reason === 'other') {
      // Somebody else has this browser by now; what was written here waits for its writer.
      location.assign('/');
    }
  }, [end.data]);
  const isOff = end.data?.reason === 'switched_off';
  return (
    <Dialog title={isOff ? t('again.offTitle') : t('again.title')} onClose={onClose}>
      {isOff ? <SwitchedOff /> : <Again />}
    </Dialog>
  );
}

function SwitchedOff() {
  const { t } = useI18n();
  return (
    <div className="again">
      <p>{t('again.off')}</p>
      <KeptWords />
      <Button variant="default" onClick={() => location.assign('/login')}>
        {t('again.other')}
      </Button>
    </div>
  );
}

function Again() {
  const { t } = useI18n();
  const me = useMe();
  const problemText = useProblemText();
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<SignInStepView | null>(null);
  const back = useBack(me);
  const signIn = useMutation({
    mutationFn: accounts.signIn,
    onSuccess: (answer) => (isStep(answer) ? setStep(answer) : back(answer)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: me.email, password });
  };
  if (step) {
    return (
      <Suspense>
        <SecondStep step={step} onSignedIn={back} onOver={() => setStep(null)} />
      </Suspense>
    );
  }
  return (
    <form className="again" onSubmit={submit}>
      <p>{t('again.intro')}</p>
      <TextInput label={t('session.email')} dir="ltr" autoComplete="username" readOnly value={me.email} />
      <PasswordInput
        label={t('session.password')}
        dir="ltr"
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {signIn.isError && (
        <p className="again-problem" role="alert">
          {problemText(signIn.error)}
        </p>
      )}
      <div className="again-ways">
        <Button type="submit" loading={signIn.isPending}>
          {t('session.signIn')}
        </Button>
        <Button variant="subtle" onClick={() => location.assign('/login')}>
          {t('again.other')}
        </Button>
      </div>
      <ByProvider />
    </form>
  );
}

/** They leave this page and come back to it: what was written waits in this browser. */
function ByProvider() {
  const isSpoken = useTexts('oidc');
  const ways = useQuery({ queryKey: keys.signInWays, queryFn: ({ signal }) => providers.ways(signal), retry: false });
  if (!isSpoken || !ways.data || ways.data.providers.length === 0) {
    return null;
  }
  return (
    <Suspense>
      <ProviderWays providers={ways.data.providers} to={location.pathname + location.search} />
    </Suspense>
  );
}

function useBack(before: MeView): (me: MeView) => void {
  const queries = useQueryClient();
  return (me) => {
    if (me.id !== before.id) {
      location.assign('/');
      return;
    }
    queries.setQueryData(keys.me, me);
    noteReturn(me.id);
  };
}
