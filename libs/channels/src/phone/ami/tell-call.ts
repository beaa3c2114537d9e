import type { CallLeg, InboundCall } from '../../message.js';
import { callParty } from '../call-party.js';
import { ownChannelPrefix, type FollowedCall, type FollowedLeg } from './followed-call.js';

/** A call as Peyk's timeline takes it; null while there is nothing to tell: calls between extensions, and those to nobody yet. */
export function tellCall(
  call: FollowedCall,
  defaultCountry: string,
): Omit<InboundCall, 'externalId' | 'raw' | 'order'> | null {
  const { direction } = call;
  const isOwn = call.id.startsWith(ownChannelPrefix);
  const isReady = call.number !== '' || direction === 'in' || (isOwn && call.endedAt !== null);
  // A caller whom Peyk answers is told of by their line; here only that they are gone, should nobody else have seen it.
  const isElsewhere = call.isOurs && call.endedAt === null;
  if ((direction !== 'in' && direction !== 'out') || !isReady || isElsewhere) {
    return null;
  }
  return {
    type: 'call',
    callId: call.id,
    party: callParty(call.number, call.id, { defaultCountry, name: call.name }),
    direction,
    ...progressOf(call),
    recordingUrl: null,
    note: '',
    details: detailsOf(call),
  };
}

type Progress = Pick<InboundCall, 'state' | 'outcome' | 'startedAt' | 'answeredAt' | 'endedAt' | 'durationSeconds'>;

function progressOf(call: FollowedCall): Progress {
  const { startedAt, answeredAt, endedAt } = call;
  const open: Progress = {
    state: answeredAt === null ? 'ringing' : 'answered',
    outcome: null,
    startedAt: new Date(startedAt),
    answeredAt: instant(answeredAt),
    endedAt: null,
    durationSeconds: null,
  };
  if (endedAt === null) {
    return open;
  }
  const over: Progress = { ...open, state: 'ended', endedAt: new Date(endedAt) };
  return call.isOurs
    ? { ...over, answeredAt: null }
    : { ...over, outcome: outcomeOf(call), durationSeconds: answeredAt === null ? null : seconds(answeredAt, endedAt) };
}

function instant(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

function outcomeOf(call: FollowedCall): InboundCall['outcome'] {
  if (call.answeredAt !== null) {
    return 'answered';
  }
  if (call.direction === 'in') {
    return call.outcome ?? (call.queue === '' ? 'missed' : 'abandoned');
  }
  return call.outcome ?? 'cancelled';
}

function detailsOf(call: FollowedCall): NonNullable<InboundCall['details']> {
  const until = call.answeredAt ?? call.endedAt;
  const shown = {
    ...(call.line === '' ? {} : { line: call.line }),
    ...(call.cause === '' ? {} : { cause: call.cause }),
  };
  return call.isOurs
    ? { source: 'ami', ...shown }
    : {
        source: 'ami',
        ...shown,
        ...(call.queue === '' ? {} : { queue: call.queue }),
        ...(until === null ? {} : { waitSeconds: seconds(call.startedAt, until) }),
        ...(call.legs.length === 0 ? {} : { legs: call.legs.map(legOf) }),
      };
}

function legOf({ id, to, startedAt, answeredAt, endedAt, outcome }: FollowedLeg): CallLeg {
  return {
    // The phone of whoever asked for the call is told of by the hub too, under this name.
    id: id.startsWith(ownChannelPrefix) ? `dial ${id}` : id,
    to,
    agentId: null,
    startedAt: new Date(startedAt).toISOString(),
    answeredAt: instant(answeredAt)?.toISOString() ?? null,
    endedAt: instant(endedAt)?.toISOString() ?? null,
    outcome,
  };
}

function seconds(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 1000));
}
