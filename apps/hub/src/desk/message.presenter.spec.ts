import { describe, expect, it } from '@jest/globals';
import type { MessageView } from '#contract';
import { presentMessage } from './message.presenter.js';
import type { MessageRow } from './message-rows.query.js';

const channels = {
  nameOf: (id: string): MessageView['channel'] => ({ id, kind: id === 'box' ? 'email' : 'sms', name: 'Support' }),
};

const row = (fields: Partial<MessageRow> = {}): MessageRow => ({
  id: 'message',
  conversation_id: 'conversation',
  seq: 1,
  rev: 1,
  at: new Date(0),
  sent_at: null,
  channel_id: 'box',
  thread_id: 'thread',
  identity_id: 'identity',
  ticket_id: null,
  ticket_reason: null,
  direction: 'in',
  author: 'customer',
  author_id: null,
  author_name: 'Mina',
  kind: 'text',
  body: 'Yes.\n> Shall I?',
  content: { subject: 'Order', to: ['help@shop.example'], hidden: [[5, 15]] },
  delivery: null,
  delivery_error: null,
  edited_at: null,
  redacted_at: null,
  restricted: false,
  queue_id: null,
  files: null,
  ...fields,
});

describe('a mail as agents get it', () => {
  it('has its recipients, what may be folded away, and where its original is', () => {
    expect(presentMessage(row(), channels).mail).toEqual({
      to: ['help@shop.example'],
      cc: [],
      bcc: [],
      hidden: [[5, 15]],
      hasHtml: false,
      hasSource: true,
      report: null,
      checks: null,
      relatedThreadId: null,
      calendar: null,
    });
  });

  it('tells whom a report is about, but not which mail of another conversation it names', () => {
    const recipients = [{ address: 'mina@example.org', status: '5.1.1', hard: true, diagnostic: 'unknown' }];
    const report = { kind: 'bounce' as const, about: '<secret@shop.example>', recipients, awayUntil: null };
    const shown = presentMessage(row({ content: { report } }), channels).mail?.report;
    expect(shown).toEqual({ kind: 'bounce', recipients, awayUntil: null });
  });

  it('shows those in bcc of a mail of ours, which has no original', () => {
    const content = { to: ['mina@example.org'], bcc: ['archive@shop.example'] } as MessageRow['content'];
    const shown = presentMessage(row({ direction: 'out', author: 'agent', content }), channels).mail;
    expect(shown).toMatchObject({ bcc: ['archive@shop.example'], hasSource: false });
  });

  it('has nothing of its own where it is withheld or erased, and no other message has any', () => {
    expect(presentMessage(row(), channels, true).mail).toBeNull();
    expect(presentMessage(row({ redacted_at: new Date(0) }), channels).mail).toBeNull();
    expect(presentMessage(row({ channel_id: 'line' }), channels).mail).toBeNull();
  });
});
