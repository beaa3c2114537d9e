import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { ChannelView, ConversationView, MessageView } from '#contract';
import { InboundSpool } from '../../apps/hub/src/intake/inbound-spool.service.js';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { postfixIsMissing, startPostfix, type Postfix } from '../support/start-postfix.js';
import { until } from '../support/until.js';

/** Programs that know nothing of Peyk: a customer sends with the one and answers with the other. `script` gives mutt a terminal. */
const programs = { swaks: '/usr/bin/swaks', mutt: '/usr/bin/mutt', script: '/usr/bin/script' };
const missing = Object.values(programs).filter((path) => !existsSync(path));
const customer = 'mina@example.org';
const run = promisify(execFile);

let scene: ConnectedWorld;
let folder: string;
let port: number;

if (missing.length > 0) {
  if (process.env['CI'] === 'true') {
    throw new Error(`CI has to have ${missing.join(', ')}.`);
  }
  process.stderr.write(`SKIPPED: ${missing.join(', ')} not installed, no foreign mail program was tried\n`);
}

const noPostfix = postfixIsMissing();

if (noPostfix !== null) {
  if (process.env['CI'] === 'true') {
    throw new Error(`CI has to have Postfix: ${noPostfix}.`);
  }
  process.stderr.write(`SKIPPED: ${noPostfix}, no foreign mail server was tried\n`);
}

beforeAll(async () => {
  if (missing.length === 0) {
    scene = await startConnectedWorld();
    port = scene.hub.app.get(MailReceiver).port as number;
    folder = await mkdtemp(join(tmpdir(), 'peyk-mutt-'));
  }
}, 60_000);

afterAll(async () => {
  if (missing.length === 0) {
    await scene.close();
    await rm(folder, { recursive: true });
  }
});

async function swaks(...letter: string[]): Promise<string> {
  const envelope = ['--server', `127.0.0.1:${port}`, '--from', customer, '--to', worldMailbox];
  return (await run(programs.swaks, [...envelope, ...letter])).stdout;
}

async function timeline(): Promise<{ conversation: string; messages: MessageView[] }> {
  const [row] = await scene.hub.database.query<{ conversation: string }>(
    `select c.id as conversation from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1`,
    [customer],
  );
  const conversation = row?.conversation ?? '';
  const { messages } = await openConversation(scene.agent, conversation);
  return { conversation, messages: messages.filter(({ kind }) => kind === 'text') };
}

