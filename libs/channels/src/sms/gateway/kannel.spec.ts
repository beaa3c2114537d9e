import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildReceipt, startMessageCentre, type MessageCentre } from '../../../../../tools/stand-ins/message-centre.js';
import type { ChannelAccount, WebhookReading } from '../../channel-adapter.js';
import { createSmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';
import { decodeMessage } from '../smpp/decode-text.js';
import { gatewayPresets } from './presets.js';

/** Debian's Kannel: a gateway that speaks HTTP to us and SMPP 3.4 to a message centre. */
const programs = { bearerbox: '/usr/sbin/bearerbox', smsbox: '/usr/sbin/smsbox' };
const isHere = Object.values(programs).every(existsSync);
if (!isHere) {
  process.stderr.write('SKIPPED: Kannel is not installed, the gateway was not tried against it.\n');
}

const inboundSecret = 'inbound-secret-of-this-spec';
const adapter = createSmsAdapter({ sendTimeoutMs: 5_000 });
const readings: WebhookReading[] = [];
const running: ChildProcess[] = [];
let hub: Server;
let hubUrl: string;
let centre: MessageCentre;
let account: ChannelAccount<SmsSettings>;
let folder: string;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function configuration(ports: Record<'admin' | 'smsbox' | 'send', number>): string {
  const groups: Record<string, string | number>[] = [
    {
      group: 'core',
      'admin-port': ports.admin,
      'admin-password': 'admin',
      'smsbox-port': ports.smsbox,
      'dlr-storage': 'internal',
      'box-allow-ip': '127.0.0.1',
    },
    {
      group: 'smsc',
      smsc: 'smpp',
      host: '127.0.0.1',
      port: centre.port,
      'transceiver-mode': 'true',
      'smsc-username': 'peyk',
      'smsc-password': 'secret',
      'system-type': 'VMA',
    },
    { group: 'smsbox', 'bearerbox-host': '127.0.0.1', 'sendsms-port': ports.send, 'global-sender': 30001234 },
    { group: 'sendsms-user', username: 'peyk', password: 'kannel-key', concatenation: 'true', 'max-messages': 10 },
    {
      group: 'sms-service',
      keyword: 'default',
      'get-url': `"${hubUrl}/hooks/sms/c1?key=${inboundSecret}&from=%p&text=%b&id=%I&charset=%C"`,
      'max-messages': 0,
    },
  ];
  return groups
    .map((group) =>
      Object.entries(group)
        .map(([name, value]) => `${name} = ${String(value)}`)
        .join('\n'),
    )
    .join('\n\n');
}

/** Asks until the answer fits: the gateway works in programs of its own. */
async function until<T>(ask: () => T | Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (const giveUpAt = performance.now() + 15_000; ; await sleep(50)) {
    const answer = await ask();
    if (fits(answer) || performance.now() > giveUpAt) {
      return answer;
    }
  }
}

async function open(): Promise<void> {
  hub = createHttp((request, response) => {
    const push = { method: 'GET', path: '', originalUrl: request.url ?? '', headers: {}, body: Buffer.alloc(0) };
    Promise.resolve(adapter.receive?.(push, account)).then(
      (reading) => {
        readings.push(reading as WebhookReading);
        response.end('OK');
      },
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  hubUrl = `http://127.0.0.1:${String((hub.address() as AddressInfo).port)}`;
  centre = await startMessageCentre();
  const ports = { admin: await freePort(), smsbox: await freePort(), send: await freePort() };
  folder = await mkdtemp(join(tmpdir(), 'peyk-kannel-'));
  const file = join(folder, 'kannel.conf');
  await writeFile(file, `${configuration(ports)}\n`);
  for (const program of [programs.bearerbox, programs.smsbox]) {
    running.push(spawn(program, [file], { cwd: folder, stdio: 'ignore' }));
    await sleep(500);
  }
  const { request } = gatewayPresets.kannel as { request: { url: string } };
  const url = request.url.replace('http://127.0.0.1:13013', `http://127.0.0.1:${String(ports.send)}`);
  const config = { driver: 'gateway', preset: 'kannel', from: '30001234', user: 'peyk', request: { ...request, url } };
  const settings = { ...smsConfig.parse(config), ...smsSecrets.parse({ apiKey: 'kannel-key', inboundSecret }) };
  account = { id: 'c1', name: 'SMS', settings: settings as SmsSettings, publicUrl: hubUrl };
  const gone = running.map(
    (one) => new Promise((_, reject) => one.once('exit', () => reject(new Error('Kannel ended')))),
  );
  await Promise.race([centre.bound(), ...gone]);
}

const send = (id: string, text: string) =>
  adapter.send?.(
    {
      id,
      to: { kind: 'phone', address: '+989121234567' },
      toName: '',
      text,
      attachments: [],
      mail: null,
      replyTo: null,
    },
    account,
  );
const shown = () => centre.submitted.map(({ message }) => decodeMessage(message, 'gsm7').text);

(isHere ? describe : describe.skip)('Kannel', () => {
  beforeAll(open, 60_000);

  afterAll(async () => {
    for (const one of running.toReversed()) {
      const ended = new Promise((resolve) => one.once('exit', resolve));
      if (one.exitCode === null) {
        one.kill('SIGKILL');
        await ended;
      }
    }
    await centre?.close();
    await new Promise((resolve) => hub.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['Hello, order [1001] €', 'سلام، سفارش شما آماده است.', 'بلند '.repeat(40).trim()])(
    'carries “%s” to the message centre as it was written',
    async (text) => {
      const before = shown().length;
      const sent = await until(
        () => send(`id-${String(before)}`, text)?.catch((error: unknown) => error),
        (answer) => !(answer instanceof Error),
      );
      expect(sent).toMatchObject({ state: 'sent', providerId: `id-${String(before)}` });
      const arrived = await until(
        () => shown().slice(before).join(''),
        (words) => words.length >= text.length,
      );
      expect(arrived).toBe(text);
    },
  );

  it('brings what a phone writes', async () => {
    const octets = Buffer.from('سلام پیک', 'utf16le').swap16();
    await centre.deliver({ from: '989121234567', to: '30001234', coding: 8, octets });
    const events = await until(
      () => readings.flatMap((reading) => reading.events).filter(({ type }) => type === 'message'),
      (found) => found.length > 0,
    );
    expect(events).toMatchObject([{ type: 'message', text: 'سلام پیک', from: { address: '+989121234567' } }]);
  });

  it('tells how a message ended, under our own id', async () => {
    const first = centre.submitted[0];
    readings.length = 0;
    await centre.deliver({ from: '989121234567', to: '30001234', ...buildReceipt(first?.id ?? '', 'DELIVRD') });
    const events = await until(
      () => readings.flatMap((reading) => reading.events),
      (found) => found.some((event) => event.type === 'receipt' && event.state === 'delivered'),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: 'receipt', providerId: 'id-0', state: 'delivered' }));
  });
});
