import { Button, Loader } from '@mantine/core';
import { changeDraft, draftAt, draftKey } from '../../api/drafts.js';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconAlert, IconLock, IconRefresh } from '../../ui/icons.js';
import { takeFromOutbox, type Waiting } from './outbox.js';
import { useSend } from './use-send.js';
import { Words } from './words.js';

/** A message of the reader's that the hub does not have yet, and honest about it. */
export function WaitingBubble({ waiting }: { waiting: Waiting }) {
  const { t, format } = useI18n();
  const me = useMe();
  const send = useSend();
  const { message, state, at, problem } = waiting;
  return (
    <article className="message" data-side="out" data-kind={message.kind} data-state={state}>
      <div className="bubble">
        {message.kind === 'note' && (
          <p className="bubble-note">
            <IconLock size={14} aria-hidden /> {t('message.note')}
          </p>
        )}
        {message.subject && <bdi className="bubble-subject">{message.subject}</bdi>}
        <Words text={message.body} />
      </div>
      <div className="bubble-meta">
        <bdi>{me.name}</bdi>
        <time dateTime={at}>{format.time(at)}</time>
        {state === 'sending' ? (
          <span className="delivery">
            <Loader size={12} /> {t('delivery.sending')}
          </span>
        ) : (
          <>
            <span className="delivery" data-state="failed">
              <IconAlert size={15} aria-hidden /> {t('delivery.unsent')}
            </span>
            {problem && <span className="delivery-why">{problem}</span>}
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              onClick={() => void send(waiting)}
            >
              {t('common.retry')}
            </Button>
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => discard(waiting)}>
              {t('message.discard')}
            </Button>
          </>
        )}
      </div>
    </article>
  );
}

/** The words go back to where they were written, unless something else is being written there. */
function discard({ person, message }: Waiting): void {
  const key = draftKey(person, message.kind);
  if (!draftAt(key).body.trim()) {
    const { body, subject, threadId, cc, bcc, quote } = message;
    changeDraft(key, { body, subject, threadId, cc, bcc, quote });
  }
  takeFromOutbox(message.id);
}