/** Opens a mail in mutt and answers it: each key is pressed once the screen shows what asks for it. */
async function answerWithMutt(raw: Uint8Array, words: string): Promise<void> {
  const box = join(folder, 'box');
  const settings = join(folder, 'muttrc');
  const editor = join(folder, 'editor.sh');
  await writeFile(box, Buffer.concat([Buffer.from('From peyk Sun Nov 22 03:00:00 2026\n'), unixLines(raw), lineEnd]));
  await writeFile(editor, `printf '%s\\n\\n' "${words}" | cat - "$1" > "$1.new" && mv "$1.new" "$1"\n`);
  await writeFile(settings, muttSettings(box, editor));
  const mutt = spawn(programs.script, ['-qec', `${programs.mutt} -n -F ${settings} -f ${box}`, '/dev/null'], {
    env: { PATH: '/usr/bin:/bin', TERM: 'xterm', LC_ALL: 'C.UTF-8', HOME: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const keys = [
    ['Mutt: ', 'r'],
    ['Mutt: Compose', 'y'],
    ['Mail sent', 'q'],
  ];
  let screen = '';
  mutt.stdout.on('data', (bytes: Buffer) => {
    screen += bytes.toString();
    const [cue, key] = keys[0] ?? [];
    if (cue !== undefined && screen.includes(cue)) {
      screen = '';
      keys.shift();
      mutt.stdin.write(key);
    }
  });
  const timer = setTimeout(() => mutt.kill(), 20_000);
  await new Promise((resolve) => mutt.once('exit', resolve));
  clearTimeout(timer);
  if (keys.length > 0) {
    throw new Error(`mutt waited for ${JSON.stringify(keys[0])} before: ${screen}`);
  }
}

const lineEnd = Buffer.from('\n\n');
const unixLines = (raw: Uint8Array) =>
  Buffer.from(Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');

const muttSettings = (box: string, editor: string) => `
set from=${customer} realname=Mina use_from=yes envelope_from=yes
set smtp_url="smtp://127.0.0.1:${port}/" ssl_force_tls=no ssl_starttls=no
set fast_reply=yes include=yes reply_to=yes abort_unmodified=no copy=no delete=no quit=yes
set editor="sh ${editor}"
set folder=${folder} spoolfile=${box} record="" charset=utf-8
`;

(missing.length === 0 ? describe : describe.skip)('a customer with mail programs of their own', () => {
  it('writes with swaks, in Persian and with a file, and is read so', async () => {
    const file = join(folder, 'photo.txt');
    await writeFile(file, 'the crack');
    const told = await swaks(
      '--header',
      'Subject: سفارش ۱۷',
      '--body',
      'سفارش من شکسته است.',
      '--attach-name',
      'photo.txt',
      '--attach',
      `@${file}`,
    );
    expect(told).toMatch(/<- {2}250/u);
    const { messages } = await timeline();
    expect(messages.map(({ body, subject }) => [body.trim(), subject])).toEqual([['سفارش من شکسته است.', 'سفارش ۱۷']]);
    expect(messages[0]?.attachments.map(({ name }) => name)).toEqual(['photo.txt']);
  });

  it('is told at once by swaks that a mailbox is not here', async () => {
    await expect(
      run(programs.swaks, ['--server', `127.0.0.1:${port}`, '--to', 'nobody@peyk.test']),
    ).rejects.toMatchObject({ stdout: expect.stringMatching(/<\*\* 550/u) });
  });

  it('answers with mutt: the answer joins its thread and ticket, without the quote, under the subject of the thread', async () => {
    const { conversation, messages } = await timeline();
    await replyBy(scene.agent, conversation, 'email', 'متأسفیم. یکی دیگر می‌فرستیم.');
    const ours = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(customer));
    expect(ours.subject).toBe('Re: سفارش ۱۷');
    await answerWithMutt(ours.raw, 'Thank you, that is kind.');
    const { messages: all } = await until(timeline, (now) => now.messages.length === 3);
    const asked = messages[0] as MessageView;
    const answer = all.find(({ id, direction }) => direction === 'in' && id !== asked.id) as MessageView;
    expect([answer.threadId, answer.ticketId, answer.subject]).toEqual([
      asked.threadId,
      asked.ticketId,
      'Re: سفارش ۱۷',
    ]);
    expect(answer.body).toContain('> متأسفیم. یکی دیگر می‌فرستیم.');
    const [from = 0, to = 0] = answer.mail?.hidden[0] ?? [];
    expect((answer.body.slice(0, from) + answer.body.slice(to)).trim()).toBe('Thank you, that is kind.');
  }, 40_000);
});

(noPostfix === null ? describe : describe.skip)('a mail server of the world', () => {
  const mailbox = 'help@relay.test';
  let world: ConnectedWorld;
  let postfix: Postfix;

  beforeAll(async () => {
    world = await startConnectedWorld();
    const receiver = world.hub.app.get(MailReceiver).port as number;
    postfix = await startPostfix({ routes: { 'relay.test': receiver, 'example.org': world.world.mail.port } });
    const answer = await world.admin.call<ChannelView>('/api/channels', {
      body: {
        kind: 'email',
        name: 'Relayed',
        config: {
          address: mailbox,
          fromName: 'Help',
          verifySenders: false,
          smtp: { host: '127.0.0.1', port: postfix.port },
        },
        secrets: {},
      },
    });
    expect(answer.status).toBe(201);
  }, 90_000);

  afterAll(async () => {
    await postfix?.stop();
    await world?.close();
  }, 30_000);

  /** A customer's program hands its mail to the server of its provider, which brings it on. */
  async function send(from: string, subject: string): Promise<void> {
    const transport = createTransport({ host: '127.0.0.1', port: postfix.port, ignoreTLS: true });
    await transport.sendMail({ from, to: mailbox, subject, text: `About ${subject}.` });
    transport.close();
  }

  const timelineOf = async (address: string) => {
    const [row] = await world.hub.database.query<{ conversation: string }>(
      `select c.id as conversation from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1`,
      [address],
    );
    // Somebody who is met has a conversation a moment before the first message in it.
    const answer = row && (await world.agent.call<ConversationView>(`/api/conversations/${row.conversation}`));
    const view = answer?.status === 200 ? answer.body : null;
    return {
      conversation: row?.conversation ?? '',
      identities: view?.customer.identities ?? [],
      messages: (view?.messages ?? []).filter(({ kind }) => kind === 'text'),
    };
  };

  const told = async (what: string) => `${what}: ${await postfix.queue()} ${await postfix.log()}`;

  it('brings a mail, keeps it in its queue while it is put off, and brings it once when it comes again', async () => {
    const spool = world.hub.app.get(InboundSpool);
    const busy = jest.spyOn(spool, 'take').mockRejectedValue(new Error('the disk is full'));
    await send('nika@example.net', 'a broken cup');
    await until(postfix.queue, (queue) => /451.*cannot be stored just now/u.test(queue.replaceAll('\n', ' ')), 20_000);
    expect((await timelineOf('nika@example.net')).messages).toEqual([]);
    busy.mockRestore();
    await postfix.flush();
    const { messages } = await until(
      () => timelineOf('nika@example.net'),
      (now) => now.messages.length > 0,
      20_000,
    );
    expect(messages.map(({ subject, body }) => [subject, body])).toEqual([['a broken cup', 'About a broken cup.']]);
    await until(postfix.queue, (queue) => queue.includes('queue is empty'), 20_000);
  }, 60_000);

  it('takes our answer once it is done with greylisting, and brings it to the customer', async () => {
    postfix.putOff(['nika@example.org']);
    await send('nika@example.org', 'a grey list');
    const { conversation } = await until(
      () => timelineOf('nika@example.org'),
      (now) => now.messages.length > 0,
      20_000,
    );
    const { id, seq } = await replyBy(world.agent, conversation, 'email', 'A new one is on its way.');
    const shown = async () => (await timelineOf('nika@example.org')).messages.find((message) => message.id === id);
    const waiting = await until(shown, (message) => message?.deliveryError?.includes('Greylisted') === true, 20_000);
    expect(waiting?.delivery).toBe('queued');
    postfix.putOff([]);
    await world.hub.database.query(
      `update delivery set due_at = clock_timestamp() where conversation_id = $1 and seq = $2 and state = 'queued'`,
      [conversation, seq],
    );
    const brought = await world.world.mail
      .waitFor((mail) => mail.text.includes('A new one is on its way.'), 20_000)
      .catch(async () => Promise.reject(new Error(await told('the answer was not brought'))));
    expect([brought.subject, brought.envelope.to]).toEqual(['Re: a grey list', ['nika@example.org']]);
    expect((await until(shown, (message) => message?.delivery === 'sent'))?.deliveryError).toBeNull();
  }, 90_000);

  it('sends our mail to nobody back with a report, which is matched to it and silences the address', async () => {
    const nobody = `no-such-person@${postfix.domain}`;
    await send(nobody, 'no such user');
    const { conversation } = await until(
      () => timelineOf(nobody),
      (now) => now.messages.length > 0,
      20_000,
    );
    const { id } = await replyBy(world.agent, conversation, 'email', 'Are you there?');
    const failed = await until(
      async () => (await timelineOf(nobody)).messages.find((message) => message.id === id),
      (message) => message?.delivery === 'failed',
      30_000,
    ).catch(async () => Promise.reject(new Error(await told('no report came'))));
    expect(failed?.deliveryError).toMatch(/unknown user|User unknown/iu);
    const isReport = ({ flags }: MessageView) => flags.includes('bounce');
    const { messages, identities } = await until(
      () => timelineOf(nobody),
      (now) => now.messages.some(isReport),
    );
    const report = messages.find(isReport);
    expect(report?.threadId).toBe(failed?.threadId);
    expect(report?.mail?.report?.recipients).toMatchObject([{ address: nobody, hard: true, status: '5.1.1' }]);
    expect(identities[0]?.unreachable).toMatch(/unknown user|User unknown/iu);
  }, 60_000);
});
