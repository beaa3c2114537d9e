import { createHash } from 'node:crypto';
import type { InboundCall } from '../../message.js';
import type { AsteriskSettings } from '../phone-settings.js';
import type { Heard } from './ami-session.js';
import { followCall, forgetEnded } from './follow-call.js';
import type { ExchangeCalls, FollowedCall } from './followed-call.js';
import { takeStock } from './take-stock.js';
import { tellCall } from './tell-call.js';

/** How far an exchange is followed: what is stored between two looks. */
export interface ExchangePlace {
  /** The batch of news that `calls` holds already. */
  batch: string | null;
  calls: ExchangeCalls;
  /** What was told last of each call, as a fingerprint, and how often something was. */
  told: Record<string, { print: string; order: number }>;
}

/** A cursor as it was stored; anything else is the beginning. */
export function readPlace(cursor: unknown): ExchangePlace {
  const isPlace = typeof cursor === 'object' && cursor !== null && 'calls' in cursor && 'told' in cursor;
  return isPlace ? (cursor as ExchangePlace) : { batch: null, calls: {}, told: {} };
}

/** What news means: the calls that changed, and where the exchange is followed from. The same news give the same events. */
export function readHeard(
  heard: readonly Heard[],
  place: Omit<ExchangePlace, 'batch'>,
  settings: AsteriskSettings,
): { events: InboundCall[]; place: Omit<ExchangePlace, 'batch'> } {
  const calls = heard.reduce<ExchangeCalls>((known, one) => {
    const following = { shape: settings, at: one.at };
    return 'event' in one ? followCall(known, one.event, following) : takeStock(known, one.channels, following);
  }, place.calls);
  const tales = Object.values(calls).map((call) => tellOnce(call, settings, place.told[call.id]));
  const kept = forgetEnded(calls, heard.at(-1)?.at ?? 0);
  const told = Object.fromEntries(
    tales.filter(({ id }) => Object.hasOwn(kept, id)).map(({ id, told: last }): [string, Told] => [id, last]),
  );
  return { events: tales.flatMap(({ event }) => event ?? []), place: { calls: kept, told } };
}

type Told = ExchangePlace['told'][string];

/** A call as an event, unless it was told just so already. */
function tellOnce(
  call: FollowedCall,
  { defaultCountry }: AsteriskSettings,
  before: Told = { print: '', order: 0 },
): { id: string; told: Told; event: InboundCall | null } {
  const tale = tellCall(call, defaultCountry);
  const print = tale && printOf(tale);
  if (tale === null || print === null || print === before.print) {
    return { id: call.id, told: before, event: null };
  }
  const order = before.order + 1;
  const raw = Buffer.from(JSON.stringify(tale));
  const event = { ...tale, order, externalId: `ami ${call.id} ${print}`, raw };
  return { id: call.id, told: { print, order }, event };
}

function printOf(tale: object): string {
  return createHash('sha256').update(JSON.stringify(tale)).digest('hex').slice(0, 24);
}
