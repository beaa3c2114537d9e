import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { failpoint } from '#failpoint';
import { matchKey, storableText, type InboundCall, type InboundIgnored } from '#channels';
import { Database } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { EventBus } from '../events/event-bus.js';
import type { HubEvents } from '../events/hub-events.js';
import { Metrics } from '../platform/operations/metrics.js';
import { MicroBatch } from '../platform/micro-batch.js';
import { keepEvent, meetCustomer } from './accept.query.js';
import { acceptRead, readParameters, type Known, type Question, type ReadPart } from './accept-read.query.js';
import { acceptWrite, writeParameters, type Stored, type WritePart } from './accept-write.query.js';
import { messageExternalId, planAcceptance, type Arrival, type KnownArrival, type Plan } from './plan-acceptance.js';
import { namedMails } from './plan-thread.js';
import { CallGrower } from './call-grower.service.js';
import { RecentOutreach } from './recent-outreach.service.js';

/** What became of an event. `duplicate` changed nothing: it was stored before. */
export type Acceptance =
  | { outcome: 'stored'; conversationId: string; messageId: string; seq: number; rev: number; ticketId: string | null }
  | { outcome: 'grown' }
  | { outcome: 'duplicate' };

/** Rounds of read, decide and write before giving up on an arrival whose conversation keeps moving. */
const maxRounds = 20;

/**
 * The only door: everything that customers say enters here and nowhere else. A lone message of a known sender costs one read
 * and one statement that commits by itself; a backlog is written many at a time. What the promise resolves to is on disk.
 */
@Injectable()
export class IntakeService {
  /** Outlives a round that fails, so that what is stored is not stored again when the rest of its batch is run anew. */
  private readonly done = new WeakMap<Arrival, Acceptance>();

  private readonly batch = new MicroBatch<Arrival, Acceptance>({
    run: (arrivals) => this.acceptAll(arrivals),
    keyOf: ({ channelId, event }) => {
      const { kind, address } = event.type === 'call' ? event.party : event.from;
      return `${channelId} ${kind} ${address}`;
    },
    maxSize: 64,
    maxInFlight: 2,
  });

  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
    private readonly calls: CallGrower,
    private readonly metrics: Metrics,
    private readonly outreach: RecentOutreach,
  ) {}

  accept(arrival: Arrival): Promise<Acceptance> {
    return this.batch.add(arrival);
  }

  /** Keeps an event that belongs on no timeline, or that could not be read, with its raw bytes. */
  async keep(
    channelId: string,
    event: Pick<InboundIgnored, 'externalId' | 'raw'>,
    state: 'ignored' | 'quarantined',
    why: string,
  ): Promise<boolean> {
    const rows = await this.database.query(keepEvent, [
      uuid(),
      channelId,
      event.externalId,
      state,
      Buffer.from(event.raw),
      why,
    ]);
    return rows.length > 0;
  }

  private async acceptAll(arrivals: Arrival[]): Promise<Acceptance[]> {
    const met: HubEvents['address.met'][] = [];
    for (let round = 0; round < maxRounds; round++) {
      const pending = arrivals.filter((arrival) => !this.done.has(arrival));
      if (pending.length === 0) {
        met.forEach((stranger) => this.bus.emit('address.met', stranger));
        return arrivals.map((arrival) => this.done.get(arrival) as Acceptance);
      }
      await this.acceptRound(pending, met);
    }
    throw new Error('an arrival could not be stored: its conversation never stood still');
  }

  /** Whoever is met on the way is added to `met`. */
  private async acceptRound(arrivals: Arrival[], met: HubEvents['address.met'][]): Promise<void> {
    const parts = readPartsOf(arrivals, this.outreach.any);
    const known = await this.database.query<Known>(acceptRead(parts), readParameters(arrivals.map(question), parts));
    const byOrd = new Map(known.map((row) => [row.ord, row]));
    const ready: KnownArrival[] = [];
    for (const [index, arrival] of arrivals.entries()) {
      const row = byOrd.get(index + 1);
      if (!row) {
        throw new Error(`channel ${arrival.channelId} is gone`);
      }
      if (row.duplicate) {
        this.done.set(arrival, { outcome: 'duplicate' });
      } else if (row.growing_seq !== null && arrival.event.type === 'call') {
        this.done.set(arrival, await this.growCall(arrival));
      } else if (row.identity_id === null) {
        met.push(...(await this.meet(arrival)));
      } else {
        ready.push({ ord: ready.length + 1, arrival, known: row });
      }
    }
    if (ready.length > 0) {
      await this.write(ready);
    }
  }

  /** A call whose message was erased meanwhile stays erased. */
  private async growCall({ channelId, event, quiet }: Arrival): Promise<Acceptance> {
    const { outcome } = await this.calls.grow(channelId, event as InboundCall, { isPast: quiet === true });
    return { outcome: outcome === 'unknown' ? 'duplicate' : outcome };
  }

  private async write(ready: KnownArrival[]): Promise<void> {
    this.metrics.intakeBatch.observe(ready.length);
    const plan = planAcceptance(ready, new Date());
    failpoint('intake.before-commit');
    const parts = writtenBy(plan);
    const raw = ready.map(({ arrival }) => Buffer.from(arrival.event.raw));
    const stored = await this.database.query<Stored>(acceptWrite(parts), writeParameters(plan, raw, parts));
    failpoint('intake.after-commit');
    for (const row of stored) {
      const { arrival } = ready[row.ord - 1] as KnownArrival;
      const planned = plan.arrivals[row.ord - 1] as Plan['arrivals'][number];
      this.done.set(arrival, {
        outcome: 'stored',
        conversationId: planned.conversation,
        messageId: planned.message,
        seq: row.seq,
        rev: row.rev,
        ticketId: row.ticket_id,
      });
    }
    this.live.accepted(ready, plan, stored);
    failpoint('intake.after-emit');
    this.tellCalls(plan, stored);
    for (const address of changedAddresses(ready, plan, stored)) {
      this.bus.emit('address.changed', address);
    }
    for (const queueId of new Set(
      plan.work.filter(({ ord }) => stored.some((row) => row.ord === ord)).map(({ queue }) => queue),
    )) {
      this.bus.emit('work.queued', { queueId });
    }
    if (stored.some(({ ord }) => plan.bots.includes(plan.arrivals[ord - 1]?.message ?? ''))) {
      this.bus.emit('bot.asked', {});
    }
    for (const agentId of wokenAgents(plan, stored)) {
      this.bus.emit('load.moved', { agentId });
    }
  }

  private tellCalls(plan: Plan, stored: Stored[]): void {
    for (const { ord, seq } of stored) {
      const { message, conversation, channel, content } = plan.arrivals[ord - 1] as Plan['arrivals'][number];
      if (content.call) {
        this.bus.emit('call.grown', {
          conversationId: conversation,
          seq,
          channelId: channel,
          callId: content.call.callId,
          call: content.call,
          isPast: plan.past.includes(message),
        });
      }
    }
  }

  /** Two arrivals may bring the same stranger at once; the loser's insert does nothing and the next read finds the winner. */
  private async meet({ event }: Arrival): Promise<HubEvents['address.met'][]> {
    const { kind, address, trust, name } = event.type === 'call' ? event.party : event.from;
    // Until somebody gives them a name, people are known by what one would write or call.
    const called = storableText(name).trim() || (kind === 'email' || kind === 'phone' ? address : '');
    // A call brings no words to tell the language by, and it is answered aloud: the country of the number has to do.
    const isPersian =
      /[\u0600-\u06ff]/u.test(`${called} ${event.type === 'message' ? event.text : ''}`) ||
      (event.type === 'call' && address.startsWith('+98'));
    const locale = isPersian ? 'fa' : 'en';
    const met = await this.database.query(meetCustomer, [
      uuid(),
      uuid(),
      uuid(),
      kind,
      address,
      trust,
      called,
      matchKey(called),
      locale,
    ]);
    failpoint('intake.after-meet');
    return met.map(() => ({ kind, address }));
  }
}

