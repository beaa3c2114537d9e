import type { OfferView } from '#contract';

/** An offer as it is shown. Moments are of the page's steady clock, in milliseconds. */
export interface ShownOffer extends OfferView {
  arrivedAt: number;
  endsAt: number;
}

/** The ticket that an offer is about, as numbers are written. */
export function ticketOf({ ticketNumber: number, ticketPrefix: prefix }: OfferView): {
  number: number;
  prefix: string;
} {
  return { number, prefix };
}

/** The offers of this reader, in the order in which they came, and when others ended. */
export interface OfferList {
  shown: readonly ShownOffer[];
  ended: Readonly<Record<string, number>>;
}

export const noOffers: OfferList = { shown: [], ended: {} };

/** One that was just made. It stays where it is when it is known. */
export function takeOffer(list: OfferList, offer: OfferView, now: number): OfferList {
  const known = list.shown.find(({ id }) => id === offer.id);
  const shown = { ...offer, arrivedAt: known?.arrivedAt ?? now, endsAt: now + offer.remainingMs };
  return {
    ...list,
    shown: known ? list.shown.map((one) => (one.id === offer.id ? shown : one)) : [...list.shown, shown],
  };
}

/**
 * Takes the hub's whole answer to a question asked at `askedAt`. Frames may have overtaken it: what came since then stays, what ended
 * since then does not come back.
 */
export function takeAnswer(list: OfferList, offers: readonly OfferView[], askedAt: number, now: number): OfferList {
  const standing = offers.filter(({ id }) => (list.ended[id] ?? -Infinity) < askedAt);
  const named = new Set(standing.map(({ id }) => id));
  const kept = list.shown.filter(({ id, arrivedAt }) => named.has(id) || arrivedAt > askedAt);
  return standing.reduce<OfferList>((taken, offer) => takeOffer(taken, offer, now), { ...list, shown: kept });
}

export function endOffer(list: OfferList, id: string, now: number): OfferList {
  return { shown: list.shown.filter((offer) => offer.id !== id), ended: { ...list.ended, [id]: now } };
}
