import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelAccount, CheckStep, Polled } from '../../channel-adapter.js';
import { createEmailAdapter, type EmailAdapter, emailConfig, type EmailSettings } from '../email.adapter.js';
import { parseEmail } from '../parse-email.js';
import type { ImapSettings } from './imap-settings.js';

const run = promisify(execFile);
const program = '/usr/sbin/dovecot';
const isHere = existsSync(program) && process.getuid?.() === 0;
const password = 'dovecot-pass';
const user = 'support@shop.example';

let folder: string;
let port: number;
let server: ChildProcess;
let adapter: EmailAdapter;
let stop: AbortController;

if (!isHere) {
  if (process.env['CI'] === 'true') {
    throw new Error('Dovecot is missing or this is not root, and CI has to have both.');
  }
  process.stderr.write('SKIPPED: Dovecot is not installed or not ours to start, no real IMAP server was read\n');
}

beforeAll(async () => {
  if (!isHere) {
    return;
  }
  folder = await mkdtemp(join(tmpdir(), 'peyk-dovecot-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'home'));
  await chmod(join(folder, 'home'), 0o777);
  port = await freePort();
  await writeFile(join(folder, 'dovecot.conf'), configuration());
  server = spawn(program, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  await answering();
}, 20_000);

afterAll(async () => {
  if (isHere) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}, 20_000);

afterEach(async () => {
  stop?.abort();
  adapter?.close();
  if (isHere) {
    await doveadm('expunge', '-u', user, 'mailbox', '*', 'all');
  }
});

function configuration(): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:~/Maildir
first_valid_uid = 1
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/home/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  client_limit = 100
}
`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

/** Until the server greets. */
async function answering(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const greets = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      const end = (answer: boolean): void => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('data', () => end(true));
      socket.once('error', () => setTimeout(() => end(false), 25));
    });
    if (greets) {
      return;
    }
  }
  throw new Error(`Dovecot does not start: ${await readFile(join(folder, 'log'), 'utf8').catch(() => 'no log')}`);
}

async function doveadm(...command: string[]): Promise<string> {
  return (await run('doveadm', ['-c', join(folder, 'dovecot.conf'), ...command])).stdout;
}

async function put(id: string, { to = user, from = 'maryam@example.com', box = 'INBOX' } = {}): Promise<void> {
  const file = join(folder, 'new.eml');
  const text = 'Subject: سفارش\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nسلام\r\n';
  await writeFile(file, `From: ${from}\r\nTo: ${to}\r\nMessage-ID: <${id}@example.com>\r\n${text}`);
  await doveadm('save', '-u', user, '-m', box, file);
}

function account(over: Partial<ImapSettings> = {}, imapPassword = password): ChannelAccount<EmailSettings> {
  const config = emailConfig.parse({
    address: user,
    fromName: 'Shop',
    verifySenders: false,
    smtp: { host: '127.0.0.1', port: 1 },
    imap: { host: '127.0.0.1', port, secure: false, ...over },
  });
  return { id: 'email-1', name: 'Support', settings: { ...config, smtpPassword: '', imapPassword }, publicUrl: null };
}

function open(): void {
  stop = new AbortController();
  adapter = createEmailAdapter({ mailboxes: { parse: parseEmail, times: { sweepMs: 2_000, restMs: 10 } } });
}

const poll = (cursor: unknown, of = account()): Promise<Polled> => adapter.poll(of, cursor, stop.signal);

const ids = ({ events }: Polled) =>
  events.map((event) => (event.type === 'message' ? event.mail?.messageId?.replace(/^<|@.*/gu, '') : event.type));

async function pollUntilNews(cursor: unknown, of = account()): Promise<Polled> {
  for (let looks = 0; looks < 4; looks++) {
    const polled = await poll(cursor, of);
    if (polled.events.length > 0) {
      return polled;
    }
    ({ cursor } = polled);
  }
  throw new Error('no news came');
}

(isHere ? describe : describe.skip)('a mailbox on Dovecot', () => {
  it('gives its mail, and what comes while it is listened to', async () => {
    open();
    await put('a');
    const first = await poll({});
    expect(ids(first)).toEqual(['a']);
    const next = pollUntilNews(first.cursor);
    await put('b');
    expect(ids(await next)).toEqual(['b']);
  });

  it('is left in peace between two looks', async () => {
    open();
    await put('a');
    const first = await poll({});
    let { cursor } = await poll(first.cursor);
    const start = performance.now();
    ({ cursor } = await poll(cursor));
    await poll(cursor);
    expect(performance.now() - start).toBeGreaterThan(3_900);
  }, 15_000);

  it('moves what is stored into a folder that it makes for it', async () => {
    open();
    const of = account({ afterImport: 'move', moveTo: 'Peyk/Done' });
    await put('a');
    const { cursor } = await poll({}, of);
    await put('b');
    await pollUntilNews(cursor, of);
    const moved = await doveadm('fetch', '-u', user, 'hdr.message-id', 'mailbox', 'Peyk/Done', 'all');
    expect(moved).toContain('<a@example.com>');
    expect(moved).not.toContain('<b@example.com>');
  });

  it('is read again when its numbers change, and every mail keeps its key', async () => {
    open();
    await put('a');
    await put('b');
    const first = await poll({});
    adapter.disconnect(account());
    await doveadm('mailbox', 'update', '-u', user, '--uid-validity', '1999999999', 'INBOX');
    await put('c');
    const again = await poll(first.cursor);
    expect(ids(again)).toEqual(['a', 'b', 'c']);
    expect(again.events.slice(0, 2).map(({ externalId }) => externalId)).toEqual(
      first.events.map(({ externalId }) => externalId),
    );
  });

  it('shows an answer that was written elsewhere as one of ours', async () => {
    open();
    const { cursor } = await poll({});
    await put('reply', { from: user, to: 'maryam@example.com', box: 'Sent' });
    const [event] = (await pollUntilNews(cursor)).events;
    expect(event).toMatchObject({
      type: 'message',
      sentByUs: true,
      from: { address: 'maryam@example.com' },
      text: 'سلام',
    });
  });

  it('is opened again after the server has thrown us out', async () => {
    open();
    const { cursor } = await poll({});
    const next = pollUntilNews(cursor);
    await doveadm('kick', user);
    await put('after');
    expect(ids(await next)).toEqual(['after']);
  });

  it('is checked step by step, and a wrong password is told as one', async () => {
    open();
    const told: CheckStep[] = [];
    await adapter.check(account({}, 'wrong'), (step) => void told.push(step));
    expect(told.filter(({ step }) => step.startsWith('imap')).map(({ step, code }) => [step, code])).toEqual([
      ['imap.resolve', 'ok'],
      ['imap.connect', 'ok'],
      ['imap.tls', 'ok'],
      ['imap.sign_in', 'unauthorised'],
      ['imap.folders', 'skipped'],
    ]);
    expect(told.find(({ step }) => step === 'smtp.connect')).toMatchObject({ state: 'failed', code: 'unreachable' });
  });
});
