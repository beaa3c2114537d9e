import type { WhisperView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';

interface Props {
  whispers: WhisperView[];
  /** Whether it says to whom, and whether they saw it: for supervisors, who read what others whispered as well. */
  isWhole: boolean;
}

/** What was whispered in a conversation, oldest first. */
export function WhisperThread({ whispers, isWhole }: Props) {
  const { t } = useI18n();
  return (
    <ol className="steering-thread" aria-label={t('steering.whispers')}>
      {whispers.map((whisper) => (
        <li key={whisper.id} data-answer={whisper.by.id === whisper.agent.id || undefined}>
          <small>
            <WhoAndWhen whisper={whisper} isWhole={isWhole} />
          </small>
          <p className="steering-words" dir="auto">
            {whisper.words}
          </p>
          {isWhole && <Standing whisper={whisper} />}
        </li>
      ))}
    </ol>
  );
}

function WhoAndWhen({ whisper: { by, agent, at }, isWhole }: { whisper: WhisperView; isWhole: boolean }) {
  const { t, format } = useI18n();
  const isToldTo = isWhole && by.id !== agent.id;
  return (
    <>
      <bdi>{isToldTo ? t('steering.told', { by: by.name, agent: agent.name }) : by.name}</bdi> ·{' '}
      <time dateTime={at}>{format.time(at)}</time>
    </>
  );
}

function Standing({ whisper: { by, agent, seenAt } }: { whisper: WhisperView }) {
  const { t, format } = useI18n();
  if (by.id === agent.id) {
    return null;
  }
  return <small>{seenAt ? t('steering.seenAt', { when: format.time(seenAt) }) : t('steering.notSeen')}</small>;
}
