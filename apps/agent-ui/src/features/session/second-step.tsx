import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { MeView, SignInStepView } from '#contract';
import { accounts } from '../../api/accounts.js';
import { isProblem } from '../../api/problem.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { CodeField } from '../../ui/accounts/code-field.js';
import { Enrolment } from '../../ui/accounts/enrolment.js';
import { RecoveryCodes } from '../../ui/accounts/recovery-codes.js';
import { useProblemText } from '../../ui/problem-text.js';

interface Props {
  step: SignInStepView;
  onSignedIn: (me: MeView) => void;
  /** It took too long, or too many tries: signing in begins again. */
  onOver: () => void;
}

/** What is asked of somebody whose password was right. */
export function SecondStep(props: Props) {
  if (!useTexts('accounts')) {
    return <Skeleton height={160} />;
  }
  return props.step.step === 'code' ? <CodeStep {...props} /> : <EnrolStep {...props} />;
}

function CodeStep({ step: { ticket }, onSignedIn, onOver }: Props) {
  const { t } = useI18n();
  const [code, setCode] = useState('');
  const [isRecovery, setRecovery] = useState(false);
  const prove = useMutation({ mutationFn: accounts.proveCode, onSuccess: onSignedIn });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate({ ticket, code });
  };
  const change = () => {
    setRecovery(!isRecovery);
    setCode('');
    prove.reset();
  };
  return (
    <form onSubmit={submit}>
      <p className="session-note">{t(isRecovery ? 'accounts.step.recoveryIntro' : 'accounts.step.intro')}</p>
      <CodeField
        key={String(isRecovery)}
        label={t(isRecovery ? 'accounts.step.recoveryCode' : 'accounts.step.code')}
        hasFocus
        isRecovery={isRecovery}
        value={code}
        onChange={setCode}
      />
      <StepProblem error={prove.error} onOver={onOver} />
      <Button type="submit" size="md" loading={prove.isPending}>
        {t('session.signIn')}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={change}>
        {t(isRecovery ? 'accounts.step.useCode' : 'accounts.step.useRecovery')}
      </Button>
      {isRecovery && <p className="session-note">{t('accounts.step.lost')}</p>}
    </form>
  );
}

function EnrolStep({ step: { ticket }, onSignedIn, onOver }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const made = useQuery({
    queryKey: ['enrolment', ticket],
    queryFn: () => accounts.enrolAtSignIn(ticket),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const confirm = useMutation({ mutationFn: accounts.confirmAtSignIn });
  if (confirm.data) {
    const { codes, me } = confirm.data;
    return <RecoveryCodes codes={codes} onKept={() => onSignedIn(me)} />;
  }
  if (made.isError) {
    return <StepProblem error={made.error} onOver={onOver} />;
  }
  if (!made.data) {
    return <Skeleton height={200} />;
  }
  const isOver = isProblem(confirm.error, 'sign_in_over');
  return (
    <>
      <p className="session-note">{t('accounts.step.enrolIntro')}</p>
      <Enrolment
        enrolment={made.data}
        isBusy={confirm.isPending}
        problem={confirm.isError && !isOver ? problemText(confirm.error) : undefined}
        onCode={(code) => confirm.mutate({ ticket, code })}
      />
      {isOver && <StepProblem error={confirm.error} onOver={onOver} />}
    </>
  );
}

function StepProblem({ error, onOver }: { error: unknown; onOver: () => void }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  if (!error) {
    return null;
  }
  return (
    <div className="session-problem" role="alert">
      {problemText(error)}
      {isProblem(error, 'sign_in_over') && (
        <Button variant="default" size="xs" mt={8} display="block" onClick={onOver}>
          {t('accounts.toSignIn')}
        </Button>
      )}
    </div>
  );
}
