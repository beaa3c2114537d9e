import { Button, Group, PasswordInput, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { EnrolmentView, SecondFactorView } from '#contract';
import { accounts } from '../../../api/accounts.js';
import { keys } from '../../../api/keys.js';
import { isProblem } from '../../../api/problem.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { CodeField } from '../../../ui/accounts/code-field.js';
import { Enrolment } from '../../../ui/accounts/enrolment.js';
import { RecoveryCodes } from '../../../ui/accounts/recovery-codes.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { Failed } from '../../../ui/states.js';
import { Part } from './parts.js';

type Act = 'turnOn' | 'anew' | 'newCodes' | 'turnOff';

type Scene =
  | { at: 'rest' }
  | { at: 'prove'; act: Act }
  | { at: 'enrol'; enrolment: EnrolmentView }
  | { at: 'codes'; codes: string[] };

/** The reader's second step: turned on and off, moved to another authenticator, with new codes for the paper. */
export function SecondFactor() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const state = useQuery({ queryKey: keys.secondFactor, queryFn: ({ signal }) => accounts.secondFactor(signal) });
  const [scene, setScene] = useState<Scene>({ at: 'rest' });
  const rest = () => {
    setScene({ at: 'rest' });
    void queries.invalidateQueries({ queryKey: keys.secondFactor });
  };
  const confirm = useMutation({
    mutationFn: accounts.confirmEnrolment,
    onSuccess: ({ codes }) => {
      notify(t('accounts.factor.turnedOn'), 'good');
      setScene({ at: 'codes', codes });
    },
  });
  return (
    <Part title={t('accounts.factor.title')}>
      <div className="mine-more">
        {state.isError && <Failed error={state.error} retry={() => void state.refetch()} />}
        {state.isPending && <Skeleton height={60} />}
        {state.data && scene.at === 'rest' && (
          <AtRest state={state.data} onAct={(act) => setScene({ at: 'prove', act })} />
        )}
        {scene.at === 'prove' && (
          <Prove
            act={scene.act}
            onEnrol={(enrolment) => setScene({ at: 'enrol', enrolment })}
            onCodes={(codes) => setScene({ at: 'codes', codes })}
            onRest={rest}
          />
        )}
        {scene.at === 'enrol' && (
          <Enrolment
            enrolment={scene.enrolment}
            isBusy={confirm.isPending}
            problem={confirm.isError ? problemText(confirm.error) : undefined}
            onCode={(code) => confirm.mutate(code)}
            onCancel={() => {
              confirm.reset();
              rest();
            }}
          />
        )}
        {scene.at === 'codes' && <RecoveryCodes codes={scene.codes} onKept={rest} />}
      </div>
    </Part>
  );
}

function AtRest({ state, onAct }: { state: SecondFactorView; onAct: (act: Act) => void }) {
  const { t, format } = useI18n();
  const button = (act: Act, isMain = false) => (
    <Button key={act} variant={isMain ? 'light' : 'default'} size="xs" onClick={() => onAct(act)}>
      {t(`accounts.factor.${act}`)}
    </Button>
  );
  if (!state.isOn) {
    return (
      <Stack gap="xs" align="start">
        <p className="settings-hint">{t('accounts.factor.why')}</p>
        {button('turnOn', true)}
      </Stack>
    );
  }
  return (
    <Stack gap="xs" align="start">
      <p className="settings-hint">
        <strong>{t('accounts.factor.since', { when: format.dateTime(state.since ?? '') })}</strong>
        {' · '}
        {t('accounts.factor.left', { count: state.recoveryCodes })}
        {state.isRequired && ` · ${t('accounts.factor.required')}`}
      </p>
      <Group gap="xs">
        {button('anew')}
        {button('newCodes')}
        {!state.isRequired && button('turnOff')}
      </Group>
    </Stack>
  );
}

interface ProveProps {
  act: Act;
  onEnrol: (enrolment: EnrolmentView) => void;
  onCodes: (codes: string[]) => void;
  onRest: () => void;
}

/** Whoever changes how the account is come into proves once more that they are its owner. */
function Prove({ act, onEnrol, onCodes, onRest }: ProveProps) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const needsCode = act !== 'turnOn';
  const prove = useMutation({
    mutationFn: async () => {
      if (act === 'turnOff') {
        await accounts.endSecondFactor({ password, code });
        notify(t('accounts.factor.turnedOff'), 'good');
        onRest();
      } else if (act === 'newCodes') {
        onCodes((await accounts.renewCodes({ password, code })).codes);
      } else {
        onEnrol(await accounts.beginEnrolment({ password, ...(needsCode && { code }) }));
      }
    },
  });
  const isOfCode = isProblem(prove.error) && prove.error.problem.field === 'code';
  const problem = prove.isError ? problemText(prove.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={340}>
        <PasswordInput
          label={t('accounts.factor.prove')}
          dir="ltr"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          error={!isOfCode && problem}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {needsCode && (
          <CodeField
            label={t('accounts.factor.proveCode')}
            isRecovery
            value={code}
            error={isOfCode && problem}
            onChange={setCode}
          />
        )}
        <Group gap="xs">
          <Button type="submit" size="xs" {...(act === 'turnOff' && { color: 'red' })} loading={prove.isPending}>
            {t(act === 'turnOff' ? 'accounts.factor.turnOff' : 'accounts.factor.next')}
          </Button>
          <Button variant="default" size="xs" onClick={onRest}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
