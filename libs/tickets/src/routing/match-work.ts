import type { Sql } from '#channels';
import { assign, type AssignmentResult } from '../work/assign.js';
import type { HeldTicket } from '../work/hold.js';
import { decisionOf, offerWork, type MadeOffers } from '../work/make-offers.js';
import { recordWork } from '../work/record-work.js';
import { lockQueue, pickWork, type PickedWork } from './pick-work.js';

/** What became of a match: given, offered, or refused by what changed between the look and the locks. */
export type Matched = AssignmentResult | MadeOffers;

/**
 * Matches one waiting item of a queue to one agent: the second transaction of routing, after the fact that made it possible was
 * committed. The queue's lock makes matchers take turns; whoever comes second picks anew and sees what the first one did.
 * @returns null when nothing can be matched.
 */
export async function matchWork(sql: Sql, queueId: string): Promise<Matched | null> {
  await lockQueue(sql, queueId);
  const found = await pickWork(sql, queueId);
  if (!found) {
    return null;
  }
  const picked = oneByOne(found);
  const asks = picked.strategy === 'broadcast' || picked.acceptSecs !== null;
  const matched = asks ? await offerWork(sql, picked) : await giveWork(sql, picked);
  const ticket = ticketOf(matched);
  if (ticket && picked.keptFor !== null) {
    const payload = { agentId: picked.keptFor, ms: picked.waitedMs };
    await recordWork(sql, ticket, { type: 'work.sticky_waited', payload });
  }
  return matched;
}

/** A line rings one phone: where everybody is asked, a caller is offered to the first of them. */
function oneByOne(picked: PickedWork): PickedWork {
  if (picked.class !== 'voice' || picked.strategy !== 'broadcast') {
    return picked;
  }
  return { ...picked, strategy: 'longest_idle', why: 'longest_idle' };
}

function giveWork(sql: Sql, picked: PickedWork): Promise<AssignmentResult> {
  return assign(sql, {
    ticketId: picked.ticketId,
    agentId: picked.agentIds[0] ?? null,
    expectedOwnerId: null,
    waitingIn: picked.queueId,
    by: null,
    withinCapacity: true,
    endReason: 'transferred',
    decision: { auto: true, ...decisionOf(picked) },
  });
}

function ticketOf(matched: Matched): HeldTicket | null {
  return matched.outcome === 'assigned' || matched.outcome === 'offered' ? matched.ticket : null;
}
