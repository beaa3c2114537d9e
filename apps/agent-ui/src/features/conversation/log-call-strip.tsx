import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ConversationView } from '#contract';
import { useSeconds } from '../../calls/card/use-seconds.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { LogCallForm, type CallBeginning } from './log-call-form.js';
import { endCallTimer, type CallTimer } from './log-call-timer.js';
import './log-call.css';

interface Props {
  view: ConversationView;
  ticketId: string | undefined;
  timer: CallTimer;
}

/** The call that the agent is on, with its time, until they write it down. The conversation can be read meanwhile. */
export function LogCallStrip({ view, ticketId, timer }: Props) {
  const { t, format } = useI18n();
  const isSpoken = useTexts('callSources');
  const seconds = useSeconds(timer.since) ?? 0;
  const [beginning, setBeginning] = useState<CallBeginning | null>(null);
  const write = () => {
    const { address, direction, since } = timer;
    const minutes = Math.round(((Date.now() - Date.parse(since)) / 60_000) * 100) / 100;
    setBeginning({ address, direction, startedAt: new Date(since), minutes });
  };
  return (
    isSpoken && (
      <section className="log-call-strip" aria-label={t('logCall.timerOf')}>
        <span role="timer">{t('logCall.timing', { time: format.duration(seconds) })}</span>
        <Button size="compact-sm" onClick={write}>
          {t('logCall.finish')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={endCallTimer}>
          {t('logCall.drop')}
        </Button>
        {beginning && (
          <LogCallForm
            view={view}
            ticketId={ticketId}
            beginning={beginning}
            isTimed
            onLogged={endCallTimer}
            onClose={() => setBeginning(null)}
          />
        )}
      </section>
    )
  );
}
