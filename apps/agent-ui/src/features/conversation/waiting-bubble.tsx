import { Loader } from '@mantine/core';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconLock } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
// Not a part that comes later: it is for whoever has no link to fetch it by.
import { UnsentLine } from './held/unsent-line.js';
import type { Waiting } from './outbox.js';
import { Words } from './words.js';

const HeldLine = late(async () => ({ default: (await import('./held/held-line.js')).HeldLine }));

/** A message of the reader's that the timeline does not have yet, and honest about it. */
export function WaitingBubble({ waiting }: { waiting: Waiting }) {
  const { t, format } = useI18n();
  const me = useMe();
  const { message, state, at } = waiting;
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
        {state === 'sending' && (
          <span className="delivery">
            <Loader size={12} /> {t('delivery.sending')}
          </span>
        )}
        {state === 'held' && <HeldLine waiting={waiting} />}
        {(state === 'failed' || state === 'waiting') && <UnsentLine waiting={waiting} />}
      </div>
    </article>
  );
}
