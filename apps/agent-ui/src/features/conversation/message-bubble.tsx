import type { ConversationView, MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconBot, IconLock } from '../../ui/icons.js';
import { useAuthorName } from '../../ui/use-customer-name.js';
import { Attachments } from './attachments.js';
import { DeliveryState } from './delivery-state.js';
import { MailEvent } from './mail/mail-event.js';
import { MailFlags } from './mail/mail-flags.js';
import { MailRecipients } from './mail/mail-head.js';
import { MailReport } from './mail/mail-report.js';
import { MailTools } from './mail/mail-tools.js';
import { MailWords } from './mail/mail-words.js';
import './mail/mail.css';
import { MessageMenu } from './message-menu.js';
import { EditedMark } from './revisions.js';
import { SharedThings } from './shared-things.js';
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
  const nameOf = useAuthorName(view.customer);
  const authorName = isReport(message) ? t('mail.mailSystem') : nameOf(author);
  const outreach = outreachOf(message);
  const name = useMessageName(message, authorName);
  const isDoubtful = delivery === 'failed' || delivery === 'unconfirmed';
  return (
    <article
      className="message"
      data-side={direction === 'in' ? 'in' : 'out'}
      data-kind={kind}
      data-author={author.kind}
      data-doubtful={isDoubtful ? delivery : undefined}
      data-continues={continues || undefined}
      tabIndex={-1}
      aria-label={name}
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
        {outreach !== null && <span>{t('event.outreach', { name: outreach })}</span>}
        {channel && <span>{t('message.via', { channel: t(`channel.${channel.kind}`) })}</span>}
        {message.editedAt && (message.mail ? <span>{t('message.edited')}</span> : <EditedMark message={message} />)}
        {delivery && <DeliveryState message={message} person={view.id} />}
      </div>
    </article>
  );
}

/** Who said it, when, over which channel and how far it came: what is read out of a message that one goes to. */
function useMessageName({ at, kind, channel, delivery }: MessageView, author: string): string {
  const { t, format, locale } = useI18n();
  const over = kind === 'note' ? t('message.note') : channel && t(`channel.${channel.kind}`);
  const told = [
    t('message.labelled', { name: author, time: format.time(at) }),
    over,
    delivery && t(`delivery.${delivery}`),
  ];
  return told.filter(Boolean).join(locale === 'fa' ? '، ' : ', ');
}

/** What of ours was told to many says what it is. */
function outreachOf({ event }: MessageView): string | null {
  return event?.name === 'outreach.message' && typeof event['outreach'] === 'string' ? event['outreach'] : null;
}

/** It stands with the customer whom it is about, and a server wrote it. */
function isReport({ mail }: MessageView): boolean {
  return mail?.report?.kind === 'bounce' || mail?.report?.kind === 'complaint';
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
      <MailFlags message={message} />
      {message.subject && <bdi className="bubble-subject">{message.subject}</bdi>}
      <Body message={message} />
      {!message.shared?.sticker && <Attachments attachments={message.attachments} isTooLarge={isTooLarge(message)} />}
      {message.choices && <Choices choices={message.choices} />}
      {message.mail && <MailTools message={message} />}
    </>
  );
}

/** A chat messenger hands out files up to a size only; what a mail lacks is told by its own marks. */
function isTooLarge({ flags, mail }: MessageView): boolean {
  return mail === null && flags.includes('oversized');
}

/** What the customer could choose from; it is theirs to press. */
function Choices({ choices }: { choices: NonNullable<MessageView['choices']> }) {
  const { t } = useI18n();
  return (
    <ul className="bubble-choices" dir="auto" aria-label={t('message.choices')}>
      {choices.map(({ id, label }) => (
        <li key={id} className="chip">
          {label}
        </li>
      ))}
    </ul>
  );
}

function Body({ message: { kind, body, mail, shared, attachments } }: { message: MessageView }) {
  const { t } = useI18n();
  if (shared) {
    return <SharedThings shared={shared} body={body} files={attachments} />;
  }
  if (kind === 'keys') {
    return <p>{t('message.keys', { keys: body })}</p>;
  }
  if (!mail) {
    return <Words text={body} />;
  }
  return (
    <>
      <MailRecipients mail={mail} />
      <MailWords body={body} hidden={mail.hidden} />
      <MailReport report={mail.report} />
      <MailEvent calendar={mail.calendar} />
    </>
  );
}
