import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Statement } from '#channels';
import { HubConfig } from '#config';
import { followEvent, tellAll, type SlaEvent, type TicketState } from '#tickets';
import { failpoint } from '#failpoint';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { hasFacts, type Fact } from '../../events/fact-log.query.js';
import { FactReader } from '../../events/fact-reader.js';
import { Log } from '../../platform/operations/log.js';
import { Metrics } from '../../platform/operations/metrics.js';
import { readFact, slaFacts, type SpokenMessage } from './read-facts.js';
import { SlaBook, type PromisedTicket, type TurnClocks } from './sla-book.service.js';
import { findDueClocks } from './sla-clocks.query.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SharedLook } from '../../platform/operations/shared-look.js';

const reader = 'sla';
const pollMs = 250;
/** How far the reader may stay behind while nothing is promised: what happened so shortly before a policy was published counts for it. */
const skipMs = 5_000;
/** A turn holds the people of all its tickets, so it is kept short. */
const ticketsPerTurn = 25;
const asideMs = 60_000;

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
  ${hasFacts} as "hasFacts",
  exists (select 1 from sla_clock where state = 'running' and wake_at < clock_timestamp()) as "hasDue"`,
};

interface Look {
  isPromised: boolean;
  hasFacts: boolean;
  hasDue: boolean;
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
  private readonly looks = new SharedLook(() => this.sweepAll());
  private readonly facts: FactReader;
  private skipAt = 0;
  /** Tickets of which nothing could be told, and until when the others go before them. */
  private readonly setAside = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly book: SlaBook,
    private readonly config: HubConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.facts = new FactReader(database, log, {
      reader,
      called: 'the clocks of promises',
      follow: (tx, facts) => this.follow(tx, facts),
      turned: () => failpoint('sla.between-turns'),
    });
    metrics.sum(
      'peyk_sla_facts_skipped_total',
      'Facts that the clocks of promises could not follow; in health none.',
      () => this.facts.leftOut,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') {
      return;
    }
    await this.facts.begin();
    this.rounds = startRounds(pollMs, () => this.sweep(), 'promises');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Follows all facts and tells all that is due; calls during a sweep share the next. Never rejects. */
  sweep(): Promise<void> {
    return this.looks.take();
  }

  private async sweepAll(): Promise<void> {
    try {
      const [found] = await this.database.query<Look & Record<string, unknown>>(look, [reader]);
      if (!found || !(found.hasFacts || found.hasDue)) {
        return;
      }
      await (found.isPromised ? this.catchUp(found) : this.skipToNow());
    } catch (error) {
      this.fail(error);
    }
  }

  private async catchUp({ hasDue }: Look): Promise<void> {
    const seenUntil = await this.facts.followAll();
    if (seenUntil !== null && hasDue) {
      await this.tellAllDue(seenUntil);
    }
  }

  private async tellAllDue(by: number): Promise<void> {
    for (let isBehind = true; isBehind;) {
      const due = await this.findDue(by);
      const told = await this.tellDue(due, by).catch((error: unknown) => this.tellEach(due, by, error));
      isBehind = told && due.length === ticketsPerTurn;
    }
  }

  private findDue(by: number): Promise<string[]> {
    const now = performance.now();
    this.setAside.forEach((until, id) => until <= now && this.setAside.delete(id));
    return findDueClocks(this.database, { by, limit: ticketsPerTurn, without: [...this.setAside.keys()] });
  }

  /** One ticket of which nothing can be told must not silence all others: it is set aside, and tried again later. */
  private async tellEach(due: readonly string[], by: number, cause: unknown): Promise<boolean> {
    if (isAway(cause)) {
      throw cause;
    }
    for (const id of due) {
      await this.tellDue([id], by).catch((error: unknown) => {
        this.setAside.set(id, performance.now() + asideMs);
        this.log.error('Nothing can be told of the clocks of a ticket for now.', error, { ticket: id });
      });
    }
    return true;
  }

  private async skipToNow(): Promise<void> {
    const now = performance.now();
    if (now >= this.skipAt) {
      this.skipAt = now + skipMs;
      await this.database.query(skipToNow, [reader]);
    }
  }

  private fail(error: unknown): void {
    if (isAway(error)) {
      this.log.debug('Clocks of promises wait for the database.', { reason: String(error) });
    } else {
      this.log.error('A look at the clocks of promises failed.', error);
    }
  }

  private async follow(tx: Transaction, facts: readonly Fact[]): Promise<void> {
    const concerning = facts.filter(({ type }) => slaFacts.has(type));
    if (concerning.length === 0) {
      return;
    }
    const messageIds = concerning.filter(({ type }) => type.startsWith('message.')).map(({ subject_id: id }) => id);
    const spoken = await tx.query<SpokenMessage & Record<string, unknown>>(spokenMessages, [messageIds]);
    const messages = new Map(spoken.map((message) => [message.id, message]));
    const read = concerning.flatMap((fact) => readFact(fact, messages));
    const events = Map.groupBy(read, ({ ticketId }) => ticketId);
    const turn = followAll(new Map([...events].map(([id, list]) => [id, list.flatMap((one) => one.events)])));
    await this.book.turn(tx, [...events.keys()], turn);
    failpoint('sla.before-commit');
  }

  /** Tells what came due until an instant by which every fact was followed; false: that is the business of another node, which has the cursor. */
  private async tellDue(due: readonly string[], by: number): Promise<boolean> {
    if (due.length === 0) {
      return true;
    }
    return this.database.transaction(async (tx) => {
      const held = await this.facts.hold(tx);
      if (held) {
        await this.book.turn(tx, due, (ticket, rules) => tellAll(ticket.clocks, by, rules));
      }
      return held !== undefined;
    });
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
