import { Link } from '@tanstack/react-router';
import type { SearchHit } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { IconLock } from '../../ui/icons.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { useCustomerName } from '../../ui/use-customer-name.js';

interface Props {
  hit: SearchHit;
  onShow: (place: { conversation: string; message: string }) => void;
}

/** One thing that was found; it leads to its place in the person's timeline. */
export function MessageHit({ hit, onShow }: Props) {
  const { format } = useI18n();
  const name = useCustomerName()(hit.customer);
  const { message, ticket, conversation } = hit;
  return (
    <li>
      <Link
        to="/inbox/$view/$conversation"
        params={{ view: 'all', conversation }}
        search={ticket ? { ticket: ticket.id } : {}}
        className="search-hit"
        onClick={() => message && onShow({ conversation, message: message.id })}
      >
        <PersonAvatar name={name}>
          {message?.channelKind && <ChannelMark kind={message.channelKind} size={17} />}
        </PersonAvatar>
        <span className="search-hit-main">
          <span className="search-hit-line">
            <bdi className="one-line search-hit-name">{name}</bdi>
            {ticket && <span className="chip">{ticketSign(ticket, format)}</span>}
            {message && (
              <time className="search-hit-time" dateTime={message.at}>
                {format.dateTime(message.at)}
              </time>
            )}
          </span>
          {/* A ticket that a message opened is called by that message. */}
          {ticket?.subject && !message?.snippet.startsWith(ticket.subject) && (
            <bdi className="one-line search-hit-subject">{ticket.subject}</bdi>
          )}
          {message && <Words message={message} />}
        </span>
      </Link>
    </li>
  );
}

function Words({ message }: { message: NonNullable<SearchHit['message']> }) {
  const { t } = useI18n();
  const { author, authorName, kind, snippet, marks } = message;
  return (
    <span className="search-hit-words" dir="auto">
      {kind === 'note' && <IconLock size={14} aria-label={t('search.note')} />}
      {author !== 'customer' && (
        <bdi className="search-hit-by">{author === 'agent' ? authorName : t(`search.by_${author}`)}: </bdi>
      )}
      {marked(snippet, marks)}
    </span>
  );
}

function marked(text: string, marks: readonly [number, number][]) {
  const ends = [0, ...marks.flat(), text.length];
  return ends.slice(0, -1).map((from, index) => {
    const part = text.slice(from, ends[index + 1]);
    const key = `${String(index)} ${part}`;
    return index % 2 === 1 ? <mark key={key}>{part}</mark> : <span key={key}>{part}</span>;
  });
}
