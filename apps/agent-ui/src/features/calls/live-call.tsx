import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { LiveCallView } from '#contract';
import { keys } from '../../api/keys.js';
import { phone } from '../../api/phone.js';
import { useSeconds } from '../../calls/card/use-seconds.js';
import { TransferButton } from '../../calls/transfer/transfer-button.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCall } from '../../ui/icons.js';
import { useAction } from '../../ui/use-action.js';
import './live-call.css';
import { useExchangeRings } from './use-exchange-rings.js';
import { useFollowLiveCall, useLiveCall, useScreenPop } from './use-live-call.js';

/** The call that the reader is in, over whatever they look at, for as long as it goes on. */
export function LiveCall() {
  const isSpoken = useTexts('phone');
  useFollowLiveCall();
  useScreenPop();
  useExchangeRings();
  const call = useLiveCall();
  return isSpoken && call !== null && call.phase !== 'ringing' ? <Bar call={call} /> : null;
}

function Bar({ call }: { call: LiveCallView }) {
  const { t, format } = useI18n();
  const seconds = useSeconds(call.answeredAt);
  const navigate = useNavigate();
  const name = call.customerName || call.number;
  const open = () => {
    const search = call.ticketId === null ? {} : { ticket: call.ticketId };
    const params = { view: 'mine', conversation: call.conversationId };
    void navigate({ to: '/inbox/$view/$conversation', params, search });
  };
  return (
    <section className="live-call" aria-label={t('liveCall.label')}>
      <IconCall size={18} aria-hidden />
      <span className="live-call-who one-line">
        {t('liveCall.talks', { name: call.customerName ? name : isolateLtr(name) })}
      </span>
      {seconds !== null && (
        <span
          className="live-call-clock"
          role="timer"
          aria-label={t('liveCall.clock', { time: format.duration(seconds) })}
        >
          {format.duration(seconds)}
        </span>
      )}
      <Recording call={call} />
      <Transfer call={call} />
      <Button size="compact-sm" variant="white" onClick={open}>
        {t('liveCall.open')}
      </Button>
    </section>
  );
}

/** The way to hand the caller over, and what became of it while the two still talk. */
function Transfer({ call: { id, phase, canTransfer, transferFailed } }: { call: LiveCallView }) {
  const { t } = useI18n();
  return (
    <>
      <output className="live-call-note">
        {phase === 'handing' ? t('transfer.handing') : transferFailed && t('transfer.failed')}
      </output>
      {canTransfer && phase === 'talking' && <TransferButton call={id} variant="white" />}
    </>
  );
}

/** Whether what is said is recorded, and the way to stop it while something is told that nobody may keep. */
function Recording({ call: { id, records, paused } }: { call: LiveCallView }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const change = useAction(
    (act: 'pause' | 'resume') => phone.record(id, act),
    () => void queries.invalidateQueries({ queryKey: keys.liveCall }),
  );
  if (!records) {
    return <span className="live-call-note">{t('liveCall.notRecorded')}</span>;
  }
  return (
    <>
      <span className="live-call-note" data-records={!paused || undefined}>
        {t(paused ? 'liveCall.paused' : 'liveCall.recording')}
      </span>
      <Button
        size="compact-sm"
        variant="white"
        title={t('liveCall.pauseHint')}
        loading={change.isPending}
        onClick={() => change.mutate(paused ? 'resume' : 'pause')}
      >
        {t(paused ? 'liveCall.resume' : 'liveCall.pause')}
      </Button>
    </>
  );
}
