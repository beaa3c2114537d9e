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
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';

const reader = 'sla';
const pollMs = 250;
/** How far the reader may stay behind while nothing is promised: what happened so shortly before a policy was published counts for it. */
const skipMs = 5_000;
/** A turn holds the people of all its tickets, so it is kept short. */
const ticketsPerTurn = 25;
const factsPerTurn = 200;

/** A reader begins with what happens from now on: promises are not made after the fact. */
const beginCursor = `
insert into fact_cursor (reader, xid, position) values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0) on conflict do nothing`;

/**
 * Takes the cursor for the length of a transaction; no row: another node has it. `seenUntil`: up to when everything that happened can be seen
 * by a statement that follows: now, unless a transaction that began before something else still runs. In milliseconds of the Unix epoch.
 */
const holdCursor: Statement = {
  name: 'sla-hold-cursor',
  text: `
select xid::text, position::text,
       least(extract(epoch from clock_timestamp()), (
         select extract(epoch from min(e.at)) from event_log e where e.xid >= pg_snapshot_xmin(pg_current_snapshot())))::float8 * 1000 as "seenUntil"
from fact_cursor where reader = $1 for no key update skip locked`,
};

const moveCursor = 'update fact_cursor set xid = $2::text::xid8, position = $3 where reader = $1';

/** Where nothing is promised, what happens concerns no clock. Nobody else reads at that place, so the row is free or being moved. */
const skipToNow = `
update fact_cursor set xid = pg_snapshot_xmin(pg_current_snapshot()), position = 0
where reader = (select c.reader from fact_cursor c where c.reader = $1 for no key update skip locked)
  and xid < pg_snapshot_xmin(pg_current_snapshot())`;

/** Asked at every look, so that an idle hub costs one statement and no transaction, and so does a busy one that promises nothing. */
const look: Statement = {
  name: 'sla-look',
  text: `
select exists (select 1 from sla_policy p join sla_policy_version v on v.policy_id = p.id where p.enabled and v.status = 'published')
    or exists (select 1 from sla_clock where state in ('running', 'paused')) as "isPromised",
  exists (
    select 1 from event_log e
    where (e.xid, e.position) > ((select c.xid from fact_cursor c where c.reader = $1), (select c.position from fact_cursor c where c.reader = $1)))
    as "hasFacts",
  exists (select 1 from sla_clock where state = 'running' and wake_at < clock_timestamp()) as "hasDue"`,
};

interface Look {
  isPromised: boolean;
  hasFacts: boolean;
  hasDue: boolean;
}

interface Turned {
  /** More facts may stand behind those that this turn followed. */
  isBehind: boolean;
  /** Everything that happened until then was followed, unless it is behind. In milliseconds of the Unix epoch. */
  seenUntil: number;
}

const spokenMessages = `
select id, ticket_id as "ticketId", floor(extract(epoch from at) * 1000)::float8 as at, author,
       coalesce(content -> 'flags' ?| '{out_of_office,newsletter,bounce,complaint,blocked}'
         or (content -> 'flags' ?| '{automatic,forged}' and ticket_reason is distinct from 'new_ticket'), false) as "isQuiet"
from message where id = any ($1::uuid[]) and kind <> 'note'`;

/**
 * Keeps the clocks of promises: follows the facts, and tells what has come due. One node does it at a time, whoever holds the cursor,
 * and only when it has read every fact does it tell anything, so an answer that was given in time is never told as late. Both stand in
 * rows on the database's clock: what a crash or an outage left is told by the next turn, once.
 */
@Injectable()
export class SlaSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | null = null;
  private turning: Promise<void> | null = null;
  private limit = factsPerTurn;
  private skipped = 0;
  private skipAt = 0;

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
    this.rounds = startRounds(pollMs, () => void this.sweep());
  }

  async onApplicationShutdown(): Promise<void> {
    this.rounds?.stop();
    await this.turning;
  }

  /** Follows all facts and tells all that is due. Calls during a sweep share it. Never rejects. */
  sweep(): Promise<void> {
    this.turning ??= this.sweepAll().finally(() => (this.turning = null));
    return this.turning;
  }

  private async sweepAll(): Promise<void> {
    try {
      const [found] = await this.database.query<Look & Record<string, unknown>>(look, [reader]);
      if (!found || !(found.hasFacts || found.hasDue)) {
        return;
      }
      await (found.isPromised ? this.catchUp(found) : this.skipToNow());
    } catch (error) {
      await this.fail(error);
    }
  }

  private async catchUp({ hasDue }: Look): Promise<void> {
    for (;;) {
      const turned = await this.database.transaction((tx) => this.turn(tx));
      failpoint('sla.between-turns');
      this.limit = Math.min(factsPerTurn, this.limit * 2);
      if (turned?.isBehind) {
        continue;
      }
      if (turned && hasDue) {
        await this.tellAllDue(turned.seenUntil);
      }
      return;
    }
  }

  private async tellAllDue(by: number): Promise<void> {
    let told: number;
    do {
      told = await this.database.transaction((tx) => this.tellDue(tx, by));
    } while (told === ticketsPerTurn);
  }

  private async skipToNow(): Promise<void> {
    const now = performance.now();
    if (now >= this.skipAt) {
      this.skipAt = now + skipMs;
      await this.database.query(skipToNow, [reader]);
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

  /** Follows what comes next; null when another node has the cursor. `isSkipping` moves over the facts without a look at them. */
  private async turn(tx: Transaction, isSkipping = false): Promise<Turned | null> {
    const cursor = await hold(tx);
    if (!cursor) {
      return null;
    }
    const limit = this.limit;
    const facts = await tx.query<Fact & Record<string, unknown>>(nextFacts, [cursor.xid, cursor.position, limit]);
    const last = facts.at(-1);
    if (last) {
      await (isSkipping ? null : this.follow(tx, facts));
      await tx.query(moveCursor, [reader, last.xid, last.position]);
      failpoint('sla.before-commit');
    }
    return { isBehind: facts.length === limit, seenUntil: cursor.seenUntil };
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
    const turn = followAll(new Map([...events].map(([id, list]) => [id, list.flatMap((one) => one.events)])));
    await this.book.turn(tx, [...events.keys()], turn);
  }

  /** Tells what came due until an instant by which every fact was followed. How many tickets it was about. */
  private async tellDue(tx: Transaction, by: number): Promise<number> {
    const due = (await hold(tx)) ? await findDueClocks(tx, by, ticketsPerTurn) : [];
    if (due.length > 0) {
      await this.book.turn(tx, due, (ticket, rules) => tellAll(ticket.clocks, by, rules));
    }
    return due.length;
  }
}

type HeldCursor = FactCursor & { seenUntil: number };

async function hold(tx: Transaction): Promise<HeldCursor | undefined> {
  const [cursor] = await tx.query<HeldCursor & Record<string, unknown>>(holdCursor, [reader]);
  return cursor;
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
