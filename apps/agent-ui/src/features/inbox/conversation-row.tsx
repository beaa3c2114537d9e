import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { ListRow, TicketView } from '#contract';
import { useHasDraft } from '../../api/drafts.js';
import type { ListFilter } from '../../api/hub.js';
import { useAgents, useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCustomerIsTyping } from '../../live/use-presence.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { IconAnswer, IconClock, IconEdit, IconFlag, IconLock } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { NamedIcon } from '../../ui/named-icon.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { useNow } from '../../ui/use-now.js';
import { PromiseChip } from '../../ui/promise-chip.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { toggle, useSelection } from './bulk/selection.js';
import { hasLeft } from './views/shown-row.js';

const PlaceLine = late(async () => ({ default: (await import('../../live/place-chips.js')).PlaceLine }), Unassigned);

function Unassigned() {
  return useI18n().t('list.unassigned');
}

/** The hub counts up to here; it means that there may be more. */
const mostUnread = 100;

interface Props {
  row: ListRow;
  index: number;
  filter: ListFilter;
  /** It is the open one. */
  isSelected: boolean;
  /** It is among those that something is done to. */
  isChosen: boolean;
}

export const ConversationRow = memo(function ConversationRow({ row, index, filter, isSelected, isChosen }: Props) {
  const { t, format } = useI18n();
  const now = useNow();
  const { ticket, customer, last, unread, conversation } = row;
  const name = useCustomerName()(customer);
  return (
    <div className="row-holder" data-chosen={isChosen || undefined}>
      <Link
        to="/inbox/$view/$conversation"
        params={{ view: filter.view, conversation }}
        search={{ ticket: ticket.id, ...(filter.queue ? { queue: filter.queue } : {}) }}
        className="row"
        aria-current={isSelected ? 'true' : undefined}
        data-unread={unread > 0 || undefined}
        data-left={hasLeft(row) || undefined}
        data-ticket={ticket.id}
        data-index={index}
      >
        <PersonAvatar name={name}>
          {last?.channelKind && <ChannelMark kind={last.channelKind} size={17} />}
        </PersonAvatar>
        <div className="row-main">
          <div className="row-line">
            <bdi className="row-name one-line">{name}</bdi>
            <time className="row-time" dateTime={ticket.lastMessageAt}>
              {format.ago(ticket.lastMessageAt, now)}
            </time>
          </div>
          <div className="row-line">
            <LastWords row={row} />
            {unread > 0 && (
              <span className="row-unread">
                <span aria-hidden>
                  {unread < mostUnread ? format.number(unread) : `${format.number(mostUnread - 1)}+`}
                </span>
                <span className="unseen">{t('list.unread', { count: unread })}</span>
              </span>
            )}
          </div>
          <Chips row={row} />
        </div>
      </Link>
      <label className="row-check">
        <input
          type="checkbox"
          aria-label={t('list.select', { name })}
          checked={isChosen}
          onChange={() => useSelection.setState((selection) => toggle(selection, ticket.id))}
        />
      </label>
    </div>
  );
});

function LastWords({ row: { conversation, customer, last } }: { row: ListRow }) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  if (useCustomerIsTyping(conversation)) {
    return <span className="row-words row-typing">{t('list.typing', { name: nameOf(customer) })}</span>;
  }
  const words = last?.kind === 'call' ? t('channel.phone') : (last?.body ?? '');
  return (
    <span className="row-words">
      {last?.kind === 'note' && <NamedIcon Icon={IconLock} size={14} name={t('message.note')} />}
      {last?.direction === 'out' && (
        <NamedIcon Icon={IconAnswer} size={14} name={t('list.answered')} className="points" />
      )}
      <span className="one-line" dir="auto">
        {words}
      </span>
    </span>
  );
}

/** What is open needs no word for it, nor does what is new and nobody's: that says where it waits. */
function isPlain({ state, ownerId }: TicketView): boolean {
  return state === 'open' || (state === 'new' && ownerId === null);
}

function Chips({ row: { ticket, conversation } }: { row: ListRow }) {
  const { t, format } = useI18n();
  const me = useMe();
  const owner = useAgents().find(({ id }) => id === ticket.ownerId);
  const hasDraft = useHasDraft(conversation);
  return (
    <div className="row-chips">
      <span className="chip">
        <bdi>{t('ticket.number', { number: ticketNumber(ticket, format) })}</bdi>
      </span>
      {ticket.priority > 2 && (
        <span className="chip" data-tone={ticket.priority === 4 ? 'bad' : 'warn'}>
          <IconFlag size={13} aria-hidden />
          {t(`ticket.priority.${ticket.priority}`)}
        </span>
      )}
      {!isPlain(ticket) && (
        <span className="chip" data-tone={ticket.state === 'solved' ? 'good' : undefined}>
          {t(`ticket.state.${ticket.state}`)}
        </span>
      )}
      <PromiseChip clocks={ticket.sla} />
      <Sleep ticket={ticket} />
      {hasDraft && (
        <span className="chip">
          <IconEdit size={13} aria-hidden />
          {t('list.draft')}
        </span>
      )}
      <Tags tags={ticket.tags} />
      {ticket.ownerId !== me.id && (
        <span className="row-owner one-line">
          {ticket.ownerId ? <bdi>{owner?.name}</bdi> : <PlaceLine ticket={ticket} />}
        </span>
      )}
    </div>
  );
}

/** Until when nobody has to think of it. */
function Sleep({ ticket: { snoozedUntil } }: { ticket: TicketView }) {
  const { t, format } = useI18n();
  if (snoozedUntil === null) {
    return null;
  }
  const until = snoozedUntil === 'reply' ? '…' : format.dateTime(snoozedUntil);
  return (
    <span className="chip" title={t('list.snoozed', { when: until })}>
      <NamedIcon Icon={IconClock} size={13} name={t('list.snoozed', { when: until })} />
      {snoozedUntil !== 'reply' && <span aria-hidden>{format.day(snoozedUntil)}</span>}
    </span>
  );
}

const shownTags = 2;

function Tags({ tags }: { tags: readonly string[] }) {
  const { format } = useI18n();
  const more = tags.length - shownTags;
  return (
    <>
      {tags.slice(0, shownTags).map((tag) => (
        <span key={tag} className="chip row-tag">
          <bdi className="one-line">{tag}</bdi>
        </span>
      ))}
      {more > 0 && (
        <span className="chip" title={tags.slice(shownTags).join(', ')}>
          +{format.number(more)}
        </span>
      )}
    </>
  );
}
