import type { ConversationView, MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconAlert, IconBot, IconLock } from '../../ui/icons.js';
import { useAuthorName } from '../../ui/use-customer-name.js';
import { Attachments } from './attachments.js';
import { DeliveryState } from './delivery-state.js';
import { MessageMenu } from './message-menu.js';
import { Words } from './words.js';
import './message-bubble.css';

interface Props {
  message: MessageView;
  continues: boolean;
  view: ConversationView;
}

/** Something that was said: by the customer, by us, by the bot, or among ourselves. */
export function MessageBubble({ message, continues, view }: Props) {
  const { t, format } = useI18n();
  const { kind, direction, author, channel, delivery } = message;
  const authorName = useAuthorName(view.customer)(author);
  const isDoubtful = delivery === 'failed' || delivery === 'unconfirmed';
  return (
    <article
      className="message"
      data-side={direction === 'in' ? 'in' : 'out'}
      data-kind={kind}
      data-author={author.kind}
      data-doubtful={isDoubtful ? delivery : undefined}
      data-continues={continues || undefined}
      aria-label={t('message.labelled', { name: authorName, time: format.time(message.at) })}
    >
      <div className="message-row">
        <div className="bubble">
          <Content message={message} />
        </div>
        {!message.withheld && <MessageMenu message={message} view={view} />}
      </div>
      <div className="bubble-meta">
        {author.kind === 'bot' && <IconBot size={14} aria-hidden />}
        <bdi>{authorName}</bdi>
        <time dateTime={message.at}>{format.time(message.at)}</time>
        {channel && <span>{t('message.via', { channel: t(`channel.${channel.kind}`) })}</span>}
        {message.editedAt && <span>{t('message.edited')}</span>}
        {delivery && <DeliveryState message={message} person={view.id} />}
      </div>
    </article>
  );
}

function Content({ message }: { message: MessageView }) {
  const { t } = useI18n();
  if (message.withheld) {
    return (
      <p className="bubble-placeholder">
        <IconLock size={15} aria-hidden /> {t('message.withheld')}
      </p>
    );
  }
  if (message.redactedAt) {
    return <p className="bubble-placeholder">{t('message.erased')}</p>;
  }
  return (
    <>
      {message.kind === 'note' && (
        <p className="bubble-note">
          <IconLock size={14} aria-hidden /> {t('message.note')} · {t('message.noteHint')}
        </p>
      )}
      <Flags flags={message.flags} />
      {message.subject && <bdi className="bubble-subject">{message.subject}</bdi>}
      {message.kind === 'keys' ? <p>{t('message.keys', { keys: message.body })}</p> : <Words text={message.body} />}
      <Attachments attachments={message.attachments} />
    </>
  );
}

const toldFlags = ['unverified', 'forged', 'automatic', 'bounce', 'spam', 'malformed', 'oversized'] as const;
const quietFlags: readonly string[] = ['automatic'];

function Flags({ flags }: { flags: readonly string[] }) {
  const { t } = useI18n();
  const told = toldFlags.filter((flag) => flags.includes(flag));
  if (told.length === 0) {
    return null;
  }
  return (
    <p className="bubble-flags">
      {told.map((flag) => (
        <span key={flag} className="chip" data-tone={quietFlags.includes(flag) ? undefined : 'warn'}>
          {!quietFlags.includes(flag) && <IconAlert size={13} aria-hidden />}
          {t(`flag.${flag}`)}
        </span>
      ))}
    </p>
  );
}