/** Agents who have a ticket that stood still until now: it takes its part of them again. */
function wokenAgents(plan: Plan, stored: Stored[]): Set<string> {
  const woken = stored.filter(({ ticket_id: id }) => id !== null && plan.waking.includes(id));
  return new Set(woken.map(({ ticket }) => ticket?.['owner_id']).filter((id) => typeof id === 'string'));
}

/** Senders who are believed further by what they sent, or who claim something in it: seldom any. */
function changedAddresses(ready: KnownArrival[], plan: Plan, stored: Stored[]): HubEvents['address.changed'][] {
  const changed = new Set([
    ...plan.claims.map(({ ord }) => ord),
    ...plan.arrivals.filter(({ trust }) => trust !== null).map(({ ord }) => ord),
  ]);
  return stored
    .filter(({ ord }) => changed.has(ord))
    .map(({ ord }) => {
      const { event } = (ready[ord - 1] as KnownArrival).arrival;
      const { kind, address } = event.type === 'call' ? event.party : event.from;
      return { kind, address };
    });
}

function question(arrival: Arrival, index: number): Question {
  const { event } = arrival;
  const sender = event.type === 'call' ? event.party : event.from;
  return {
    ord: index + 1,
    channel: arrival.channelId,
    external: event.externalId,
    message_external: messageExternalId(event),
    kind: sender.kind,
    address: sender.address,
    reply_to: event.type === 'message' ? event.replyTo : null,
    ...namedMails(arrival),
  };
}

function readPartsOf(arrivals: Arrival[], mayAnswerOutreach: boolean): ReadPart[] {
  const needs: Record<ReadPart, (arrival: Arrival) => boolean> = {
    lone: () => arrivals.length === 1,
    mail: ({ event }) => event.type === 'message' && event.mail !== null,
    replies: ({ event }) => event.type === 'message' && event.replyTo !== null,
    calls: ({ event }) => event.type === 'call',
    outreach: ({ event }) => mayAnswerOutreach && event.type === 'message',
  };
  return (Object.keys(needs) as ReadPart[]).filter((part) => arrivals.some(needs[part]));
}

function writtenBy(plan: Plan): WritePart[] {
  const needs: Record<WritePart, boolean> = {
    lone: plan.parts.length === 1,
    threads: plan.threads.length > 0,
    growing: plan.growing.length > 0,
    tickets: plan.tickets.length > 0,
    waking: plan.waking.length > 0,
    work: plan.work.length > 0,
    files: plan.files.length > 0,
    seen: plan.arrivals.some(({ seen }) => seen),
    claims: plan.claims.length > 0,
    cursors: plan.cursors.length > 0,
    still: plan.still.length > 0,
    links: plan.links.length > 0,
    bots: plan.bots.length > 0,
    past: plan.past.length > 0,
  };
  return (Object.keys(needs) as WritePart[]).filter((part) => needs[part]);
}
