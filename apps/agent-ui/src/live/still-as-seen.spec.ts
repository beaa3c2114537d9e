import { describe, expect, it } from '@jest/globals';
import type { MessageView } from '#contract';
import { stillAsSeen } from './still-as-seen.js';
import { buildMessage, buildTicket, buildView } from './testing/build-views.js';

type Ticket = Parameters<typeof buildTicket>[0];

const view = (ticket: Ticket, messages: MessageView[]) => ({
  ...buildView({ rev: 1, messages }),
  tickets: [buildTicket({ id: 'other', state: 'solved' }), buildTicket(ticket)],
});
const theirs = buildMessage({ seq: 1 });
const ours = buildMessage({ seq: 2, direction: 'out' });
const seen = view({ version: 1 }, [theirs]);

describe('stillAsSeen', () => {
  it('gives the ticket as it is now, where only our own words and its clocks came', () => {
    const now = view({ version: 5, minute: 9, waitingSince: null }, [ours, theirs]);
    expect(stillAsSeen('ticket', seen, now)).toMatchObject({ id: 'ticket', version: 5 });
  });

  it('asks to look again where the customer wrote since', () => {
    expect(stillAsSeen('ticket', seen, view({ version: 5 }, [theirs, ours, buildMessage({ seq: 3 })]))).toBeUndefined();
  });

  it.each<NonNullable<Ticket>>([
    { state: 'pending' },
    { ownerId: 'somebody' },
    { tags: ['vip'] },
    { fields: { a: 'b' } },
  ])('asks to look again at %j', (changed) =>
    expect(stillAsSeen('ticket', seen, view({ version: 2, ...changed }, [theirs]))).toBeUndefined(),
  );

  it('asks to look again where there is no such ticket any more', () => {
    expect(stillAsSeen('gone', seen, seen)).toBeUndefined();
  });
});
