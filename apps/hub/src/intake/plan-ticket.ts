import { v7 as uuid } from 'uuid';
import type { InboundMessage } from '#channels';
import { isBareThanks, joinTicket, workSizeOf, type JoinReason } from '#tickets';
import type { Known, KnownTicket } from './accept-read.query.js';
import type { Arrival, KnownArrival, Person, Plan } from './plan-acceptance.js';
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
  if (arrival.isLine === true || talksWithBot(person, entry)) {
    return nowhere;
  }
  return treatmentOf(arrival) === 'work'
    ? planWork(plan, person, entry, now)
    : planBesideWork(plan, person, entry, now);
}

/**
 * A bot is to answer, or to find that it need not: a channel that has one, or a person with whom one talks. Then a ticket waits for it.
 * Nobody is left to talk with in a call that is over when it is first heard of.
 */
export function isForBot(person: Person, { arrival, known }: KnownArrival): boolean {
  if (isOverUnmet(arrival)) {
    return false;
  }
  const isWork = known.blocked !== true && treatmentOf(arrival) === 'work' && !isOurs(arrival.event);
  const isOurCall = arrival.event.type === 'call' && arrival.event.direction === 'out';
  return isWork && !isOurCall && (arrival.isLine === true || known.script_id !== null || holdsBot(person));
}

function isOverUnmet({ event, isLine }: Arrival): boolean {
  return event.type === 'call' && event.state === 'ended' && isLine !== true;
}

/** Whoever talks with a bot goes on with it, unless they answer what is about a ticket. */
function talksWithBot(person: Person, { arrival, known }: KnownArrival): boolean {
  const isSaid = arrival.event.type === 'message' && treatmentOf(arrival) === 'work';
  return isSaid && holdsBot(person) && known.referenced === null;
}

function holdsBot({ parts }: Person): boolean {
  return parts.some(({ holder }) => holder === 'bot');
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
  if (ticket.state === 'solved' && onlyThanks(arrival)) {
    return { ticket: ticket.id, reason: 'thanks' };
  }
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

/** A thank-you wakes nobody; one that brings anything else along does. A mail is read without what it repeats and its signature. */
function onlyThanks({ event }: Arrival): boolean {
  if (event.type !== 'message' || event.kind !== 'text' || hasMore(event)) {
    return false;
  }
  return isBareThanks(withoutHidden(event.text, event.hidden ?? []));
}

function hasMore({ attachments, shared, choice, calendar, report }: InboundMessage): boolean {
  return (
    attachments.length > 0 || [shared, choice, calendar, report].some((part) => part !== undefined && part !== null)
  );
}

function withoutHidden(text: string, hidden: readonly (readonly [number, number])[]): string {
  return hidden.toReversed().reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), text);
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

/**
 * A call of ours to a customer is only recorded: it opens no ticket. A bot's channel waits for the bot to hand off. What answers something
 * that was told to many goes where such answers go.
 */
function openTicket(plan: Plan, person: Person, { ord, arrival, known }: KnownArrival, now: Date): Place {
  const { event } = arrival;
  const waitsForBot = known.script_id !== null && treatmentOf(arrival) === 'work' && !isOverUnmet(arrival);
  const queue = known.outreach_queue ?? known.queue_id;
  if (queue === null || waitsForBot || (event.type === 'call' && event.direction === 'out')) {
    return nowhere;
  }
  const id = uuid();
  const conversation = known.conversation_id as string;
  const follows = treatmentOf(arrival) === 'work' ? followedBy(person, known) : null;
  plan.tickets.push({ ord, id, conversation, queue, subject: titleOf(event), follows });
  plan.work.push({
    ord,
    id: uuid(),
    ticket: id,
    queue,
    preferred: null,
    ...workSizeOf(arrival.channelKind),
  });
  person.tickets.unshift({
    id,
    conversation_id: conversation,
    number: 0,
    state: 'new',
    version: 1,
    queue_id: queue,
    owner_id: null,
    reopen_until: null,
    last_message_at: now.toISOString(),
  });
  return { ticket: id, reason: reasonToOpen(follows, known) };
}

function reasonToOpen(follows: string | null, { outreach_id: outreach }: Known): JoinReason {
  if (follows !== null) {
    return 'follow_up';
  }
  return outreach === null ? 'new_ticket' : 'answers_outreach';
}

/** The ticket that a message is about and that takes nothing in any more: closed, or solved longer ago than its queue reopens. */
function followedBy({ tickets }: Person, { referenced, agent_wrote_last: wroteLast }: Known): string | null {
  const named = referenced ?? wroteLast;
  const isAtWork = tickets.some(({ id, state }) => id === named && state !== 'solved');
  return isAtWork ? null : named;
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
