import { create } from 'zustand';
import type { OfferEndedFrame, OfferView } from '#contract';
import { endOffer, noOffers, takeAnswer, takeOffer, ticketOf, type OfferList } from './offer-list.js';

/** What is still said of an offer after it has gone. */
export interface Farewell {
  id: string;
  ticket: { number: number; prefix: string };
  outcome: 'expired' | 'revoked' | 'taken';
  byName: string;
}

interface Offers {
  list: OfferList;
  farewells: readonly Farewell[];
}

/** Long enough to be read and to be heard by those who listen. */
const farewellMs = 8_000;

export const useOffers = create<Offers>()(() => ({ list: noOffers, farewells: [] }));

const change = (next: (list: OfferList) => OfferList) => useOffers.setState(({ list }) => ({ list: next(list) }));

export function putOffer(offer: OfferView): void {
  change((list) => takeOffer(list, offer, performance.now()));
}

export function putAnswer(offers: readonly OfferView[], askedAt: number): void {
  change((list) => takeAnswer(list, offers, askedAt, performance.now()));
}

/** Takes an offer away. Of what this reader did themselves nothing needs to be said, in whichever window they did it. */
export function closeOffer({ id, outcome, byName = '' }: OfferEndedFrame): void {
  const offer = useOffers.getState().list.shown.find((one) => one.id === id);
  change((list) => endOffer(list, id, performance.now()));
  if (offer && outcome !== 'accepted' && outcome !== 'declined') {
    bidFarewell({ id, ticket: ticketOf(offer), outcome, byName });
  }
}

function bidFarewell(farewell: Farewell): void {
  useOffers.setState(({ farewells }) => ({ farewells: [...farewells, farewell] }));
  setTimeout(
    () => useOffers.setState(({ farewells }) => ({ farewells: farewells.filter((one) => one !== farewell) })),
    farewellMs,
  );
}
