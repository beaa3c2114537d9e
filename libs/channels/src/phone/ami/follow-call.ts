import type { AmiFrame } from './ami-frames.js';
import { directionOf, numbersIn, outsideNumber } from './classify-channel.js';
import {
  extensionOf,
  isLocal,
  newCall,
  peerOf,
  said,
  type ExchangeCalls,
  type ExchangeShape,
  type FollowedCall,
  type FollowedLeg,
} from './followed-call.js';

/** Where an event stands: the settings of its exchange, and when it came, in milliseconds of the Unix epoch. */
export interface Following {
  shape: ExchangeShape;
  at: number;
}

type Step = (call: FollowedCall, event: AmiFrame, following: Following) => FollowedCall;

/** How long a call that ended is remembered: its record (Cdr) comes a little later. */
const rememberedMs = 60_000;

/** What each event says about the call that it belongs to. Everything else an exchange tells is left alone. */
const steps: Record<string, Step> = {
  newchannel: takeChannel,
  newcallerid: takeCallerId,
  dialbegin: beginLeg,
  dialend: endDial,
  bridgeenter: enterBridge,
  queuecallerjoin: (call, event) => ({ ...call, queue: said(event, 'queue') }),
  queuecallerabandon: (call) => ({ ...call, outcome: 'abandoned' }),
  agentconnect: (call, event, { at }) =>
    isLocal(event['destchannel'] ?? '') ? call : answerLeg(call, event['destuniqueid'] ?? '', at),
  agentringnoanswer: (call, event, { at }) => refuseLeg(call, event['destuniqueid'] ?? '', 'no_answer', at),
  hangup: hangUp,
  cdr: takeRecord,
  userevent: (call, event) => (event['userevent'] === 'PeykLine' ? { ...call, isOurs: true } : call),
};

/** Whether an event, by its name, is one that calls are followed by. */
export function isFollowed(name: string): boolean {
  return Object.hasOwn(steps, name.toLowerCase()) || name.toLowerCase() === 'attendedtransfer';
}

/**
 * The calls of an exchange after one more event of its manager interface. Pure; the events may be repeated, and those of calls that
 * began before anybody listened begin them.
 */
export function followCall(calls: ExchangeCalls, event: AmiFrame, following: Following): ExchangeCalls {
  const name = (event['event'] ?? '').toLowerCase();
  if (name === 'attendedtransfer') {
    return joinCalls(calls, event, following);
  }
  const step = steps[name];
  const { id, moved } = homeOf(calls, event, following.at);
  const known = Object.hasOwn(moved, id) ? moved[id] : undefined;
  if (!step || id === '' || (known === undefined && name !== 'newchannel' && name !== 'dialbegin')) {
    return calls;
  }
  return { ...moved, [id]: step(known ?? newCall(id, following.at), event, following) };
}

/** Without the calls that ended a while ago. */
export function forgetEnded(calls: ExchangeCalls, at: number): ExchangeCalls {
  const kept = Object.entries(calls).filter(([, { endedAt }]) => endedAt === null || at - endedAt < rememberedMs);
  return kept.length === Object.keys(calls).length ? calls : Object.fromEntries(kept);
}

/**
 * Which call an event belongs to. A channel that was joined to another call takes that call's Linkedid: then it moves there, and a call
 * between extensions that has nobody left is forgotten.
 */
function homeOf(calls: ExchangeCalls, event: AmiFrame, at: number): { id: string; moved: ExchangeCalls } {
  const [uniqueId, linkedId] = namesIn(event);
  const holder = Object.values(calls).find(({ channels }) => Object.hasOwn(channels, uniqueId));
  if (!holder) {
    return { id: linkedId || uniqueId, moved: calls };
  }
  if (holder.id === linkedId || !Object.hasOwn(calls, linkedId)) {
    return { id: holder.id, moved: calls };
  }
  return { id: linkedId, moved: moveChannels(calls, { from: holder.id, to: linkedId, ids: [uniqueId], at }) };
}

/** The channel that an event is about and its call. A dial that nobody's channel began has only that of the phone it rings. */
function namesIn(event: AmiFrame): [uniqueId: string, linkedId: string] {
  return [event['uniqueid'] ?? event['destuniqueid'] ?? '', event['linkedid'] ?? event['destlinkedid'] ?? ''];
}

interface Move {
  from: string;
  to: string;
  ids: string[];
  at: number;
}

