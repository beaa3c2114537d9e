import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AttemptView, MessageView } from '#contract';
import { hub } from '../../../api/hub.js';
import { sayForHub } from '../../../i18n/hub-words.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { Ltr } from '../../../ui/ltr.js';
import { Failed } from '../../../ui/states.js';
import './attempts.css';

/** How a message was sent, and sent again: when, whereto, what came of it, in the words of whoever told. */
export function Attempts({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const { t } = useI18n();
  const isSpoken = useTexts('sending');
  const attempts = useQuery({
    queryKey: ['attempts', message.id, message.rev],
    queryFn: ({ signal }) => hub.attempts(message.id, signal),
  });
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.code === 'Escape') {
        event.preventDefault();
        onClose();
      }
    };
    document.addEventListener('keydown', close, true);
    return () => document.removeEventListener('keydown', close, true);
  }, [onClose]);
  if (!isSpoken) {
    return null;
  }
  return (
    <section className="attempts" aria-label={t('attempts.label')}>
      <div className="attempts-head">
        {t('attempts.label')}
        <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
      </div>
      {attempts.isError && <Failed error={attempts.error} retry={() => void attempts.refetch()} />}
      {attempts.data?.length === 0 && <p>{t('attempts.none')}</p>}
      <ol>
        {attempts.data?.map((attempt) => (
          <Attempt key={attempt.id} attempt={attempt} />
        ))}
      </ol>
    </section>
  );
}

function Attempt({ attempt }: { attempt: AttemptView }) {
  const { t, format } = useI18n();
  const { at, state, tries, nextAt, address, words, providerId, missed } = attempt;
  return (
    <li data-state={state}>
      <span>
        <time dateTime={at}>{format.dateTime(at)}</time> · <strong>{t(`attempts.${state}`)}</strong>
        {tries > 1 && ` · ${t('attempts.tries', { count: tries })}`}
      </span>
      <small>
        <Ltr>{address}</Ltr>
      </small>
      {words !== null && <bdi className="delivery-why">{sayForHub(words)}</bdi>}
      {missed.length > 0 && <small>{t('attempts.missed', { addresses: missed.join(', ') })}</small>}
      {nextAt !== null && <small>{t('attempts.next', { when: format.dateTime(nextAt) })}</small>}
      {providerId !== null && (
        <small>
          {t('attempts.provider')} <Ltr>{providerId}</Ltr>
        </small>
      )}
    </li>
  );
}
