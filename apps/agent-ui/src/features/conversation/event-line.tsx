import type { ReactNode } from 'react';
import type { MessageView, TicketState, TicketView } from '#contract';
import { useAgents } from '../../api/queries.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { late } from '../../ui/late.js';
import { toldNumber } from '../../ui/ticket-number.js';

const Happened = late(async () => ({ default: (await import('./lifecycle/happened.js')).Happened }));

const PropertyEvent = late(async () => ({
  default: (await import('./properties/property-event.js')).PropertyEvent,
}));

const BotEvent = late(async () => ({ default: (await import('./bot-event.js')).BotEvent }));

/** What tickets carry, and when they sleep, is told by a part of its own as well. */
const propertyEvents: ReadonlySet<string> = new Set([
  'ticket.fields',
  'ticket.snoozed',
  'ticket.woken',
  'ticket.idle',
  'ticket.spam',
]);

/** What became of tickets is told by a part of its own. */
const lifecycleEvents: ReadonlySet<string> = new Set([
  'ticket.merged',
  'ticket.unmerged',
  'ticket.split',
  'ticket.unsplit',
  'message.moved',
  'message.moved_back',
  'ticket.child',
  'ticket.no_child',
]);

/** What tells of an event by a part of its own; null for those that are told here. */
function tellLate(event: Event, tickets: readonly TicketView[]): ReactNode {
  if (lifecycleEvents.has(event.name)) {
    return <Happened event={event} tickets={tickets} />;
  }
  if (event.name === 'bot.summary') {
    return <BotEvent event={event} />;
  }
  return propertyEvents.has(event.name) ? <PropertyEvent event={event} tickets={tickets} /> : null;
}

const callbackWays = ['call', 'sms', 'same'] as const;
const states: readonly TicketState[] = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'];

interface Props {
  message: MessageView;
  /** The person's, by whose prefixes numbers are written. */
  tickets: readonly TicketView[];
}

/** Something that happened rather than was said, and who did it. */
export function EventLine({ message, tickets }: Props) {
  const { t, format } = useI18n();
  const text = useEventText(message, tickets);
  const { event } = message;
  const told = event && tellLate(event, tickets);
  return (
    <p className="event-line">
      <span className="words">{told ?? text}</span>
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
  /** A number as the reader writes it. */
  digits: (value: number) => string;
}

/** How the console tells what it knows of, by the event's name. */
const tellings: Partial<Record<string, (telling: Telling) => string>> = {
  'ticket.state': ({ event, t, number }) => {
    const state = states.find((one) => one === event['to']);
    return state ? t('event.ticket_state', { number, state: t(`ticket.state.${state}`) }) : t('event.other');
  },
  'ticket.assigned': ({ event, t, number, nameOf }) => {
    const [from, name] = [nameOf(event['from']), nameOf(event['agentId'])];
    if (from && name) {
      return t('event.ticket_moved', { number, from, name });
    }
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
  'outreach.withdrawn': ({ event, t }) => t('event.outreach_withdrawn', { name: textOf(event['outreach']) }),
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
  'survey.answered': ({ event, t, number, digits }) => {
    const comment = textOf(event['comment']);
    const said = { number, ...scoreOf(event, digits) };
    return comment === '' ? t('event.survey_answered', said) : t('event.survey_commented', { ...said, comment });
  },
  'survey.follow_up': ({ event, t, number, digits }) =>
    t('event.survey_follow_up', { number, ...scoreOf(event, digits) }),
};

/** Events say what changed by their own names of things; one that the console does not know speaks by its body. */
function useEventText({ event, body }: MessageView, tickets: readonly TicketView[]): string {
  const { t, format } = useI18n();
  const agents = useAgents();
  const tell = event ? tellings[event.name] : undefined;
  if (!event || !tell) {
    return body || t('event.other');
  }
  const number = toldNumber(event['number'], tickets, format);
  return tell({
    event,
    t,
    number,
    nameOf: (agentId) => agents.find(({ id }) => id === agentId)?.name,
    digits: format.digits,
  });
}

/** The best score of each kind of survey. */
const best: Partial<Record<string, number>> = { csat: 5, nps: 10, ces: 7 };

function scoreOf({ kind, score }: Event, digits: Telling['digits']): { score: string; most: string } {
  return { score: digits(Number(score)), most: digits(best[textOf(kind)] ?? 0) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
