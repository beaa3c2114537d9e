import { memo } from 'react';
import type { ConversationView, MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconTicket } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { CallCard } from './call-card.js';
import { EventLine } from './event-line.js';
import type { TimelineItem } from './lay-timeline.js';
import { MessageBubble } from './message-bubble.js';
import { WaitingBubble } from './waiting-bubble.js';

const KeysLine = late(async () => ({ default: (await import('../../calls/card/keys-line.js')).KeysLine }));

interface EntryProps {
  item: TimelineItem;
  /** What it is of; its messages may be old. */
  view: ConversationView;
}

/** One entry of the timeline, whatever it is. */
export const TimelineEntry = memo(function TimelineEntry({ item, view }: EntryProps) {
  const { t, format } = useI18n();
  switch (item.kind) {
    case 'day':
      return <div className="divider">{format.day(item.at)}</div>;
    case 'new':
      return (
        <div className="divider" data-tone="new">
          {t('conversation.newLine')}
        </div>
      );
    case 'ticket':
      return (
        <div className="divider" data-tone="ticket">
          <IconTicket size={15} aria-hidden />
          <span>{t('ticket.boundary', { number: ticketNumber(item.ticket, format) })}</span>
          <bdi className="one-line">{item.ticket.subject}</bdi>
          <span>· {t(`ticket.state.${item.ticket.state}`)}</span>
        </div>
      );
    case 'keys':
      return <KeysLine messages={item.messages} />;
    case 'waiting':
      return <WaitingBubble waiting={item.waiting} />;
    case 'message':
      return <Message message={item.message} continues={item.continues} view={view} />;
  }
}, isSame);

/** Entries are laid anew with every message; what they show is mostly what it was. */
function isSame(a: EntryProps, b: EntryProps): boolean {
  const [before, after]: Record<string, unknown>[] = [{ ...a.item }, { ...b.item }];
  return a.view === b.view && Object.entries(after ?? {}).every(([name, value]) => before?.[name] === value);
}

function Message({ message, continues, view }: { message: MessageView; continues: boolean; view: ConversationView }) {
  switch (message.kind) {
    case 'event':
      return <EventLine message={message} tickets={view.tickets} />;
    case 'call':
      return message.withheld ? (
        <MessageBubble message={message} continues={false} view={view} />
      ) : (
        <CallCard message={message} view={view} />
      );
    case 'text':
    case 'note':
    case 'keys':
    case 'form':
      return <MessageBubble message={message} continues={continues} view={view} />;
  }
}
