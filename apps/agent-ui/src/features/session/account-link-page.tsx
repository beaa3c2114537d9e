import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { MeView, OpenedLinkView, SignInStepView } from '#contract';
import { accounts, isStep } from '../../api/accounts.js';
import { isProblem } from '../../api/problem.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { NewPassword } from '../../ui/accounts/new-password.js';
import { useProblemText } from '../../ui/problem-text.js';
import { SecondStep } from './second-step.js';
import { SessionCard } from './session-card.js';
import { useSignedIn } from './use-signed-in.js';

type Kind = 'invite' | 'reset';

interface Props {
  kind: Kind;
  /** What is behind the # of the link. */
  token: string;
  onSignedIn: () => void;
  onSignIn: () => void;
  onForgotten: () => void;
}

/** Where a one-time link leads: to join, or to choose a new password. */
export function AccountLinkPage(props: Props) {
  const isSpoken = useTexts('accounts');
  const { t } = useI18n();
  const problemText = useProblemText();
  const { kind, token } = props;
  const link = useQuery({
    queryKey: ['account-link', token],
    queryFn: () => accounts.look(token),
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!isSpoken || link.isPending) {
    return <Skeleton height="100%" />;
  }
  if (link.isError) {
    return (
      <SessionCard title={t('accounts.link.title')} intro={problemText(link.error)}>
        <Button onClick={() => void link.refetch()}>{t('common.retry')}</Button>
      </SessionCard>
    );
  }
  if (link.data.state !== 'good' || link.data.kind !== kind) {
    return <DeadLink {...props} state={link.data.state} />;
  }
  return kind === 'invite' ? <Join {...props} link={link.data} /> : <Reset {...props} link={link.data} />;
}

function DeadLink({ kind, state, onSignIn, onForgotten }: Props & { state: OpenedLinkView['state'] }) {
  const { t } = useI18n();
  const isPlain = state === 'revoked' || state === 'unknown' || state === 'good';
  const reason = isPlain
    ? t(`accounts.link.${state === 'good' ? 'unknown' : state}`)
    : t(`accounts.link.${state}_${kind}`);
  return (
    <SessionCard title={t('accounts.link.title')} intro={reason}>
      <div className="session-ways">
        {kind === 'reset' && <Button onClick={onForgotten}>{t('accounts.link.again')}</Button>}
        <Button variant={kind === 'reset' ? 'default' : 'filled'} onClick={onSignIn}>
          {t('accounts.toSignIn')}
        </Button>
      </div>
    </SessionCard>
  );
}

function Join({ token, link, onSignedIn, onSignIn }: Props & { link: OpenedLinkView }) {
  const { t, locale } = useI18n();
  const [step, setStep] = useState<SignInStepView | null>(null);
  const [name, setName] = useState(link.name ?? '');
  const [password, setPassword] = useState('');
  const enter = useSignedIn(onSignedIn);
  const join = useMutation({
    mutationFn: accounts.join,
    onSuccess: (answer) => (isStep(answer) ? setStep(answer) : enter(answer satisfies MeView)),
  });
  if (step) {
    return (
      <SessionCard title={t('accounts.step.enrolTitle')}>
        <SecondStep step={step} onSignedIn={enter} onOver={onSignIn} />
      </SessionCard>
    );
  }
  return (
    <SessionCard title={t('accounts.join.title')} intro={t('accounts.join.intro', { email: link.email })}>
      <ChooseForm
        email={link.email ?? ''}
        password={password}
        isBusy={join.isPending}
        error={join.error}
        submit={t('accounts.join.submit')}
        onType={setPassword}
        onSubmit={() => join.mutate({ token, name: name.trim(), password, locale })}
      >
        <TextInput
          label={t('accounts.join.name')}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </ChooseForm>
    </SessionCard>
  );
}

function Reset({ token, link, onSignIn }: Props & { link: OpenedLinkView }) {
  const { t } = useI18n();
  const [password, setPassword] = useState('');
  const reset = useMutation({ mutationFn: accounts.reset });
  if (reset.isSuccess) {
    return (
      <SessionCard title={t('accounts.reset.doneTitle')} intro={t('accounts.reset.done')}>
        <Button onClick={onSignIn}>{t('accounts.toSignIn')}</Button>
      </SessionCard>
    );
  }
  return (
    <SessionCard title={t('accounts.reset.title')} intro={t('accounts.reset.intro', { email: link.email })}>
      <ChooseForm
        email={link.email ?? ''}
        password={password}
        isBusy={reset.isPending}
        error={reset.error}
        submit={t('accounts.reset.submit')}
        onType={setPassword}
        onSubmit={() => reset.mutate({ token, password })}
      />
    </SessionCard>
  );
}

interface ChooseProps {
  email: string;
  password: string;
  isBusy: boolean;
  error: unknown;
  submit: string;
  children?: ReactNode;
  onType: (password: string) => void;
  onSubmit: () => void;
}

function ChooseForm({ email, password, isBusy, error, submit, children, onType, onSubmit }: ChooseProps) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const isOfPassword = isProblem(error) && error.problem.field === 'password';
  const choose = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={choose}>
      {/* Password managers file what is chosen under the name that they find beside it. */}
      <input className="unseen" type="email" autoComplete="username" readOnly tabIndex={-1} aria-hidden value={email} />
      {children}
      <NewPassword
        label={t('accounts.password.label')}
        value={password}
        error={isOfPassword ? problemText(error) : undefined}
        onChange={onType}
      />
      {Boolean(error) && !isOfPassword && (
        <p className="session-problem" role="alert">
          {problemText(error)}
        </p>
      )}
      <Button type="submit" size="md" loading={isBusy}>
        {submit}
      </Button>
    </form>
  );
}
