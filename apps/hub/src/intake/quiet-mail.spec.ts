import { describe, expect, it } from '@jest/globals';
import type { InboundMessage, MessageFlag } from '#channels';
import { correspondentOf, FloodBrake, receivedAt, treatmentOf } from './quiet-mail.js';

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

  it.each([
    ['nothing for the word that a mail was read', 'disposition-notification', 'quiet'],
    ['what a program may do for any other report', 'tlsrpt', 'apart'],
  ])('is %s', (_, type, treatment) => {
    const raw = Buffer.from(`From: a@b.example\r\nContent-Type: multipart/report;\r\n\treport-type="${type}"\r\n\r\nx`);
    expect(treatmentOf({ event: { ...message(['automatic']), raw } })).toBe(treatment);
  });
});

describe('the flood brake', () => {
  const minute = 60_000;
  const send = (brake: FloodBrake, n: number, at: number, from = 'a') =>
    Array.from({ length: n }, (_, i) => brake.isFlood(from, { id: `${at} ${i}`, receivedAt: null }, at));

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
    const again = Array.from({ length: 50 }, () => brake.isFlood('a', { id: 'same', receivedAt: null }, 0));
    expect(again).not.toContain(true);
  });

  it('does not take a backlog for a loop', () => {
    const brake = new FloodBrake();
    const old = Array.from({ length: 50 }, (_, i) => brake.isFlood('a', { id: `${i}`, receivedAt: 0 }, 120 * minute));
    expect(old).not.toContain(true);
  });

  it('lets somebody pass again ten minutes after the first mails of a flood, however long it goes on', () => {
    const brake = new FloodBrake();
    for (let at = 0; at < 10; at++) {
      send(brake, 30, at * minute);
    }
    expect(send(brake, 1, 10 * minute)).toEqual([false]);
  });

  it('counts what only claims to be from an address apart from what is', () => {
    const real = message([]);
    const as = (flags: MessageFlag[], trust = real.from.trust) =>
      correspondentOf('c', { from: { ...real.from, trust }, flags });
    expect(new Set([as([]), as([], 'channel_given'), as(['unverified']), as(['forged'])]).size).toBe(4);
    expect(as(['automatic', 'forged'])).toBe(as(['forged']));
  });
});

describe('when a mailbox received a mail', () => {
  const at = (...head: string[]) =>
    receivedAt(Buffer.from([...head, '', 'Received: a; 1 Jan 2001 00:00:00 +0000'].join('\r\n')));

  it('is what the field on top says, not what a sender wrote below it', () => {
    const top = ['Received: from x', '\tby mx.example.net; Fri, 20 Nov 2026 10:00:00 +0000 (UTC)'];
    const old = ['Received: from y; Mon, 1 Jan 2001 00:00:00 +0000', 'Date: Mon, 1 Jan 2001 00:00:00 +0000'];
    expect(at('Return-Path: <a@b.example>', ...top, ...old)).toBe(Date.UTC(2026, 10, 20, 10));
  });

  it('is unknown where no server said so', () => {
    expect([at('Date: Mon, 1 Jan 2001 00:00:00 +0000'), at('Received: from x'), at('Received: x; whenever')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