function moveChannels(calls: ExchangeCalls, { from, to, ids, at }: Move): ExchangeCalls {
  const [source, target] = [calls[from], calls[to]];
  if (!source || !target) {
    return calls;
  }
  const moving = Object.entries(source.channels).filter(([id]) => ids.includes(id));
  const staying = Object.entries(source.channels).filter(([id]) => !ids.includes(id));
  const joined = { ...target, channels: { ...target.channels, ...Object.fromEntries(moving) } };
  const { [from]: _left, ...others } = calls;
  const rest = { ...source, channels: Object.fromEntries(staying) };
  const isOver = staying.length === 0;
  const isNobodys = source.direction !== 'in' && source.direction !== 'out';
  return {
    ...others,
    ...(isOver && isNobodys ? {} : { [from]: isOver ? endCall(rest, at) : rest }),
    [to]: joined,
  };
}

/** An agent asked a colleague in a call of its own and joined the customer to them: from now on that is one call. */
function joinCalls(calls: ExchangeCalls, event: AmiFrame, { at }: Following): ExchangeCalls {
  const [from, to] = [event['secondtransfererlinkedid'] ?? '', event['origtransfererlinkedid'] ?? ''];
  const [asked, call] = [calls[from], calls[to]];
  if (event['result'] !== 'Success' || from === to || !asked || !call) {
    return calls;
  }
  const transferer = event['secondtransfereruniqueid'] ?? '';
  const legs = asked.legs
    .filter(({ id, answeredAt }) => id !== transferer && answeredAt !== null)
    .map((leg) => ({ ...leg, answeredAt: at }));
  const joined = moveChannels(calls, { from, to, ids: Object.keys(asked.channels), at });
  const target = joined[to] ?? call;
  const known = new Set(target.legs.map(({ id }) => id));
  return { ...joined, [to]: { ...target, legs: [...target.legs, ...legs.filter(({ id }) => !known.has(id))] } };
}

function takeChannel(call: FollowedCall, event: AmiFrame, { shape, at }: Following): FollowedCall {
  const [name, id] = [event['channel'] ?? '', event['uniqueid'] ?? ''];
  const extension = extensionOf(name, shape);
  const joined = { ...call, channels: { ...call.channels, [id]: { name, extension } } };
  if (call.direction !== null || isLocal(name)) {
    return joined;
  }
  const directed = { ...joined, ...directionOf(event, shape) };
  // Whoever of ours calls out stands on the call as those do whom a call rings.
  return directed.direction === 'out'
    ? withLeg(directed, id, (leg) => leg ?? ringing(id, extension || peerOf(name), at))
    : directed;
}

/** Analogue lines tell the caller's number between the first and the second ring. */
function takeCallerId(call: FollowedCall, event: AmiFrame): FollowedCall {
  const isCaller = call.direction === 'in' && call.customer === event['uniqueid'];
  return isCaller
    ? { ...call, number: call.number || said(event, 'calleridnum'), name: call.name || said(event, 'calleridname') }
    : call;
}

function beginLeg(call: FollowedCall, event: AmiFrame, { shape, at }: Following): FollowedCall {
  const [channel, id] = [event['destchannel'] ?? '', event['destuniqueid'] ?? ''];
  if (isLocal(channel) || id === '') {
    return call;
  }
  const extension = extensionOf(channel, shape);
  const joined = { ...call, channels: { ...call.channels, [id]: { name: channel, extension } } };
  const numbers = numbersIn(event['dialstring'] ?? '');
  // The first channel of an outgoing call is ours, also where Peyk had it rung.
  if (call.direction === 'out' && extension === '' && id !== call.id) {
    const candidates = [call.number, said(event, 'destcalleridnum'), ...numbers, said(event, 'exten')];
    return { ...joined, number: outsideNumber(candidates, shape), customer: id };
  }
  return withLeg(joined, id, (leg) => leg ?? ringing(id, extension || (numbers.at(-1) ?? peerOf(channel)), at));
}

function ringing(id: string, to: string, at: number): FollowedLeg {
  return { id, to, startedAt: at, answeredAt: null, endedAt: null, outcome: 'ringing' };
}

function withLeg(
  call: FollowedCall,
  id: string,
  change: (leg: FollowedLeg | undefined) => FollowedLeg | undefined,
): FollowedCall {
  const place = call.legs.findIndex((leg) => leg.id === id);
  const changed = change(call.legs[place]);
  if (changed === undefined) {
    return call;
  }
  return { ...call, legs: place < 0 ? [...call.legs, changed] : call.legs.with(place, changed) };
}

