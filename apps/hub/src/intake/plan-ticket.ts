import { v7 as uuid } from 'uuid';
import { joinTicket, workSizeOf, type JoinReason } from '#tickets';
import type { Known, KnownTicket } from './accept-read.query.js';
import type { KnownArrival, Person, Plan } from './plan-acceptance.js';
import { isUnmoved, treatmentOf } from './quiet-mail.js';
import { isForged, isOurs, titleOf } from './read-arrival.js';

interface Place {
  ticket: string | null;
  reason: JoinReason | null;
}

/** It is on the timeline only. */
const nowhere = { ticket: null, reason: null };

/** The ticket that an arrival is of, with the reason that agents read; none when it is on the timeline only. */
export function planTicket(plan: Plan, person: Person, entry: KnownArrival, now: Date): Place {
  const { arrival, known } = entry;
  if (known.blocked) {
    return nowhere;
  }
  if (isOurs(arrival.event)) {
    return planBesideTickets(person, known, now);
  }
  return treatmentOf(arrival) === 'work'
    ? planWork(plan, person, entry, now)
    : planBesideWork(plan, person, entry, now);
}

/** What one of us said by other means joins a ticket that is at work; it opens none and reopens none. */
function planBesideTickets({ tickets }: Person, known: Known, now: Date): Place {
  const live = tickets.filter(({ state }) => state !== 'solved');
  const joining = joinTicket(factsOf(live, known, now));
  return joining.ticket === null ? nowhere : joining;
}

function planWork(plan: Plan, person: Person, { ord, arrival, known }: KnownArrival, now: Date): Place {
  const joining = joinTicket(factsOf(person.tickets, known, now));
  if (joining.ticket === null) {
    return openTicket(plan, person, { ord, arrival, known }, now);
  }
  const ticket = person.tickets.find(({ id }) => id === joining.ticket) as KnownTicket;
  if (!isUnmoved(ticket.state)) {
    plan.waking.push(ticket.id);
  }
  if (ticket.state === 'solved') {
    plan.work.push({
      ord,
      id: uuid(),
      ticket: ticket.id,
      queue: ticket.queue_id,
      preferred: ticket.owner_id,
      ...workSizeOf(arrival.channelKind),
    });
    person.tickets[person.tickets.indexOf(ticket)] = { ...ticket, state: 'open' };
  }
  return { ticket: joining.ticket, reason: joining.reason };
}

/** Mail that nobody wrote, or nobody vouches for, moves no ticket; it joins one only where that changes nothing. */
function planBesideWork(plan: Plan, person: Person, entry: KnownArrival, now: Date): Place {
  const { arrival, known } = entry;
  const unmoved = person.tickets.filter(({ state }) => isUnmoved(state));
  if (isForged(arrival.event)) {
    const wouldJoin = joinTicket(factsOf(person.tickets, { ...known, referenced: null }, now)).ticket !== null;
    return wouldJoin ? nowhere : openTicket(plan, person, entry, now);
  }
  if (known.referenced !== null) {
    const isThere = unmoved.some(({ id }) => id === known.referenced);
    return isThere ? { ticket: known.referenced, reason: 'reference' } : nowhere;
  }
  if (treatmentOf(arrival) === 'quiet') {
    return nowhere;
  }
  const joining = joinTicket(factsOf(unmoved, known, now));
  return joining.ticket === null ? openTicket(plan, person, entry, now) : joining;
}

/** A call of ours to a customer is only recorded: it opens no ticket. A bot's channel waits for the bot to hand off. */
function openTicket(plan: Plan, person: Person, { ord, arrival, known }: KnownArrival, now: Date): Place {
  const { event } = arrival;
  const isForBot = known.script_id !== null && treatmentOf(arrival) === 'work';
  if (known.queue_id === null || isForBot || (event.type === 'call' && event.direction === 'out')) {
    return nowhere;
  }
  const id = uuid();
  const conversation = known.conversation_id as string;
  plan.tickets.push({ ord, id, conversation, queue: known.queue_id, subject: titleOf(event) });
  plan.work.push({
    ord,
    id: uuid(),
    ticket: id,
    queue: known.queue_id,
    preferred: null,
    ...workSizeOf(arrival.channelKind),
  });
  person.tickets.unshift({
    id,
    conversation_id: conversation,
    number: 0,
    state: 'new',
    version: 1,
    queue_id: known.queue_id,
    owner_id: null,
    reopen_until: null,
    last_message_at: now.toISOString(),
  });
  return { ticket: id, reason: 'new_ticket' };
}

function factsOf(
  tickets: KnownTicket[],
  known: Pick<Known, 'referenced' | 'agent_wrote_last'>,
  now: Date,
): Parameters<typeof joinTicket>[0] {
  return {
    referenced: known.referenced,
    agentWroteLast: known.agent_wrote_last,
    tickets: tickets.map((ticket) => ({
      id: ticket.id,
      state: ticket.state,
      reopenUntil: ticket.reopen_until === null ? null : new Date(ticket.reopen_until),
      lastMessageAt: new Date(ticket.last_message_at),
    })),
    now,
  };
}
