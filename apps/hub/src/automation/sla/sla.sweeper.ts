import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Statement } from '#channels';
import { HubConfig } from '#config';
import { followEvent, tellAll, type SlaEvent, type TicketState } from '#tickets';
import { failpoint } from '#failpoint';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { nextFacts, type Fact, type FactCursor } from '../../events/fact-log.query.js';
import { Log } from '../../platform/operations/log.js';
import { Metrics } from '../../platform/operations/metrics.js';
import { readFact, slaFacts, type SpokenMessage } from './read-facts.js';
import { SlaBook, type PromisedTicket, type TurnClocks } from './sla-book.service.js';
import { findDueClocks } from './sla-clocks.query.js';

const reader = 'sla';
const pollMs = 250;
/** A turn holds the people of all its tickets, so it is kept short. */
const ticketsPerTurn = 25;
const factsPerTurn = 200;

/** Takes the cursor for the length of a transaction; no row: another node has it. */
const holdCursor = `
select xid::text, position::text from fact_cursor where reader = $1 for no key update skip locked`;

/** A reader begins with what happens from now on: promises are not made after the fact. */
const beginCursor = `
insert into fact_cursor (reader, xid, position) values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0) on conflict do nothing`;

const moveCursor = 'update fact_cursor set xid = $2::text::xid8, position = $3 where reader = $1';

/**
 * Up to when everything that happened was seen: now, unless a transaction that began before something else still runs. In milliseconds
 * of the Unix epoch.
 */
const horizon = `
select least(extract(epoch from clock_timestamp()), (
  select extract(epoch from min(e.at)) from event_log e where e.xid >= pg_snapshot_xmin(pg_current_snapshot())))::float8 * 1000 as ms`;

/** Asked at every look, so that an idle hub costs one statement and no transaction. */
const mayHaveWork: Statement = {
  name: 'sla-may-have-work',
  text: `
select exists (
    select 1 from event_log e
    where (e.xid, e.position) > ((select c.xid from fact_cursor c where c.reader = $1), (select c.position from fact_cursor c where c.reader = $1)))
  or exists (select 1 from sla_clock where state = 'running' and wake_at < clock_timestamp()) as any`,
};

const spokenMessages = `
select id, ticket_id as "ticketId", floor(extract(epoch from at) * 1000)::float8 as at, author,
       coalesce(content -> 'flags' ?| '{out_of_office,newsletter,bounce,complaint,blocked}'
         or (content -> 'flags' ?| '{automatic,forged}' and ticket_reason is distinct from 'new_ticket'), false) as "isQuiet"
from message where id = any ($1::uuid[]) and kind <> 'note'`;

const promisedTickets = `
select exists (select 1 from sla_policy p join sla_policy_version v on v.policy_id = p.id where p.enabled and v.status = 'published')
    or exists (select 1 from sla_clock where ticket_id = any ($1::uuid[]) and state in ('running', 'paused')) as any`;

/**
 * Keeps the clocks of promises: follows the facts, and tells what has come due. One node does it at a time, whoever holds the cursor,
 * and only when it has read every fact does it tell anything, so an answer that was given in time is never told as late. Both stand in
 * rows on the database's clock: what a crash or an outage left is told by the next turn, once.
 */