const dialResults: Record<string, Exclude<FollowedLeg['outcome'], 'answered' | 'ringing'>> = {
  BUSY: 'busy',
  NOANSWER: 'no_answer',
  CANCEL: 'cancelled',
  ABORT: 'cancelled',
  CONGESTION: 'failed',
  CHANUNAVAIL: 'failed',
};

const outcomesOut = { busy: 'busy', no_answer: 'missed', cancelled: 'cancelled', failed: 'failed' } as const;

function endDial(call: FollowedCall, event: AmiFrame, { at }: Following): FollowedCall {
  const id = event['destuniqueid'] ?? '';
  const status = event['dialstatus'] ?? '';
  const result = dialResults[status];
  if (call.direction === 'out' && id === call.customer) {
    return status === 'ANSWER'
      ? answerCall(call, at)
      : { ...call, outcome: result ? outcomesOut[result] : call.outcome };
  }
  if (status === 'ANSWER') {
    return answerLeg(call, id, at);
  }
  return result ? refuseLeg(call, id, result, at) : call;
}

/** The customer answered: whoever of ours is on the line talks from now on. */
export function answerCall(call: FollowedCall, at: number): FollowedCall {
  const talking = (leg: FollowedLeg): FollowedLeg =>
    leg.endedAt === null ? { ...leg, answeredAt: leg.answeredAt ?? at, outcome: 'answered' } : leg;
  return { ...call, answeredAt: call.answeredAt ?? at, outcome: null, legs: call.legs.map(talking) };
}

function answerLeg(call: FollowedCall, id: string, at: number): FollowedCall {
  // On an outgoing call the agent's own phone is the first to be picked up, which answers nothing yet.
  if (call.direction === 'out') {
    return call;
  }
  const answered = withLeg(
    call,
    id,
    (leg) => leg && { ...leg, answeredAt: leg.answeredAt ?? at, outcome: 'answered', endedAt: null },
  );
  return answered === call ? call : { ...answered, answeredAt: call.answeredAt ?? at, outcome: null };
}

function refuseLeg(call: FollowedCall, id: string, outcome: FollowedLeg['outcome'], at: number): FollowedCall {
  return withLeg(call, id, (leg) =>
    leg && leg.answeredAt === null ? { ...leg, outcome, endedAt: leg.endedAt ?? at } : undefined,
  );
}

/** Whoever of ours talks with the caller: also one whom no dial of this call rang, as after a transfer or a pick-up. */
function enterBridge(call: FollowedCall, event: AmiFrame, following: Following): FollowedCall {
  const id = event['uniqueid'] ?? '';
  const extension = extensionOf(event['channel'] ?? '', following.shape);
  if (extension === '' || call.direction !== 'in') {
    return call;
  }
  const rung = withLeg(call, id, (leg) => leg ?? ringing(id, extension, following.at));
  return answerLeg(rung, id, following.at);
}

function hangUp(call: FollowedCall, event: AmiFrame, { at }: Following): FollowedCall {
  const id = event['uniqueid'] ?? '';
  const { [id]: gone, ...channels } = call.channels;
  const left = { ...endLeg(call, id, at), channels };
  const isCustomer = id === call.customer;
  const cause = isCustomer || call.cause === '' ? (event['cause'] ?? '') : call.cause;
  const isOver = isCustomer || !Object.values(channels).some(({ name }) => !isLocal(name));
  return isOver && gone !== undefined ? endCall({ ...left, cause }, at) : left;
}

/** Nobody is on the line any more: legs that still stand end with it. */
export function endCall(call: FollowedCall, at: number): FollowedCall {
  const closed = call.legs.reduce((rest, { id }) => endLeg(rest, id, at), call);
  return { ...closed, endedAt: call.endedAt ?? at };
}

/** A leg's channel is gone. What its dial ended with is told after that, and counts for more than `cancelled`. */
export function endLeg(call: FollowedCall, id: string, at: number): FollowedCall {
  return withLeg(
    call,
    id,
    (leg) =>
      leg && {
        ...leg,
        endedAt: leg.endedAt ?? at,
        outcome: leg.outcome === 'ringing' ? 'cancelled' : leg.outcome,
      },
  );
}

/** The record of a call says that the exchange's own voice mail took it. */
function takeRecord(call: FollowedCall, event: AmiFrame): FollowedCall {
  const isMessage = /^voicemail/iu.test(event['lastapplication'] ?? '') && event['disposition'] === 'ANSWERED';
  return isMessage && call.direction === 'in' && call.answeredAt === null ? { ...call, outcome: 'voicemail' } : call;
}
