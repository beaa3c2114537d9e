import { Button, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import type { TrialHappening } from '../../../../api/phone.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { Keypad } from './keypad.js';
import { pressKey, type Gather, type TrialLine, type TrialStop } from './trial-log.js';
import type { TrialState } from './use-trial-call.js';

type Tell = (told: Omit<TrialHappening, 'turn'>, said?: readonly TrialLine[]) => void;

interface Props {
  state: TrialState;
  isBusy: boolean;
  tell: Tell;
}

/** A line that holds asks again so soon at the latest: nobody tells this page that it is somebody's turn. */
const mostHoldMs = 3_000;
const messageSeconds = 12;

/** What the tester can do now. Mounted anew for every reply. */
export function TrialAnswer({ state: { stop, talks }, isBusy, tell }: Props) {
  switch (stop.kind) {
    case 'gather':
      return <Answer gather={stop} isBusy={isBusy} tell={tell} />;
    case 'dial':
      return <Ringing dial={stop} talks={talks} isBusy={isBusy} tell={tell} />;
    case 'hold':
      return <Holding stop={stop} isBusy={isBusy} tell={tell} />;
    case 'again':
      return <Again afterMs={stop.afterMs} tell={tell} />;
    case 'record':
      return <Recording isBusy={isBusy} tell={tell} />;
    case 'hangup':
      return null;
  }
}

function Answer({ gather, isBusy, tell }: { gather: Gather; isBusy: boolean; tell: Tell }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  const handIn = (digits: string) =>
    tell({ kind: 'heard', digits }, [{ who: 'tester', did: 'pressed', words: digits }]);
  const press = (key: string) => {
    const next = pressKey(gather, typed, key);
    if ('done' in next) {
      handIn(next.done);
    } else {
      setTyped(next.typed);
    }
  };
  const speak = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget).get('speech');
    const words = typeof said === 'string' ? said.trim() : '';
    if (words !== '') {
      tell({ kind: 'heard', speech: words }, [{ who: 'tester', did: 'spoke', words }]);
    }
  };
  return (
    <div className="try-answer">
      {gather.keys && <Keypad typed={typed} isBusy={isBusy} onPress={press} onDone={() => handIn(typed)} />}
      {gather.speech && (
        <form className="try-speech" onSubmit={speak}>
          <TextInput name="speech" aria-label={t('tryCall.say')} placeholder={t('tryCall.say')} maxLength={500} />
          <Button type="submit" variant="default" disabled={isBusy}>
            {t('tryCall.saySend')}
          </Button>
        </form>
      )}
      <Button
        variant="default"
        disabled={isBusy}
        onClick={() => tell({ kind: 'heard' }, [{ who: 'tester', did: 'silent', words: '' }])}
      >
        {t('tryCall.stayQuiet')}
      </Button>
    </div>
  );
}

interface RingingProps extends Omit<Props, 'state'> {
  dial: Extract<TrialStop, { kind: 'dial' }>;
  talks: TrialState['talks'];
}

/** Somebody's telephone, which the tester plays as well. */
function Ringing({ dial: { leg }, talks, isBusy, tell }: RingingProps) {
  const { t } = useI18n();
  if (talks) {
    const end = () => {
      const seconds = Math.max(1, Math.round((performance.now() - talks.since) / 1_000));
      tell({ kind: 'dialled', leg, result: 'answered', seconds });
    };
    return (
      <Button variant="default" disabled={isBusy} onClick={end}>
        {t('tryCall.endTalk')}
      </Button>
    );
  }
  return (
    <div className="try-acts">
      <Button color="green" disabled={isBusy} onClick={() => tell({ kind: 'dialled', leg, result: 'answered' })}>
        {t('tryCall.answer')}
      </Button>
      <Button variant="default" disabled={isBusy} onClick={() => tell({ kind: 'dialled', leg, result: 'no_answer' })}>
        {t('tryCall.noAnswer')}
      </Button>
      <Button variant="default" disabled={isBusy} onClick={() => tell({ kind: 'dialled', leg, result: 'busy' })}>
        {t('tryCall.busy')}
      </Button>
    </div>
  );
}

function Holding({ stop: { maxMs }, isBusy, tell }: { stop: { maxMs: number } } & Omit<Props, 'state'>) {
  const { t } = useI18n();
  useLater(Math.min(maxMs, mostHoldMs), () => tell({ kind: 'held' }));
  return (
    <Button variant="default" disabled={isBusy} onClick={() => tell({ kind: 'held' })}>
      {t('tryCall.holdGo')}
    </Button>
  );
}

function Again({ afterMs, tell }: { afterMs: number; tell: Tell }) {
  useLater(afterMs, () => tell({ kind: 'played' }));
  return null;
}

function Recording({ isBusy, tell }: Omit<Props, 'state'>) {
  const { t } = useI18n();
  return (
    <div className="try-acts">
      <Button disabled={isBusy} onClick={() => tell({ kind: 'recorded', seconds: messageSeconds })}>
        {t('tryCall.leave')}
      </Button>
      <Button variant="default" disabled={isBusy} onClick={() => tell({ kind: 'recorded' })}>
        {t('tryCall.leaveNone')}
      </Button>
    </div>
  );
}

/** Does something once after a while, unless what asked for it has gone by then. */
function useLater(ms: number, run: () => void): void {
  const [task] = useState(() => run);
  useEffect(() => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  }, [ms, task]);
}
