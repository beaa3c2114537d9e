import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { changeTicket, openWork } from '#tickets';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Log } from '../../platform/operations/log.js';
import { Callbacks } from '../../waiting/callbacks.service.js';
import { meaningOf } from './call-meaning.js';
import { MissedCallNotices } from './missed-call-notices.service.js';
import {
  isAgreed,
  isOnlyCalls,
  keepMissed,
  listDueCalls,
  lockPersonOf,
  noteMissed,
  readCallFacts,
  settledBy,
  takeDueCall,
  type CallFacts,
  type DueCall,
} from './missed-calls.query.js';

/** Calls of one look; the rest is still due. */
const perLook = 100;
const beforeAll: DueCall = { conversationId: '00000000-0000-0000-0000-000000000000', seq: 0 };

/** A call that nobody answered, with all that a call back needs. */
interface Missed extends CallFacts {
  number: string;
  identityId: string;
  ticketId: string;
  queueId: string;
}

/**
 * Who is to be called back, whichever source told of the call: those whom nobody answered, once for each number and queue, until somebody
 * has talked with them. Each call is looked at in a transaction of its own that takes its due row, so it counts once.
 */
@Injectable()
export class MissedCalls {
  constructor(
    private readonly database: Database,
    private readonly callbacks: Callbacks,
    private readonly tickets: TicketTelling,
    private readonly notices: MissedCallNotices,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {}

  /**
   * Looks at what is due behind `after`; what fails is due again at the next look from the beginning.
   * @returns the last that it looked at, where there may be more behind it; null at the end.
   */
  async look(after: DueCall = beforeAll): Promise<DueCall | null> {
    const page = [perLook, after.conversationId, after.seq];
    const due = await this.database.query<DueCall & Record<string, unknown>>(listDueCalls, page);
    for (const call of due) {
      await this.database
        .transaction((tx) => this.follow(tx, call))
        .catch((error: unknown) => {
          if (isAway(error)) {
            throw error;
          }
          this.log.warn('What a call means waits for the next look.', { reason: String(error), ...call });
        });
    }
    return due.length === perLook ? (due.at(-1) ?? null) : null;
  }

  private async follow(tx: Transaction, { conversationId, seq }: DueCall): Promise<void> {
    await tx.query(lockPersonOf, [conversationId]);
    const taken = await tx.query(takeDueCall, [conversationId, seq]);
    const [facts] =
      taken.length === 0
        ? []
        : await tx.query<CallFacts & Record<string, unknown>>(readCallFacts, [conversationId, seq]);
    if (!facts || facts.flags.some((flag) => flag === 'blocked' || flag === 'simulated')) {
      return;
    }
    const meaning = meaningOf(facts);
    if (meaning === 'talked') {
      await this.settle(tx, facts);
    } else if (meaning === 'missed' && isToBeCalled(facts)) {
      await this.note(tx, { conversationId, seq }, facts);
    }
  }

  private async note(tx: Transaction, { conversationId, seq }: DueCall, facts: Missed): Promise<void> {
    const { customerId, queueId, ticketId, channelId, identityId, number, isHeld } = facts;
    const at = facts.call.startedAt ?? new Date().toISOString();
    if ((await tx.query(isAgreed, [customerId, queueId, at])).length > 0) {
      return;
    }
    const workId = facts.workId ?? (await openWork(tx, { id: ticketId, queueId }, { reason: 'callback' }));
    const who = [conversationId, customerId, channelId, identityId, number];
    const [noted] = await tx.query<{ id: string; isNew: boolean }>(noteMissed, [
      uuid(),
      queueId,
      ticketId,
      workId,
      ...who,
      isHeld,
      at,
    ]);
    if (!noted) {
      return;
    }
    await tx.query(keepMissed, [conversationId, seq, noted.id, at]);
    if (facts.workId === null) {
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId });
    }
    if (noted.isNew) {
      await tx.query(
        `insert into event_log (type, conversation_id, subject_id, payload) values ('work.callback', $1, $2, $3)`,
        [conversationId, ticketId, { callbackId: noted.id, state: 'missed', way: 'call' }],
      );
      await this.notices.tell(tx, { ...facts, conversationId });
    }
    this.bus.emitAfterCommit(tx, 'callback.changed', { conversation: conversationId });
  }

  /** Somebody has talked with that number: nobody needs to call it any more. */
  private async settle(tx: Transaction, { customerId, number, identityId, call }: CallFacts): Promise<void> {
    const since = call.startedAt ?? call.answeredAt ?? new Date().toISOString();
    const open = await tx.query<{ id: string; ticketId: string }>(settledBy, [customerId, number, since, identityId]);
    for (const { id, ticketId } of open) {
      await this.callbacks.end(tx, id, { as: 'done', reason: 'talked', by: null, from: ['requested', 'due'] });
      await this.closeTicket(tx, ticketId);
    }
  }

  /** A ticket that only calls opened and nobody has waits for nothing any more. */
  private async closeTicket(tx: Transaction, ticketId: string): Promise<void> {
    const [ticket] = await tx.query<{ version: number }>('select version from ticket where id = $1', [ticketId]);
    if (!ticket || (await tx.query(isOnlyCalls, [ticketId])).length === 0) {
      return;
    }
    const changed = await changeTicket(tx, { ticketId, version: ticket.version, state: 'solved', by: null });
    if (changed.outcome === 'changed') {
      await this.tickets.changed(tx, changed.ticket, { ...changed, by: null });
    }
  }
}

function isToBeCalled(facts: CallFacts): facts is Missed {
  const { number, identityId, ticketId, queueId, ticketState, isStale, isSettled, isNoted } = facts;
  const isPlaced = ticketId !== null && queueId !== null && ticketState !== 'solved' && ticketState !== 'closed';
  return number !== null && identityId !== null && isPlaced && !isStale && !isSettled && !isNoted;
}
