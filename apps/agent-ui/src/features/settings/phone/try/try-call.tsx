import { Button, Switch, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { ChannelView } from '#contract';
import { Steps } from '../../../../calls/card/call-path.js';
import { useSeconds } from '../../../../calls/card/use-seconds.js';
import { latinDigits } from '../../../../i18n/latin-digits.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { IconCall, IconCallOut } from '../../../../ui/icons.js';
import { useProblemText } from '../../../../ui/problem-text.js';
import { HeardLog } from './heard-log.js';
import { TrialAnswer } from './trial-answer.js';
import { soundsOf } from './trial-log.js';
import './try-call.css';
import { usePlayback } from './use-playback.js';
import { useTrialCall, type TrialState } from './use-trial-call.js';

/** A telephone that calls the hub with no provider between, and beside it the way that the call takes. */
export function TryCall({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const trial = useTrialCall(channel.id);
  const [isLoud, setLoud] = useState(true);
  const { state } = trial;
  const isOver = state?.stop.kind === 'hangup';
  usePlayback(state && state.fresh > 0 ? soundsOf(state.lines.slice(-state.fresh)) : [], isLoud);
  return (
    <div className="try">
      <section className="try-phone" aria-label={t('tryCall.phone')}>
        {state && <Display name={channel.name} state={state} />}
        {state && <HeardLog lines={state.lines} stop={state.stop} talks={state.talks !== null} />}
        {state && !isOver && (
          <TrialAnswer key={state.call.turn} state={state} isBusy={trial.isBusy} tell={trial.tell} />
        )}
        {trial.error && (
          <p className="settings-problem" role="alert">
            {problemText(trial.error)}
          </p>
        )}
        {(!state || isOver) && <Begin isBusy={trial.isBusy} isAgain={state !== null} onBegin={trial.begin} />}
        {state && !isOver && (
          <Button color="red" loading={trial.isBusy} onClick={() => trial.tell({ kind: 'hung_up' })}>
            {t('tryCall.hangUp')}
          </Button>
        )}
        <Switch
          size="xs"
          label={t('tryCall.mute')}
          checked={isLoud}
          onChange={(event) => setLoud(event.currentTarget.checked)}
        />
      </section>
      <Way call={state?.call ?? null} />
    </div>
  );
}

/** The way through the script so far, and the conversation that the call is in. */
function Way({ call }: { call: TrialState['call'] | null }) {
  const { t } = useI18n();
  return (
    <section className="try-path" aria-label={t('tryCall.path')}>
      <h3>{t('tryCall.path')}</h3>
      {call && call.path.length > 0 ? (
        <Steps path={call.path} />
      ) : (
        <p className="settings-hint">{t(call ? 'tryCall.noPath' : 'tryCall.intro')}</p>
      )}
      {call?.conversation && (
        <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: call.conversation }} search={{}}>
          {t('tryCall.conversation')}
        </Link>
      )}
    </section>
  );
}

function Display({ name, state: { stop } }: { name: string; state: TrialState }) {
  const { t, format } = useI18n();
  const [began] = useState(() => new Date().toISOString());
  const isOver = stop.kind === 'hangup';
  const seconds = useSeconds(isOver ? null : began);
  return (
    <header className="try-display" role="none" data-over={isOver || undefined}>
      <IconCall size={18} aria-hidden />
      <bdi className="one-line">{name}</bdi>
      <output>{isOver ? t('tryCall.over') : seconds !== null && format.duration(seconds)}</output>
    </header>
  );
}

interface BeginProps {
  isBusy: boolean;
  isAgain: boolean;
  onBegin: (wish: { from: string; ringsTeam: boolean }) => void;
}

function Begin({ isBusy, isAgain, onBegin }: BeginProps) {
  const { t } = useI18n();
  const [from, setFrom] = useState('+989120000001');
  const [ringsTeam, setRingsTeam] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onBegin({ from: latinDigits(from).trim(), ringsTeam });
  };
  return (
    <form className="try-begin" onSubmit={submit}>
      <TextInput
        label={t('tryCall.from')}
        description={t('tryCall.fromHint')}
        type="tel"
        dir="ltr"
        required
        maxLength={40}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <Switch
        label={t('tryCall.rings')}
        description={t('tryCall.ringsHint')}
        checked={ringsTeam}
        onChange={(event) => setRingsTeam(event.currentTarget.checked)}
      />
      <Button type="submit" color="green" loading={isBusy} leftSection={<IconCallOut size={17} aria-hidden />}>
        {t(isAgain ? 'tryCall.again' : 'tryCall.call')}
      </Button>
    </form>
  );
}