@Injectable()
export class SlaSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private turning: Promise<void> | null = null;
  private limit = factsPerTurn;
  private skipped = 0;

  constructor(
    private readonly database: Database,
    private readonly book: SlaBook,
    private readonly config: HubConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.sum(
      'peyk_sla_facts_skipped_total',
      'Facts that the clocks of promises could not follow; in health none.',
      () => this.skipped,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') {
      return;
    }
    await this.database.query(beginCursor, [reader]);
    this.timer = setInterval(() => void this.sweep(), pollMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer ?? undefined);
    await this.turning;
  }

  /** Follows all facts and tells all that is due. Calls during a sweep share it. Never rejects. */
  sweep(): Promise<void> {
    this.turning ??= this.sweepAll().finally(() => (this.turning = null));
    return this.turning;
  }

  private async sweepAll(): Promise<void> {
    try {
      const [found] = await this.database.query<{ any: boolean }>(mayHaveWork, [reader]);
      if (found?.any !== true) {
        return;
      }
      while (await this.database.transaction((tx) => this.turn(tx))) {
        failpoint('sla.between-turns');
        this.limit = Math.min(factsPerTurn, this.limit * 2);
      }
    } catch (error) {
      await this.fail(error);
    }
  }

  /** Whatever cannot be followed must not stop all other clocks: it is found by ever smaller turns and left out. */
  private async fail(error: unknown): Promise<void> {
    if (isAway(error)) {
      this.log.debug('Clocks of promises wait for the database.', { reason: String(error) });
      return;
    }
    if (this.limit > 1) {
      this.limit = Math.ceil(this.limit / 4);
      this.log.warn('A turn of the clocks of promises failed and is made smaller.', { reason: String(error) });
      return;
    }
    this.skipped += 1;
    this.log.error('A fact is left out: the clocks of promises cannot follow it.', error);
    await this.database
      .transaction((tx) => this.turn(tx, true))
      .catch((again: unknown) => this.log.error('It could not be left out either.', again));
  }

  /** One turn; whether another may follow. `isSkipping` moves over the facts without a look at them. */
  private async turn(tx: Transaction, isSkipping = false): Promise<boolean> {
    const [cursor] = await tx.query<FactCursor & Record<string, unknown>>(holdCursor, [reader]);
    if (!cursor) {
      return false;
    }
    const [{ ms }] = (await tx.query<{ ms: number }>(horizon)) as [{ ms: number }];
    const facts = await tx.query<Fact & Record<string, unknown>>(nextFacts, [cursor.xid, cursor.position, this.limit]);
    const last = facts.at(-1);
    if (!last) {
      return this.tellDue(tx, ms);
    }
    if (!isSkipping) {
      await this.follow(tx, facts);
    }
    await tx.query(moveCursor, [reader, last.xid, last.position]);
    failpoint('sla.before-commit');
    return true;
  }

  private async follow(tx: Transaction, facts: readonly Fact[]): Promise<void> {
    const concerning = facts.filter(({ type }) => slaFacts.has(type));
    if (concerning.length === 0) {
      return;
    }
    const messageIds = concerning.filter(({ type }) => type.startsWith('message.')).map(({ subject_id: id }) => id);
    const spoken = await tx.query<SpokenMessage & Record<string, unknown>>(spokenMessages, [messageIds]);
    const messages = new Map(spoken.map((message) => [message.id, message]));
    const read = concerning.map((fact) => readFact(fact, messages)).filter((one) => one !== null);
    const events = Map.groupBy(read, ({ ticketId }) => ticketId);
    const ticketIds = [...events.keys()];
    const [promised] = await tx.query<{ any: boolean }>(promisedTickets, [ticketIds]);
    if (promised?.any) {
      await this.book.turn(
        tx,
        ticketIds,
        followAll(new Map([...events].map(([id, list]) => [id, list.flatMap((one) => one.events)]))),
      );
    }
  }

  private async tellDue(tx: Transaction, by: number): Promise<boolean> {
    const due = await findDueClocks(tx, by, ticketsPerTurn);
    if (due.length > 0) {
      await this.book.turn(tx, due, (ticket, rules) => tellAll(ticket.clocks, by, rules));
    }
    return due.length === ticketsPerTurn;
  }
}

function followAll(events: ReadonlyMap<string, SlaEvent[]>): TurnClocks {
  return (ticket, rules) => {
    const mine = events.get(ticket.id) ?? [];
    let state = stateBefore(ticket, mine);
    let turned: ReturnType<TurnClocks> = { clocks: ticket.clocks, told: [] };
    for (const event of mine) {
      const result = followEvent({ state, clocks: turned.clocks }, event, rules);
      turned = { clocks: result.clocks, told: [...turned.told, ...result.told] };
      state = event.kind === 'moved' ? event.to : state;
    }
    return turned;
  };
}

/** The ticket's row may be ahead of the facts that are read; the first of them that moved it says where it was. */
function stateBefore({ state }: PromisedTicket, events: readonly SlaEvent[]): TicketState {
  const first = events.find((event) => event.kind === 'moved');
  return first?.from ?? state;
}
