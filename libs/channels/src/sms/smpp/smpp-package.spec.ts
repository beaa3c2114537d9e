import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import smpp, { type Pdu, type Session } from 'smpp';
import type { ChannelAccount } from '../../channel-adapter.js';
import type { InboundEvent } from '../../message.js';
import { createSmsAdapter, type SmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';

/** A message centre that shares no line of code with the client: the server of the npm package `smpp`. */
interface ForeignCentre {
  server: Server;
  session: Session | null;
  taken: Pdu[];
}

const centre: ForeignCentre = { server: smpp.createServer(welcome), session: null, taken: [] };
let adapter: SmsAdapter;
let account: ChannelAccount<SmsSettings>;
let cursor: unknown = null;

function welcome(session: Session): void {
  session.on('error', () => undefined);
  session.on('bind_transceiver', (pdu: Pdu) => {
    const isKnown = pdu.system_id === 'peyk' && pdu.password === 'secret';
    session.send(pdu.response({ command_status: isKnown ? 0 : 0x0e, system_id: 'foreign' }));
    centre.session = isKnown ? session : centre.session;
  });
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu: Pdu) => session.send(pdu.response()));
  session.on('submit_sm', (pdu: Pdu) => {
    centre.taken.push(pdu);
    session.send(pdu.response({ message_id: `f${String(centre.taken.length)}` }));
  });
}

beforeAll(async () => {
  await new Promise<void>((resolve) => centre.server.listen(0, '127.0.0.1', resolve));
  const { port } = centre.server.address() as AddressInfo;
  const base = { driver: 'smpp', host: '127.0.0.1', port, systemId: 'peyk', from: 'Peyk' };
  const settings = { ...smsConfig.parse(base), ...smsSecrets.parse({ password: 'secret' }) } as SmsSettings;
  account = { id: 'c1', name: 'SMS', settings, publicUrl: null };
  adapter = createSmsAdapter({ smppTimes: { lookMs: 20, sessionMs: 50, answerMs: 2_000 } });
  await next();
});

afterAll(async () => {
  adapter.disconnect?.(account);
  centre.session?.destroy();
  await new Promise((resolve) => centre.server.close(resolve));
});

async function next(): Promise<InboundEvent[]> {
  const polled = await adapter.poll?.(account, cursor, AbortSignal.timeout(2_000));
  cursor = polled?.cursor;
  return polled?.events ?? [];
}

async function deliver(fields: object): Promise<{ events: InboundEvent[]; status: number }> {
  const answered = new Promise<number>((resolve) => {
    centre.session?.deliver_sm(fields, ({ command_status: status }) => resolve(status));
  });
  let events: InboundEvent[] = [];
  while (events.length === 0) {
    events = await next();
  }
  await next();
  return { events, status: await answered };
}

const send = (text: string) =>
  adapter.send?.(
    {
      id: `m ${text}`,
      to: { kind: 'phone', address: '+989121234567' },
      toName: '',
      text,
      attachments: [],
      mail: null,
      replyTo: null,
    },
    account,
  );

describe('the message centre of the npm package smpp', () => {
  it('refuses a wrong password and takes the right one', async () => {
    const wrong = { ...account, id: 'c2', settings: { ...account.settings, password: 'wrong' } };
    await expect(adapter.poll?.(wrong, null, AbortSignal.timeout(2_000))).rejects.toMatchObject({
      code: 'unauthorized',
      retry: 'after-reconnect',
    });
    expect(centre.session).not.toBeNull();
  });

  it.each([
    ['Latin with its own signs', 'Price: [20] € @home', 0],
    ['Persian with half-spaces', 'می‌خواهم سفارش ۱۲۳ را ببینم؛ لطفاً', 8],
    ['emoji', 'عالی 👍🏽', 8],
  ])('reads as it was written: %s', async (_, text, coding) => {
    const sent = await send(text);
    const pdu = centre.taken.at(-1);
    expect(pdu?.short_message?.message).toBe(text);
    expect(pdu).toMatchObject({ data_coding: coding, destination_addr: '989121234567', registered_delivery: 1 });
    expect(sent?.providerId).toBe(`f${String(centre.taken.length)}`);
  });

  it('reads the parts of a long Persian message with their headers', async () => {
    const before = centre.taken.length;
    const text = 'سفارش شما آماده است. '.repeat(8).trim();
    await send(text);
    const parts = centre.taken.slice(before).map(({ short_message: part }) => part);
    expect(parts.map((part) => part?.message).join('')).toBe(text);
    const headers = parts.map((part) => [...(part?.udh?.[0] ?? [])]);
    const reference = headers[0]?.[2];
    expect(headers).toEqual(parts.map((_, index) => [0, 3, reference, parts.length, index + 1]));
  });

  it.each(['Hello [world] €', 'سلام، خوبی؟', 'ok 👍'])('delivers what a phone writes: %s', async (text) => {
    const fields = { source_addr_ton: 1, source_addr: '989121234567', destination_addr: '30001234' };
    const { events, status } = await deliver({ ...fields, short_message: text });
    expect(events).toMatchObject([{ type: 'message', text, from: { address: '+989121234567' } }]);
    expect(status).toBe(0);
  });

  it('delivers receipts', async () => {
    const short_message =
      'id:f1 sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:DELIVRD err:000 text:';
    const { events } = await deliver({ source_addr: '989121234567', esm_class: 4, short_message });
    expect(events).toMatchObject([{ type: 'receipt', providerId: 'f1', state: 'delivered' }]);
  });

  it('is told that the line stands when it asks', async () => {
    const status = await new Promise<number>((resolve) => {
      centre.session?.enquire_link(({ command_status: answered }) => resolve(answered));
    });
    expect(status).toBe(0);
  });
});
