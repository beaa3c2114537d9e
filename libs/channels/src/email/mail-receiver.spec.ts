import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MailServer, startMailServer } from '../../../../tools/stand-ins/mail-server.js';
import { until } from '../../../../test/support/until.js';
import { type MailReceiver, type MailReceiverOptions, type ReceivedMail, startMailReceiver } from './mail-receiver.js';
import { mailLimits, parseEmail } from './parse-email.js';

const run = promisify(execFile);
const swaks = '/usr/bin/swaks';
const boxes = new Map([
  ['support@shop.example', 'account-a'],
  ['sales@shop.example', 'account-b'],
  ['news+daily@shop.example', 'account-c'],
]);

let world: MailServer;
let hub: MailReceiver;
let received: ReceivedMail[];

async function listen(over: Partial<MailReceiverOptions> = {}): Promise<MailReceiver> {
  hub = await startMailReceiver({
    listen: { host: '127.0.0.1', port: 0 },
    maxBytes: 50_000,
    accounts: (address) => {
      const id = boxes.get(address);
      return id === undefined ? null : { id };
    },
    deliver: (mail) => Promise.resolve(void received.push(mail)),
    log: { info: () => undefined, warn: () => undefined },
    ...over,
  });
  return hub;
}

beforeEach(async () => {
  received = [];
  world = await startMailServer();
});

afterEach(async () => {
  await Promise.all([hub.close(), world.close()]);
});

const write = (over: Partial<Parameters<MailServer['writeTo']>[1]> = {}) =>
  world.writeTo(hub.port, {
    from: 'maryam@example.com',
    to: 'support@shop.example',
    subject: 'سلام',
    text: 'می‌خواهم',
    ...over,
  });

