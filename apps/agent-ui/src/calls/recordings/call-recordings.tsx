import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallRecordingsView, MessageView, RecordingView } from '#contract';
import { keys } from '../../api/keys.js';
import { useMe } from '../../api/queries.js';
import { recordings } from '../../api/recordings.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { RecordingPlayer } from './recording-player.js';
import './recordings.css';

/** What Peyk keeps of a call's sound. */
export function CallRecordings({ message }: { message: MessageView }) {
  const isSpoken = useTexts('phone');
  const { conversation, seq, rev } = message;
  const wanted = (message.call?.recordings.length ?? 0) > 0;
  const found = useQuery({
    queryKey: keys.callRecordings(conversation, seq, rev),
    queryFn: ({ signal }) => recordings.ofCall(conversation, seq, signal),
    enabled: wanted,
    placeholderData: (last) => last,
  });
  if (!isSpoken || !wanted || !found.data) {
    return null;
  }
  return (
    <>
      {found.data.recordings.map((recording) => (
        <Recording key={recording.id} recording={recording} />
      ))}
      <Pauses pauses={found.data.pauses} />
    </>
  );
}

function Recording({ recording }: { recording: RecordingView }) {
  const { t } = useI18n();
  const oversees = useMe().role !== 'agent';
  if (recording.url === null) {
    return (
      <p className="recording-told">
        <Told recording={recording} />
      </p>
    );
  }
  return (
    <>
      <RecordingPlayer src={recording.url} seconds={recording.seconds} label={t('recording.label')} />
      {recording.keepUntil !== null && <KeptUntil at={recording.keepUntil} />}
      {oversees && <Listens id={recording.id} />}
    </>
  );
}

function Told({ recording: { state, reason, goneAt } }: { recording: RecordingView }) {
  const { t, format } = useI18n();
  if (state === 'due') {
    return t('recording.due');
  }
  if (state === 'gone') {
    const when = goneAt === null ? '' : format.day(goneAt);
    return t(reason === 'redacted' ? 'recording.goneRedacted' : 'recording.gone', { when });
  }
  return t(`recording.why_${reason ?? 'unavailable'}`);
}

function KeptUntil({ at }: { at: string }) {
  const { t, format } = useI18n();
  return <p className="recording-told">{t('recording.keptUntil', { when: format.day(at) })}</p>;
}

/** Stretches that nobody recorded, because somebody said so. */
function Pauses({ pauses }: Pick<CallRecordingsView, 'pauses'>) {
  const { t, format } = useI18n();
  return pauses.map(({ pausedAt, resumedAt }) => {
    const seconds = resumedAt === null ? null : (Date.parse(resumedAt) - Date.parse(pausedAt)) / 1_000;
    const at = format.time(pausedAt);
    return (
      <p className="recording-told" key={pausedAt}>
        {seconds === null
          ? t('recording.pausedSince', { at })
          : t('recording.paused', { at, time: format.duration(seconds) })}
      </p>
    );
  });
}

/** Who listened, for those who must answer for that. */
function Listens({ id }: { id: string }) {
  const { t, format } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const found = useQuery({
    queryKey: keys.recordingListens(id),
    queryFn: ({ signal }) => recordings.listens(id, signal),
    enabled: isOpen,
    staleTime: 0,
  });
  const listens = found.data?.listens ?? [];
  return (
    <details className="call-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('recording.listens')}</summary>
      {found.data && listens.length === 0 && <p>{t('recording.nobodyListened')}</p>}
      <ul className="recording-listens">
        {listens.map(({ agentId, agentName, minute }) => (
          <li key={`${agentId} ${minute}`}>
            <bdi>{agentName}</bdi> <time dateTime={minute}>{format.dateTime(minute)}</time>
          </li>
        ))}
      </ul>
    </details>
  );
}
