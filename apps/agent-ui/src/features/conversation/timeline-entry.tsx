import { memo } from 'react';
import type { ConversationView, MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconTicket } from '../../ui/icons.js';
import { CallCard } from './call-card.js';
import { EventLine } from './event-line.js';
import type { TimelineItem } from './lay-timeline.js';
import { MessageBubble } from './message-bubble.js';
import { WaitingBubble } from './waiting-bubble.js';

/** One entry of the timeline, whatever it is. */
export const TimelineEntry = memo(function TimelineEntry({
  item,
  view,
}: {
  item: TimelineItem;
  view: ConversationView;
}) {
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
          <span>{t('ticket.boundary', { number: format.digits(item.ticket.number) })}</span>
          <bdi className="one-line">{item.ticket.subject}</bdi>
        </div>
      );
    case 'waiting':
      return <WaitingBubble waiting={item.waiting} />;
    case 'message':
      return <Message message={item.message} continues={item.continues} view={view} />;
  }
});

function Message({ message, continues, view }: { message: MessageView; continues: boolean; view: ConversationView }) {
  switch (message.kind) {
    case 'event':
      return <EventLine message={message} />;
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
