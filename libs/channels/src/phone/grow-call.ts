import type { CallContent, CallOutcome, InboundCall } from '../message.js';
import { joinDetails } from './grow-call-details.js';
import { greatest, highest, least } from './grow-call-order.js';

const stateRank = { ringing: 0, answered: 1, ended: 2 } as const;

/** Later ones say more: a call that was once answered or left a message is no longer a missed one. */
const outcomeRank: Record<CallOutcome, number> = {
  missed: 0,
  abandoned: 1,
  cancelled: 2,
  failed: 3,
  busy: 4,
  answered: 5,
  voicemail: 6,
};

/**
 * A call after one more event of it.
 *
 * Events arrive late, twice and out of order, and several sources may tell of the same call, so each field only ever grows: the
 * furthest state, the earliest start and answer, the latest end, the outcome that says most; legs, recordings and the path are joined
 * by what names them. The same events give the same call in any order and number. A call that ended without a stated outcome was
 * answered if anybody answered it, and missed if not.
 */
export function growCall(current: CallContent | null, event: InboundCall): CallContent {
  const arrived = contentOf(event);
  return withOutcome(current === null ? arrived : join(current, arrived));
}

function contentOf(event: InboundCall): CallContent {
  const details = joinDetails(event.details, undefined);
  return {
    callId: event.callId,
    order: event.order,
    direction: event.direction,
    state: event.state,
    outcome: event.outcome,
    startedAt: event.startedAt?.toISOString() ?? null,
    answeredAt: event.answeredAt?.toISOString() ?? null,
    endedAt: event.endedAt?.toISOString() ?? null,
    durationSeconds: event.durationSeconds,
    recordingUrl: event.recordingUrl,
    ...(details && { details }),
  };
}

function join(a: CallContent, b: CallContent): CallContent {
  const details = joinDetails(a.details, b.details);
  return {
    callId: a.callId,
    order: Math.max(a.order, b.order),
    direction: a.direction < b.direction ? a.direction : b.direction,
    state: highest(a.state, b.state, stateRank) ?? a.state,
    outcome: highest(a.outcome, b.outcome, outcomeRank),
    startedAt: least(a.startedAt, b.startedAt),
    answeredAt: least(a.answeredAt, b.answeredAt),
    endedAt: greatest(a.endedAt, b.endedAt),
    durationSeconds: greatest(a.durationSeconds, b.durationSeconds),
    recordingUrl: least(a.recordingUrl, b.recordingUrl),
    ...(details && { details }),
  };
}

function withOutcome(call: CallContent): CallContent {
  if (call.state !== 'ended') {
    return call;
  }
  const implied: CallOutcome | null = call.answeredAt === null ? null : 'answered';
  return { ...call, outcome: highest(call.outcome, implied, outcomeRank) ?? 'missed' };
}
