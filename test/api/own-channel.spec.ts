import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelCheckView, ChannelTestView, ChannelView, MessageView } from '#contract';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { openConversation, replyBy } from '../support/connected-world.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

const secret = `whsec_${Buffer.from('thirty-two bytes for an own key!').toString('base64')}`;

let hub: TestHub;
let admin: Caller;
let channel: ChannelView;
let port: number;
let folder: string;
let program: ChildProcess;
let output = '';

beforeAll(async () => {
  hub = await startTestHub({ env: { OUTBOUND_ALLOW: '127.0.0.0/8' } });
  admin = await signedIn(hub, (await buildAgent(hub.database, { role: 'admin' })).id);
  port = await freePort();
  const made = await admin.call<ChannelView>('/api/channels', {
    body: { kind: 'messages', name: 'Shop', config: { url: `http://127.0.0.1:${port}` }, secrets: { secret } },
  });
  channel = made.body;
  folder = await mkdtemp(join(tmpdir(), 'peyk-client-'));
  const [library, main] = await examplesOf('docs/channels/api.md');
  await writeFile(join(folder, 'peyk.mjs'), library ?? '');
  await writeFile(join(folder, 'main.mjs'), main ?? '');
}, 60_000);

afterAll(async () => {
  program?.kill();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The JavaScript of a page, block by block, as a reader would copy it. */
async function examplesOf(page: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../..', page), 'utf8');
  return [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code = '']) => code);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port: taken } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return taken;
}

function runProgram(): void {
  const url = `${hub.url}/hooks/messages/${channel.id}`;
  program = spawn(process.execPath, [join(folder, 'main.mjs')], {
    env: { PATH: process.env['PATH'], PEYK_URL: url, PEYK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  program.stdout?.on('data', (text) => (output += String(text)));
  program.stderr?.on('data', (text) => (output += String(text)));
}

const checked = async () =>
  (await admin.call<ChannelCheckView>(`/api/channels/${channel.id}/check`, { method: 'POST' })).body;

const stored = () =>
  hub.database.query<{ conversation_id: string; body: string; external_id: string }>(
    `select conversation_id, body, external_id from message where channel_id = $1 and direction = 'in'`,
    [channel.id],
  );

describe('the client of docs/channels/api.md', () => {
  it('is missed by the connection check until it runs', async () => {
    expect(await checked()).toMatchObject({
      ok: false,
      steps: [{ step: 'endpoint.answer', state: 'failed', code: 'unreachable' }],
    });
  });

  it('brings what a customer wrote, once, and is found by the check from then on', async () => {
    runProgram();
    await until(
      () => Promise.resolve(output),
      (text) => text.includes('sent'),
    );
    expect(await stored()).toMatchObject([{ body: 'سلام، سفارشم نرسیده', external_id: 'order-1001' }]);
    expect(await checked()).toMatchObject({ ok: true, steps: [{ step: 'endpoint.answer', state: 'ok' }] });
    program.kill();
    output = '';
    runProgram();
    await until(
      () => Promise.resolve(output),
      (text) => text.includes('sent'),
    );
    expect(await stored()).toHaveLength(1);
  });

  it('takes the answer, and its receipt shows on the message', async () => {
    const [message] = await stored();
    const conversation = message?.conversation_id ?? '';
    const reply = await replyBy(admin, conversation, 'messages', 'فردا می‌رسد');
    await until(
      () => Promise.resolve(output),
      (text) => text.includes('to 42: فردا می‌رسد'),
    );
    const read = await until(
      async () => (await openConversation(admin, conversation)).messages.find(({ id }) => id === reply.id),
      (one) => one?.delivery === 'read',
    );
    expect((read as MessageView).delivery).toBe('read');
  });

  it('takes a test message to a person named by its own id', async () => {
    const answer = await admin.call<ChannelTestView>(`/api/channels/${channel.id}/test-message`, {
      body: { to: '42' },
    });
    expect(answer.body).toMatchObject({ ok: true });
    await until(
      () => Promise.resolve(output),
      (text) => text.includes('to 42: This is a test message of Peyk.'),
    );
  });
});

describe('a program that does not know the secret', () => {
  it('is told of by the check', async () => {
    const other = `whsec_${Buffer.from('quite another key of thirty-two b').toString('base64')}`;
    await admin.call(`/api/channels/${channel.id}`, { method: 'PATCH', body: { secrets: { secret: other } } });
    const { ok, steps } = await checked();
    expect(ok).toBe(false);
    expect(steps[0]).toMatchObject({ code: 'unauthorized', text: expect.stringContaining('secret') });
  });
});

describe('the example of docs/webhooks.md', () => {
  it('believes what is signed, and nothing that was altered, old or signed by another', async () => {
    const [code = ''] = await examplesOf('docs/webhooks.md');
    const file = join(folder, 'verify.mjs');
    await writeFile(file, code);
    const { createHmac } = await import('node:crypto');
    const body = JSON.stringify({ type: 'message.received' });
    const stamp = (secondsAgo: number) => String(Math.floor(Date.now() / 1000) - secondsAgo);
    const headersOf = (key: string, timestamp: string, of = body) => {
      const mac = createHmac('sha256', Buffer.from(key.slice(6), 'base64'))
        .update(`w1.${timestamp}.${of}`)
        .digest('base64');
      return { 'webhook-id': 'w1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,AAAA v1,${mac}` };
    };
    const other = `whsec_${Buffer.from('another').toString('base64')}`;
    const cases = [
      headersOf(secret, stamp(0)),
      headersOf(secret, stamp(0), '{"type":"altered"}'),
      headersOf(secret, stamp(400)),
      headersOf(other, stamp(0)),
    ];
    const verdicts = await runVerify(file, cases, body);
    expect(verdicts).toEqual([
      'message.received',
      'The signature is wrong.',
      expect.stringContaining('too old'),
      'The signature is wrong.',
    ]);
  });

  async function runVerify(file: string, cases: object[], body: string): Promise<string[]> {
    const driver = `
      import { verify } from ${JSON.stringify(file)};
      const { cases, body, secret } = JSON.parse(process.env.CASES);
      console.log(JSON.stringify(cases.map((headers) => {
        try { return verify(secret, headers, Buffer.from(body)).type; } catch (error) { return error.message; }
      })));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', driver], {
      env: { CASES: JSON.stringify({ cases, body, secret }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part) => (text += String(part)));
    await new Promise((done) => child.once('close', done));
    return JSON.parse(text) as string[];
  }
});