describe('the mail receiver', () => {
  it('hands over a mail byte for byte with its envelope', async () => {
    await listen();
    const { messageId } = await write();
    const [mail] = received;
    expect(mail).toMatchObject({
      accountId: 'account-a',
      envelopeFrom: 'maryam@example.com',
      envelopeTo: ['support@shop.example'],
      remoteAddress: '127.0.0.1',
    });
    const parsed = await parseEmail(mail?.raw ?? new Uint8Array(), {
      ...(mail ?? { envelopeTo: [], envelopeFrom: null }),
      accountAddresses: ['support@shop.example'],
      verdict: 'none',
    });
    expect([parsed.text, parsed.mail?.messageId, parsed.mail?.subject]).toEqual(['می‌خواهم', messageId, 'سلام']);
  });

  it('knows its mailboxes with a plus tag, in any case, and those whose own name has one', async () => {
    await listen();
    await write({ to: 'Support+Abc@SHOP.example' });
    await write({ to: 'news+daily@shop.example' });
    expect(received.map(({ accountId, envelopeTo }) => [accountId, envelopeTo])).toEqual([
      ['account-a', ['support+abc@shop.example']],
      ['account-c', ['news+daily@shop.example']],
    ]);
  });

  it.each(['nobody@shop.example', 'support@other.example', 'support%other.example@shop.example', 'news@shop.example'])(
    'is no relay: refuses %s',
    async (to) => {
      await listen();
      await expect(write({ to })).rejects.toMatchObject({ responseCode: 550 });
      expect(received).toEqual([]);
    },
  );

  it('takes the mail of the null sender', async () => {
    await listen();
    await write({ envelopeFrom: '' });
    expect(received[0]?.envelopeFrom).toBe('');
  });

  it('puts a mail off while those of others fill the memory, and takes it once they are stored', async () => {
    const stored: (() => void)[] = [];
    await listen({
      bytesInFlight: 60_000,
      deliver: (mail) => new Promise((resolve) => stored.push(() => resolve(void received.push(mail)))),
    });
    const first = write({ text: 'x'.repeat(30_000) });
    await until(
      () => Promise.resolve(stored.length),
      (waiting) => waiting === 1,
    );
    await expect(write({ text: 'y'.repeat(30_000) })).rejects.toMatchObject({ responseCode: 452 });
    stored.shift()?.();
    await first;
    const again = write({ text: 'y'.repeat(30_000) });
    await until(
      () => Promise.resolve(stored.length),
      (waiting) => waiting === 1,
    );
    stored.shift()?.();
    await again;
    expect(received).toHaveLength(2);
  });

  it('has a mail in memory once while that is read and stored', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const size = 20_000_000;
    const line = Buffer.from(`${'x'.repeat(998)}\r\n`);
    // What was given up is counted until it is swept, which others do meanwhile: by a run of tests before this one, too.
    const inMemory = async (): Promise<number> => {
      const sizes: number[] = [];
      while (sizes.length < 2 || sizes.at(-2) !== sizes.at(-1)) {
        collect();
        await othersTurn();
        sizes.push(process.memoryUsage().arrayBuffers);
      }
      return sizes.at(-1) as number;
    };
    let held = 0;
    let before = 0;
    await listen({
      maxBytes: 2 * size,
      deliver: async (mail) => {
        held = (await inMemory()) - before;
        received.push(mail);
      },
    });
    // A line at a time, so that the sender holds next to nothing of it.
    const socket = connect(hub.port, '127.0.0.1');
    const answers = socket.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
    const say = async (words: string) => {
      socket.write(`${words}\r\n`);
      return String((await answers.next()).value);
    };
    await answers.next();
    await say('HELO here');
    await say('MAIL FROM:<a@example.com>');
    await say('RCPT TO:<support@shop.example>');
    await say('DATA');
    before = await inMemory();
    for (let sent = 0; sent < size; sent += line.length) {
      if (!socket.write(line)) {
        await once(socket, 'drain');
      }
    }
    expect(await say('.')).toMatch(/^250/u);
    socket.destroy();
    expect(received[0]?.raw.length).toBe(size);
    expect(held).toBeGreaterThan(size * 0.9);
    expect(held).toBeLessThan(size * 1.4);
  });

  it('names its limit when a mail is too large, whether the size was told or not', async () => {
    await listen();
    await expect(write({ text: 'x'.repeat(80_000) })).rejects.toMatchObject({
      responseCode: 552,
      message: expect.stringContaining('50000'),
    });
    const answer = await talk([
      'EHLO me',
      'MAIL FROM:<a@example.com>',
      'RCPT TO:<support@shop.example>',
      'DATA',
      `${'x'.repeat(900)}\r\n`.repeat(60) + '.',
      'QUIT',
    ]);
    expect(answer).toMatch(/552.*50000/);
    expect(received).toEqual([]);
  });

  it('says yes only once the mail is stored', async () => {
    const stored = Promise.withResolvers<void>();
    let answered = false;
    const arrived = Promise.withResolvers<void>();
    await listen({
      deliver: async () => {
        arrived.resolve();
        await stored.promise;
      },
    });
    const writing = write().then(() => {
      answered = true;
    });
    await arrived.promise;
    expect(answered).toBe(false);
    stored.resolve();
    await writing;
    expect(answered).toBe(true);
  });

  it('asks the sender to come again when storing failed, and takes the mail then', async () => {
    let isDown = true;
    await listen({
      deliver: (mail) => {
        received.push(mail);
        return isDown ? Promise.reject(new Error('database is away')) : Promise.resolve();
      },
    });
    await expect(write()).rejects.toMatchObject({
      responseCode: 451,
      message: expect.not.stringContaining('database'),
    });
    isDown = false;
    await write();
    expect(received).toHaveLength(2);
  });

  it('asks to come again when recipients cannot be looked up', async () => {
    await listen({ accounts: () => Promise.reject(new Error('database is away')) });
    await expect(write()).rejects.toMatchObject({ responseCode: 451 });
  });

  it('brings a mail to several accounts to each of them', async () => {
    await listen();
    await talk([
      'EHLO me',
      'MAIL FROM:<a@example.com>',
      'RCPT TO:<support@shop.example>',
      'RCPT TO:<sales@shop.example>',
      'RCPT TO:<support+x@shop.example>',
      'DATA',
      'From: a@example.com\r\n\r\nhello\r\n.',
      'QUIT',
    ]);
    expect(received.map(({ accountId, envelopeTo }) => [accountId, envelopeTo])).toEqual([
      ['account-a', ['support@shop.example', 'support+x@shop.example']],
      ['account-b', ['sales@shop.example']],
    ]);
  });

  it('forgets the recipients of a mail that was called off', async () => {
    await listen();
    await talk([
      'EHLO me',
      'MAIL FROM:<a@example.com>',
      'RCPT TO:<sales@shop.example>',
      'RSET',
      'MAIL FROM:<a@example.com>',
      'RCPT TO:<support@shop.example>',
      'DATA',
      'From: a@example.com\r\n\r\nhello\r\n.',
      'QUIT',
    ]);
    expect(received.map(({ accountId }) => accountId)).toEqual(['account-a']);
  });

  it('keeps nothing of a mail whose sender went away in the middle', async () => {
    await listen();
    await talk(
      [
        'EHLO me',
        'MAIL FROM:<a@example.com>',
        'RCPT TO:<support@shop.example>',
        'DATA',
        'From: a@example.com\r\n\r\nhal',
      ],
      true,
    );
    await write();
    expect(received.map(({ envelopeFrom }) => envelopeFrom)).toEqual(['maryam@example.com']);
  });

  it('offers no sign-in, and no encryption without a certificate', async () => {
    await listen();
    const answer = await talk(['EHLO me', 'STARTTLS', 'AUTH PLAIN AGEAYg==', 'QUIT']);
    expect(answer).not.toMatch(/250[ -](?:STARTTLS|AUTH)/);
    expect(answer.match(/^50\d /gm)).toHaveLength(2);
  });

  it('holds only so many connections of one address', async () => {
    await listen({ maxPerAddress: 2 });
    const open = await Promise.all([greet(), greet()]);
    expect(open.map(({ greeting }) => greeting.slice(0, 3))).toEqual(['220', '220']);
    const third = await greet();
    expect(third.greeting).toMatch(/^421 .*Too many connections/);
    for (const { socket } of [...open, third]) {
      socket.destroy();
    }
  });

  it('takes only so many mails of one address in a minute, and the rest later', async () => {
    let now = 0;
    await listen({ mailsPerMinute: 2, now: () => now });
    await write();
    await write();
    await expect(write()).rejects.toMatchObject({ responseCode: 451 });
    now += 60_000;
    await write();
    expect(received).toHaveLength(3);
  });

  it('takes a mail for a hundred recipients, and not for more', async () => {
    await listen();
    const recipients = Array.from({ length: 101 }, (_, at) => `RCPT TO:<support+${at}@shop.example>`);
    const answer = await talk(['EHLO me', 'MAIL FROM:<a@example.com>', ...recipients, 'QUIT']);
    expect(answer.match(/^250 Accepted/gm)?.length).toBe(101);
    expect(answer).toMatch(/^452 /m);
  });

  it('brings a mail to the account that its envelope names, whatever its head says', async () => {
    await listen();
    const raw = Buffer.from('From: a@example.com\r\nTo: somebody@else.example\r\n\r\nfor your eyes only\r\n');
    await write({ raw, to: 'sales@shop.example' });
    expect(received.map(({ accountId, envelopeTo }) => [accountId, envelopeTo])).toEqual([
      ['account-b', ['sales@shop.example']],
    ]);
  });

  it('encrypts the line for a foreign program where it has a certificate', async () => {
    if (!hasSwaks()) {
      await listen();
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'peyk-cert-'));
    const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
    await run('openssl', [
      'req',
      '-x509',
      ...'-newkey rsa:2048 -nodes -days 2 -subj /CN=mx.shop.example'.split(' '),
      '-keyout',
      files.key,
      '-out',
      files.cert,
    ]);
    await listen({ tls: { key: await readFile(files.key, 'utf8'), cert: await readFile(files.cert, 'utf8') } });
    const { stdout } = await run(swaks, [
      '--server',
      `127.0.0.1:${hub.port}`,
      ...'--tls --from a@example.com --to support@shop.example'.split(' '),
    ]);
    await rm(folder, { recursive: true });
    expect(stdout).toContain('TLS started');
    expect(received).toHaveLength(1);
  });

  it('refuses 40 MB of a foreign program, and is there for the next mail', async () => {
    if (!hasSwaks()) {
      await listen();
      return;
    }
    await listen({ maxBytes: mailLimits.mailBytes });
    const folder = await mkdtemp(join(tmpdir(), 'peyk-large-'));
    const file = join(folder, 'mail.eml');
    await writeFile(file, `From: a@example.com\nSubject: large\n\n${`${'x'.repeat(70)}\n`.repeat(600_000)}`);
    const envelope = ['--from', 'a@example.com', '--to', 'support@shop.example'];
    const refused: unknown = await run(swaks, [
      '--server',
      `127.0.0.1:${hub.port}`,
      '--data',
      `@${file}`,
      '--hide-all',
      ...envelope,
    ]).catch((error: unknown) => error);
    await rm(folder, { recursive: true });
    expect(refused).toMatchObject({ code: expect.any(Number) });
    await write();
    expect(received.map(({ raw }) => raw.length < 10_000)).toEqual([true]);
  }, 60_000);

  it('takes the mail of a foreign program', async () => {
    if (!hasSwaks()) {
      await listen();
      return;
    }
    await listen();
    const letter = ['--from', 'maryam@example.com', '--header', 'Subject: swaks', '--body', 'from the command line'];
    const { stdout } = await run(swaks, [
      '--server',
      `127.0.0.1:${hub.port}`,
      '--to',
      'support+tag@shop.example',
      ...letter,
    ]);
    expect(stdout).toContain('<-  250');
    const refused: unknown = await run(swaks, [
      '--server',
      `127.0.0.1:${hub.port}`,
      '--to',
      'nobody@shop.example',
      ...letter,
    ]).catch((error: unknown) => error);
    expect(refused).toMatchObject({ stdout: expect.stringContaining('<** 550') });
    expect(received.map(({ envelopeTo }) => envelopeTo)).toEqual([['support+tag@shop.example']]);
  });
});

function hasSwaks(): boolean {
  if (existsSync(swaks)) {
    return true;
  }
  if (process.env['CI'] === 'true') {
    throw new Error('swaks is missing, and CI has to have it.');
  }
  process.stderr.write('SKIPPED: swaks is not installed, no foreign program has written to the receiver\n');
  return false;
}

/** Speaks line by line, as a mail program without a library would, and gives everything the server said. */
function talk(lines: string[], hangUp = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const left = [...lines];
    let heard = '';
    const socket = connect(hub.port, '127.0.0.1');
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      const isWholeReply = /(?:^|\n)\d{3} [^\n]*\n$/.test(heard);
      const next = isWholeReply ? left.shift() : undefined;
      if (next !== undefined) {
        socket.write(hangUp && left.length === 0 ? next : `${next}\r\n`, () => {
          if (hangUp && left.length === 0) {
            socket.destroy();
          }
        });
      }
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

function greet(): Promise<{ greeting: string; socket: ReturnType<typeof connect> }> {
  return new Promise((resolve, reject) => {
    const socket = connect(hub.port, '127.0.0.1');
    socket.once('data', (chunk) => resolve({ greeting: chunk.toString(), socket }));
    socket.once('error', reject);
  });
}
