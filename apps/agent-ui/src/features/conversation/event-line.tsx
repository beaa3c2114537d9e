import type { MessageView, TicketState } from '#contract';
import { useAgents } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';

const states: readonly TicketState[] = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'];

/** Something that happened rather than was said, and who did it. */
export function EventLine({ message }: { message: MessageView }) {
  const { t, format } = useI18n();
  const text = useEventText(message);
  return (
    <p className="event-line">
      <span className="words">{text}</span>
      {message.author.kind === 'agent' && <span>{t('event.by', { name: message.author.name })}</span>}
      <time dateTime={message.at}>{format.time(message.at)}</time>
    </p>
  );
}

/** Events say what changed by their own names of things; one that the console does not know speaks by its body. */
function useEventText({ event: told, body }: MessageView): string {
  const { t, format } = useI18n();
  const agents = useAgents();
  const event = told ?? { name: 'unknown' };
  const number = typeof event['number'] === 'number' ? format.digits(event['number']) : '';
  switch (event.name) {
    case 'ticket.state': {
      const state = states.find((one) => one === event['to']);
      return state ? t('event.ticket_state', { number, state: t(`ticket.state.${state}`) }) : t('event.other');
    }
    case 'ticket.assigned': {
      const name = agents.find(({ id }) => id === event['agentId'])?.name;
      return name ? t('event.ticket_given', { number, name }) : t('event.ticket_released', { number });
    }
    case 'ticket.released':
      return t('event.ticket_released', { number });
    case 'handed_over':
      return t('event.handed_over');
    default:
      return body || t('event.other');
  }
}
