import { describe, expect, it } from '@jest/globals';
import { joinTicket, type JoinFacts, type JoinableTicket } from './join-ticket.js';

const now = new Date('2026-11-21T10:00:00Z');
const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000);

function buildTicket(id: string, overrides: Partial<JoinableTicket> = {}): JoinableTicket {
  return { id, state: 'open', reopenUntil: null, lastMessageAt: at(1), ...overrides };
}

function join(facts: Partial<JoinFacts>) {
  return joinTicket({ referenced: null, agentWroteLast: null, tickets: [], now, ...facts });
}

describe('which ticket an inbound message joins', () => {
  const recent = buildTicket('recent', { lastMessageAt: at(1) });
  const older = buildTicket('older', { lastMessageAt: at(5), state: 'pending' });
  const solved = buildTicket('solved', { state: 'solved', reopenUntil: at(-1), lastMessageAt: at(0.1) });
  const expired = buildTicket('expired', { state: 'solved', reopenUntil: at(0) });

  it('joins the ticket it names, before anything else', () => {
    expect(join({ referenced: 'older', agentWroteLast: 'recent', tickets: [recent, older] })).toEqual({
      ticket: 'older',
      reason: 'reference',
    });
  });

  it('does not follow a reference to a ticket that can no longer be joined', () => {
    expect(join({ referenced: 'expired', tickets: [recent, expired] })).toEqual({
      ticket: 'recent',
      reason: 'only_open',
    });
  });

  it('joins the ticket whose agent wrote last on this channel', () => {
    expect(join({ agentWroteLast: 'older', tickets: [recent, older] })).toEqual({
      ticket: 'older',
      reason: 'agent_wrote_last',
    });
  });

  it('joins the only open ticket, though a solved one is newer', () => {
    expect(join({ tickets: [older, solved] })).toEqual({ ticket: 'older', reason: 'only_open' });
  });

  it('joins the most recent of several open tickets', () => {
    expect(join({ tickets: [older, recent] })).toEqual({ ticket: 'recent', reason: 'most_recent' });
  });

  it('reopens a solved ticket inside its window', () => {
    expect(join({ tickets: [solved, expired] })).toEqual({ ticket: 'solved', reason: 'reopened' });
  });

  it('opens a new ticket when the window has passed, to the millisecond', () => {
    expect(join({ tickets: [expired] })).toEqual({ ticket: null, reason: 'new_ticket' });
  });
});
