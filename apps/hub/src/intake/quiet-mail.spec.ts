import { describe, expect, it } from '@jest/globals';
import type { InboundMessage, MessageFlag } from '#channels';
import { FloodBrake, treatmentOf } from './quiet-mail.js';

const message = (flags: MessageFlag[], report: InboundMessage['report'] = null): InboundMessage => ({
  type: 'message',
  externalId: 'x',
  raw: new Uint8Array(),
  from: { kind: 'email', address: 'a@b.example', trust: 'unauthenticated', name: '' },
  claims: [],
  sentAt: null,
  kind: 'text',
  text: '',
  attachments: [],
  mail: null,
  replyTo: null,
  flags,
  report,
});

describe('what mail may do to tickets', () => {
  it.each<[MessageFlag[], string]>([
    [[], 'work'],
    [['unverified', 'possibly_related'], 'work'],
    [['automatic'], 'apart'],
    [['forged'], 'apart'],
    [['automatic', 'newsletter'], 'quiet'],
    [['automatic', 'bounce'], 'quiet'],
    [['automatic', 'complaint'], 'quiet'],
    [['automatic', 'out_of_office'], 'quiet'],
  ])('%j: %s', (flags, treatment) => {
    expect(treatmentOf({ event: message(flags) })).toBe(treatment);
  });

  it('is nothing for a report, whatever its flags, and for what the intake wants quiet', () => {
    const report = { kind: 'bounce' as const, about: null, recipients: [], awayUntil: null };
    expect(treatmentOf({ event: message([], report) })).toBe('quiet');
    expect(treatmentOf({ event: message([]), quiet: true })).toBe('quiet');
  });
});

describe('the flood brake', () => {
  const minute = 60_000;
  const send = (brake: FloodBrake, n: number, at: number, from = 'a') =>
    Array.from({ length: n }, (_, i) => brake.isFlood(from, { id: `${at} ${i}`, sentAt: null }, at));

  it('lets twenty mails in ten minutes pass, and no more', () => {
    const brake = new FloodBrake();
    expect(send(brake, 20, 0)).not.toContain(true);
    expect(send(brake, 1, 5 * minute)).toEqual([true]);
    expect(send(brake, 1, 5 * minute, 'b')).toEqual([false]);
  });

  it('forgets after ten minutes', () => {
    const brake = new FloodBrake();
    send(brake, 30, 0);
    expect(send(brake, 20, 10 * minute)).not.toContain(true);
  });

  it('counts a mail once, however often it comes', () => {
    const brake = new FloodBrake();
    const again = Array.from({ length: 50 }, () => brake.isFlood('a', { id: 'same', sentAt: null }, 0));
    expect(again).not.toContain(true);
  });

  it('does not take a backlog for a loop', () => {
    const brake = new FloodBrake();
    const old = Array.from({ length: 50 }, (_, i) => brake.isFlood('a', { id: `${i}`, sentAt: 0 }, 120 * minute));
    expect(old).not.toContain(true);
  });
});
