import type { AmiFrame } from './ami-frames.js';
import { answerCall, endCall, endLeg, followCall, type Following } from './follow-call.js';
import { extensionOf, isLocal, said, type ExchangeCalls, type FollowedCall } from './followed-call.js';

/** The word for the end of a call that nobody saw: it was gone when the exchange could be heard again. */
export const unseenEnd = 'unseen';

/**
 * The calls of an exchange after its list of channels (`CoreShowChannels`): those that are not in it any more have ended meanwhile, the
 * others go on, and those that began meanwhile begin. How those ended that are gone is not known.
 */
export function takeStock(calls: ExchangeCalls, channels: AmiFrame[], following: Following): ExchangeCalls {
  const there = new Map(channels.map((channel) => [channel['uniqueid'] ?? '', channel]));
  const linked = new Set(channels.map((channel) => channel['linkedid'] ?? ''));
  const kept = Object.values(calls).map((call) => [call.id, withoutGone(call, { there, linked, at: following.at })]);
  return channels.reduce(
    (known, channel) => meet(known, channel, following),
    Object.fromEntries(kept) as ExchangeCalls,
  );
}

interface Stock {
  there: Map<string, AmiFrame>;
  linked: Set<string>;
  at: number;
}

function withoutGone(call: FollowedCall, { there, linked, at }: Stock): FollowedCall {
  if (call.endedAt !== null) {
    return call;
  }
  const gone = Object.keys(call.channels).filter((id) => !there.has(id));
  const channels = Object.fromEntries(Object.entries(call.channels).filter(([id]) => there.has(id)));
  const rest = { ...gone.reduce((left, id) => endLeg(left, id, at), call), channels };
  const isGone =
    (call.customer !== null && gone.includes(call.customer)) ||
    (Object.keys(channels).length === 0 && !linked.has(call.id));
  return isGone ? endCall({ ...rest, cause: unseenEnd }, at) : rest;
}

function meet(calls: ExchangeCalls, channel: AmiFrame, { shape, at }: Following): ExchangeCalls {
  const startedAt = at - durationMs(said(channel, 'duration'));
  const known = followCall(calls, { ...channel, event: 'Newchannel' }, { shape, at: startedAt });
  const name = channel['channel'] ?? '';
  const isTalking = said(channel, 'bridgeid') !== '' && !isLocal(name) && extensionOf(name, shape) !== '';
  if (!isTalking) {
    return known;
  }
  const talking = followCall(known, { ...channel, event: 'BridgeEnter' }, { shape, at });
  const call = talking[channel['linkedid'] ?? ''];
  return call?.direction === 'out' ? { ...talking, [call.id]: answerCall(call, at) } : talking;
}

function durationMs(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return Number.isFinite(hours + minutes + seconds) ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : 0;
}
