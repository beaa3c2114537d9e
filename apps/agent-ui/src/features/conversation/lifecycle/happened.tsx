import type { MessageView, TicketView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { toldNumber } from '../../../ui/ticket-number.js';

type Event = NonNullable<MessageView['event']>;

/** What became of tickets, in a line of the timeline. */
export function Happened({ event, tickets }: { event: Event; tickets: readonly TicketView[] }) {
  const isSpoken = useTexts('tickets');
  const { t, format } = useI18n();
  const told = (number: unknown) => toldNumber(number, tickets, format);
  const said = { number: told(event['number']), other: told(event['other']) };
  const count = typeof event['count'] === 'number' ? event['count'] : 1;
  if (!isSpoken) {
    return <>…</>;
  }
  switch (event.name) {
    case 'ticket.merged':
      return <>{t('happened.ticket_merged', said)}</>;
    case 'ticket.unmerged':
      return <>{t('happened.ticket_unmerged', said)}</>;
    case 'ticket.split':
      return <>{said.other === '' ? t('happened.ticket_split_alone', said) : t('happened.ticket_split', said)}</>;
    case 'ticket.unsplit':
      return <>{t('happened.ticket_unsplit', said)}</>;
    case 'message.moved':
      return <>{t('happened.message_moved', { ...said, count })}</>;
    case 'message.moved_back':
      return <>{t('happened.message_moved_back', { ...said, count })}</>;
    case 'ticket.child':
      return <>{t('happened.ticket_child', said)}</>;
    default:
      return <>{t('happened.ticket_no_child', said)}</>;
  }
}
