import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { InboundMessage } from '#channels';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let receiving: Receiving;
const channel = { id: uuid(), kind: 'sms' as const };

beforeAll(async () => {
  hub = await startTestHub();
  receiving = hub.app.get(Receiving);
  await hub.database.query(`insert into channel (id, kind, name, queue_id) select $1, 'sms', 'SMS', id from queue`, [
    channel.id,
  ]);
});

afterAll(() => hub.stop());

function buildMessage(from: string, externalId: string, overrides: Partial<InboundMessage> = {}): InboundMessage {
  return {
    type: 'message',
    externalId,
    raw: Buffer.from(externalId),
    from: { kind: 'phone', address: from, trust: 'channel_given', name: '' },
    claims: [],
    sentAt: null,
    kind: 'text',
    text: `سلام ${externalId}`,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
    ...overrides,
  };
}

async function timelineOf(address: string) {
  return hub.database.query<{ seq: number; external_id: string; ticket_id: string; ticket_reason: string }>(
    `select m.seq, m.external_id, m.ticket_id, m.ticket_reason from message m join identity i on i.id = m.identity_id
     where i.address = $1 order by m.seq`,
    [address],
  );
}

describe('the way in', () => {
  it('opens a conversation and a ticket for a stranger, and joins what follows to it', async () => {
    await receiving.take(channel, [buildMessage('+989120000001', 'a1'), buildMessage('+989120000001', 'a2')]);
    const rows = await timelineOf('+989120000001');
    expect(rows.map(({ seq, ticket_reason: reason }) => [seq, reason])).toEqual([
      [1, 'new_ticket'],
      [2, 'only_open'],
    ]);
    expect(new Set(rows.map((row) => row.ticket_id)).size).toBe(1);
  });

  it('stores a repeated event once', async () => {
    const twice = () => receiving.take(channel, [buildMessage('+989120000002', 'b1')]);
    await Promise.all([twice(), twice(), twice()]);
    await twice();
    expect(await timelineOf('+989120000002')).toHaveLength(1);
  });

  it('makes one customer and one ticket of a stranger whose first messages come at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => receiving.take(channel, [buildMessage('+989120000003', `c${n}`)])),
    );
    const rows = await timelineOf('+989120000003');
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(new Set(rows.map((row) => row.ticket_id)).size).toBe(1);
  });

  it('keeps a NUL and a lone surrogate from losing a message', async () => {
    await receiving.take(channel, [buildMessage('+989120000004', 'd1', { text: 'a\u0000b \ud83d end' })]);
    expect(await timelineOf('+989120000004')).toHaveLength(1);
  });

  it('keeps the bytes of an event that the database refuses, and takes those behind it', async () => {
    const poison = buildMessage('+989120000005', 'e1', {
      from: { kind: 'email', address: 'NOT-FOLDED@EXAMPLE.ORG', trust: 'unauthenticated', name: '' },
    });
    await receiving.take(channel, [poison, buildMessage('+989120000005', 'e2')]);
    expect(await timelineOf('+989120000005')).toHaveLength(1);
    const [kept] = await hub.database.query<{ state: string; raw: Buffer }>(
      `select state, raw from inbound_event where external_id = 'e1'`,
    );
    expect(kept?.state).toBe('quarantined');
    expect(kept?.raw.toString()).toBe('e1');
  });

  it('puts a stub of a mail that cannot be read on the timeline, and its bytes into quarantine', async () => {
    await receiving.take(channel, [buildMessage('+989120000006', 'f1', { text: '', flags: ['malformed'] })]);
    expect(await timelineOf('+989120000006')).toHaveLength(1);
    const [kept] = await hub.database.query(`select state, raw from inbound_event where external_id = 'f1'`);
    expect(kept).toEqual({ state: 'quarantined', raw: Buffer.from('f1') });
  });
});
