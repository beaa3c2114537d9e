import type { OutreachWhy } from '#contract';
import { orderWays, type UsedWay } from './order-ways.js';
import { firstMoment, type SendingHours } from './sending-hours.js';

/** An address of a person on a channel, with all that stands against writing to it. */
export interface Way extends UsedWay {
  address: string;
  /** They asked for no more on this channel, or of this purpose at this address. */
  isOptedOut: boolean;
  /** It takes messages: not retired, not blocked, not known to be wrong, and one person's alone. */
  isUsable: boolean;
}

/** All that is known of a person when it is decided what becomes of them. */
export interface PersonFacts<W extends Way = Way> {
  isMerged: boolean;
  isBlocked: boolean;
  consent: 'given' | 'withdrawn' | null;
  wished: W['kind'] | null;
  /** IANA. */
  zone: string;
  /** What they got of all outreach within a day and a week. */
  lately: { day: number; week: number };
  ways: W[];
  /** 'channel address' of ways that came to nothing. */
  tried: string[];
}

export interface OutreachRules {
  consent: 'explicit' | 'service';
  channelIds: string[];
  ownChannelFirst: boolean;
  hours: SendingHours;
  limits: { perDay: number; perWeek: number };
}

/** `ways`: those that are left, the one to take first. */
export type PersonDecision<W extends Way = Way> =
  | { outcome: 'send'; ways: W[] }
  | { outcome: 'skip'; why: OutreachWhy }
  | { outcome: 'wait'; why: 'quiet_hours'; until: number };

/** How a way is named among those that were tried. */
export function nameOfWay({ channelId, address }: Pick<Way, 'channelId' | 'address'>): string {
  return `${channelId} ${address}`;
}

/**
 * What becomes of a person now. What they do not want goes before what they could get: whoever wants no more by one way is not written to
 * by another. Hours are asked last, so that nobody waits for a morning that brings nothing.
 */
export function decidePerson<W extends Way>(
  facts: PersonFacts<W>,
  rules: OutreachRules,
  now: number,
): PersonDecision<W> {
  const why = refusalOf(facts, rules);
  if (why !== null) {
    return { outcome: 'skip', why };
  }
  const ways = orderWays(
    facts.ways.filter((way) => way.isUsable && !facts.tried.includes(nameOfWay(way))),
    rules.channelIds,
    { wished: facts.wished, ownFirst: rules.ownChannelFirst },
  );
  if (ways.length === 0) {
    return { outcome: 'skip', why: facts.tried.length > 0 ? 'all_ways_failed' : 'no_way' };
  }
  const until = firstMoment(now, facts.zone, rules.hours);
  if (until === null) {
    return { outcome: 'skip', why: 'quiet_hours' };
  }
  return until > now ? { outcome: 'wait', why: 'quiet_hours', until } : { outcome: 'send', ways };
}

function refusalOf(facts: PersonFacts, { consent, limits, channelIds }: OutreachRules): OutreachWhy | null {
  if (facts.isMerged) {
    return 'merged';
  }
  if (facts.isBlocked) {
    return 'blocked';
  }
  if (facts.consent === 'withdrawn') {
    return 'withdrawn';
  }
  if (facts.ways.some(({ isOptedOut, channelId }) => isOptedOut && channelIds.includes(channelId))) {
    return 'opted_out';
  }
  if (consent === 'explicit' && facts.consent !== 'given') {
    return 'no_consent';
  }
  const isFull = facts.lately.day >= limits.perDay || facts.lately.week >= limits.perWeek;
  // A way that failed was counted when it was tried; going on to the next is the same message.
  return isFull && facts.tried.length === 0 ? 'cap' : null;
}
