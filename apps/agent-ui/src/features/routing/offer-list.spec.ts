import { describe, expect, it } from '@jest/globals';
import type { OfferView } from '#contract';
import { endOffer, noOffers, takeAnswer, takeOffer, type OfferList } from './offer-list.js';

const offer = (id: string, remainingMs = 30_000): OfferView => ({
  id,
  kind: 'exclusive',
  ticketId: `ticket of ${id}`,
  ticketNumber: 7,
  ticketPrefix: '',
  conversationId: `conversation of ${id}`,
  subject: 'Late parcel',
  customerName: 'Mina',
  channelKind: 'telegram',
  ring: false,
  queueName: 'Support',
  priority: 2,
  why: 'longest_idle',
  waitedMs: 4_000,
  // The reader's clock may be years off: nothing may be taken from this.
  expiresAt: '1999-01-01T00:00:00.000Z',
  remainingMs,
});
const idsOf = ({ shown }: OfferList) => shown.map(({ id }) => id);

describe('the offers that an agent sees', () => {
  it('end when what the hub said was left has passed, whatever the clock of the page says', () => {
    const [shown] = takeOffer(noOffers, offer('a', 20_000), 1_000).shown;
    expect(shown).toMatchObject({ arrivedAt: 1_000, endsAt: 21_000 });
  });

  it('stand in the order in which they came, also when one is told of again', () => {
    const list = ['a', 'b', 'a'].reduce((known, id, at) => takeOffer(known, offer(id), at), noOffers);
    expect(idsOf(list)).toEqual(['a', 'b']);
    expect(list.shown[0]).toMatchObject({ arrivedAt: 0, endsAt: 30_002 });
  });

  it('are those of the hub’s answer after an outage', () => {
    const before = takeOffer(takeOffer(noOffers, offer('gone'), 0), offer('stays'), 1);
    const after = takeAnswer(before, [offer('stays', 9_000), offer('new')], 5_000, 5_100);
    expect(idsOf(after)).toEqual(['stays', 'new']);
    expect(after.shown[0]?.endsAt).toBe(14_100);
  });

  it('keep one that was made while the answer was on its way', () => {
    const list = takeOffer(noOffers, offer('made meanwhile'), 5_050);
    expect(idsOf(takeAnswer(list, [], 5_000, 5_100))).toEqual(['made meanwhile']);
  });

  it('do not bring back one that ended while the answer was on its way', () => {
    const list = endOffer(takeOffer(noOffers, offer('a'), 0), 'a', 5_050);
    expect(idsOf(takeAnswer(list, [offer('a')], 5_000, 5_100))).toEqual([]);
  });

  it('show a broadcast again that was offered anew', () => {
    const list = endOffer(takeOffer(noOffers, offer('a'), 0), 'a', 1_000);
    expect(idsOf(takeOffer(list, offer('a'), 2_000))).toEqual(['a']);
    expect(idsOf(takeAnswer(list, [offer('a')], 2_000, 2_100))).toEqual(['a']);
  });
});
