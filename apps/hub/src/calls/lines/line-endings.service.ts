import { Injectable } from '@nestjs/common';
import type { CallOutcome, LineHappening } from '#channels';
import type { LockedTalk } from '../../bots/sessions/lock-talk.js';
import type { Transaction } from '../../database/database.js';
import { LineGrowth } from './line-growth.service.js';
import { LineMessages } from './line-messages.service.js';
import { LinePeople } from './line-people.service.js';
import { endCall, readAbout, readSession, type SessionOfCall } from './line-reads.query.js';
import type { CallPhase, PhoneCallRow } from './phone-call.query.js';

/** What lines tell without asking: that two talk, a message that came late, and the end. */
@Injectable()
export class LineEndings {
  constructor(
    private readonly people: LinePeople,
    private readonly messages: LineMessages,
    private readonly growth: LineGrowth,
  ) {}

  /** The person is locked. */
  async notice(tx: Transaction, talk: LockedTalk, call: PhoneCallRow, happening: LineHappening): Promise<void> {
    if (happening.kind === 'dialled') {
      await this.people.dialled(tx, call, happening);
    } else if (happening.kind === 'recorded') {
      await this.messages.take(tx, talk, call, happening);
    } else {
      await this.end(tx, talk, call);
    }
  }

  /** The line is closed. Told again it is nothing new. */
  private async end(tx: Transaction, talk: LockedTalk, call: PhoneCallRow): Promise<void> {
    if (call.endedAt !== null) {
      return;
    }
    const session = await readSession(tx, call);
    const { isBlocked, ticketId } = await readAbout(tx, call);
    const left = leftBy(call, session, ticketId);
    if (left !== null) {
      await this.people.left(tx, left);
    }
    const endedAt = new Date(talk.now);
    await tx.query(endCall, [call.id, endedAt]);
    const path = await this.growth.pathOf(tx, call, session);
    const outcome = outcomeOf(call, session, isBlocked);
    await this.growth.grow(tx, call, { key: 'ended', state: 'ended', outcome, endedAt, details: path ? { path } : {} });
  }
}

const withPeople: ReadonlySet<CallPhase> = new Set(['waiting', 'ringing', 'talking', 'handing']);

/**
 * The call where people had the caller, or were to: whoever hangs up between what hands them over and the line's next request waits for
 * nobody any more either. Null: nobody of ours was to have them. `ticketId`: that of its message.
 */
function leftBy(call: PhoneCallRow, session: SessionOfCall | null, ticketId: string | null): PhoneCallRow | null {
  if (withPeople.has(call.phase)) {
    return call;
  }
  const known = call.ticketId ?? session?.ticketId ?? ticketId;
  const isAwaited = call.phase === 'script' && call.direction === 'in' && isPeoples(session);
  return isAwaited && known !== null ? { ...call, phase: 'waiting', ticketId: known } : null;
}

/** No script has the caller, or not any more. */
function isPeoples(session: SessionOfCall | null): boolean {
  return session === null || session.status === 'handed_off' || session.status === 'failed';
}

/** What a call was that nobody of ours answered: served by its script to the end, or left on the way. Null: somebody answered. */
function outcomeOf(
  { answeredAt, phase }: PhoneCallRow,
  session: SessionOfCall | null,
  isBlocked: boolean,
): CallOutcome | null {
  if (answeredAt !== null) {
    return null;
  }
  if (isBlocked) {
    return 'cancelled';
  }
  const isServed = phase === 'over' && session?.status === 'ended' && session.state.outcome !== 'abandoned';
  return isServed ? 'answered' : 'abandoned';
}
