import type { MessageView, TicketState } from '#contract';
import { useAgents } from '../../api/queries.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { useI18n } from '../../i18n/use-i18n.js';

const callbackWays = ['call', 'sms', 'same'] as const;
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

type Event = NonNullable<MessageView['event']>;
type Speak = ReturnType<typeof useI18n>['t'];

/** What an event is told with: its ticket's number as the reader writes it, and agents by their ids. */
interface Telling {
  event: Event;
  t: Speak;
  number: string;
  nameOf: (agentId: unknown) => string | undefined;
}

/** How the console tells what it knows of, by the event's name. */
const tellings: Partial<Record<string, (telling: Telling) => string>> = {
  'ticket.state': ({ event, t, number }) => {
    const state = states.find((one) => one === event['to']);
    return state ? t('event.ticket_state', { number, state: t(`ticket.state.${state}`) }) : t('event.other');
  },
  'ticket.assigned': ({ event, t, number, nameOf }) => {
    const name = nameOf(event['agentId']);
    return name ? t('event.ticket_given', { number, name }) : t('event.ticket_released', { number });
  },
  'ticket.released': ({ t, number }) => t('event.ticket_released', { number }),
  'sla.breached': ({ event, t, number }) =>
    t(`event.promise_broken.${event['metric'] === 'resolution' ? 'solution' : 'answer'}`, { number }),
  'sla.escalated': ({ t, number }) => t('event.promise_escalated', { number }),
  deletion_requested: ({ event, t }) => t('event.deletion_requested', { address: textOf(event['address']) }),
  handed_over: ({ t }) => t('event.handed_over'),
  'customer.opted_in': ({ event, t }) => t('event.opted_in', { channel: textOf(event['channel']) }),
  'customer.opted_out': ({ event, t }) =>
    t(event['by'] === 'provider' ? 'event.opted_out_told' : 'event.opted_out', { channel: textOf(event['channel']) }),
  'customer.blocked_us': ({ t }) => t('event.blocked_us'),
  'customer.unblocked_us': ({ t }) => t('event.unblocked_us'),
  'start_link.linked': ({ t }) => t('event.start_linked'),
  'start_link.refused': ({ t }) => t('event.start_refused'),
  'callback.requested': ({ event, t }) => {
    const way = callbackWays.find((one) => one === event['way']) ?? 'same';
    return t(`event.callback_${way}`, { address: isolateLtr(textOf(event['address'])) });
  },
  'callback.done': ({ t }) => t('event.callback_done'),
  'callback.cancelled': ({ t }) => t('event.callback_cancelled'),
};

/** Events say what changed by their own names of things; one that the console does not know speaks by its body. */
function useEventText({ event, body }: MessageView): string {
  const { t, format } = useI18n();
  const agents = useAgents();
  const tell = event ? tellings[event.name] : undefined;
  if (!event || !tell) {
    return body || t('event.other');
  }
  const number = typeof event['number'] === 'number' ? format.digits(event['number']) : '';
  return tell({ event, t, number, nameOf: (agentId) => agents.find(({ id }) => id === agentId)?.name });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
