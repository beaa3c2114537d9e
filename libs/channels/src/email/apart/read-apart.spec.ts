import { afterAll, describe, expect, it } from '@jest/globals';
import { inboundFaults } from '../../contract/contract-rules.js';
import { mailLimits, parseEmail, type MailContext } from '../parse-email.js';
import { doMailWork, type MailWork } from './mail-work.js';
import { closeMailReaders, mailPageApart, parseEmailApart, type MailThreads } from './read-apart.js';
import { WorkerPool, WorkKilled } from './worker-pool.js';

const context: MailContext = { envelopeTo: [], envelopeFrom: null, accountAddresses: [], verdict: 'none' };
const mail = (type: string, body: string) =>
  Buffer.from(
    `From: Maryam <maryam@example.com>\r\nSubject: Order\r\nDate: Mon, 01 Jan 2024 10:00:00 +0330\r\nContent-Type: ${type}\r\n\r\n${body}`,
  );

afterAll(() => closeMailReaders());

describe('a mail that is read apart', () => {
  it('gives the message that it gives anywhere, files and raw bytes included', async () => {
    const raw = mail(
      'multipart/mixed; boundary=b',
      '--b\r\nContent-Type: text/html\r\n\r\n<p>سلام</p>\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b--',
    );
    const [apart, here] = [await parseEmailApart(raw, context), await parseEmail(raw, context)];
    expect(apart.raw).toBe(raw);
    const plain = (message: typeof here) => ({ ...message, raw: null, attachments: message.attachments.length });
    expect(plain(apart)).toEqual(plain(here));
    const bytes = apart.attachments.map(({ source }) =>
      'bytes' in source ? Buffer.from(source.bytes).toString('hex') : '',
    );
    expect(bytes).toEqual(['89504e47']);
  });

  it('is read by many at once, each its own', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const messages = await Promise.all(texts.map((text) => parseEmailApart(mail('text/plain', text), context)));
    expect(messages.map(({ text }) => text)).toEqual(texts);
  });

  it('is read by new threads after the old ones were ended', async () => {
    await closeMailReaders();
    expect((await parseEmailApart(mail('text/plain', 'again'), context)).text).toBe('again');
  });

  it('keeps within its limits there too', async () => {
    const message = await parseEmailApart(mail('text/plain', 'x'.repeat(5_000)), context, {
      ...mailLimits,
      mailBytes: 1_000,
    });
    expect([message.from.address, message.mail?.subject, message.flags]).toEqual([
      'maryam@example.com',
      'Order',
      ['unverified', 'oversized'],
    ]);
  });

  it('is shown as text when its page is nested deeper than people write', async () => {
    const { html } = await mailPageApart(mail('text/html', `${'<div>'.repeat(100_000)}deep`), { images: false });
    expect(html).toMatch(/<div dir="auto" style="white-space: pre-wrap[^>]*>deep<\/div>/);
  });
});

describe('a mail that ends the thread which reads it', () => {
  const raw = mail('text/plain', 'too much');
  /** Threads that are ended by work of these kinds and do all other work. */
  const endedBy = (...kinds: MailWork['kind'][]): MailThreads => ({
    run: (work) => {
      const { kind } = work as MailWork;
      return kinds.includes(kind) ? Promise.reject(new WorkKilled()) : doMailWork(work as MailWork);
    },
  });

  it('is a message of its head, with a note and its bytes', async () => {
    const message = await parseEmailApart(raw, context, mailLimits, endedBy('message'));
    expect(inboundFaults(message)).toEqual([]);
    expect([message.from.address, message.mail?.subject, message.flags, message.raw]).toEqual([
      'maryam@example.com',
      'Order',
      ['unverified', 'malformed'],
      raw,
    ]);
    expect(message.text).toMatch(/could not be read.*\n.*خوانده نشد/u);
  });

  it('is a message from nobody when even its head does so', async () => {
    const message = await parseEmailApart(raw, context, mailLimits, endedBy('message', 'head'));
    expect(inboundFaults(message)).toEqual([]);
    expect([message.from.address, message.flags, message.raw]).toEqual([
      expect.stringMatching(/^unknown-[0-9a-f]{16}@sender\.invalid$/),
      ['unverified', 'malformed'],
      raw,
    ]);
  });

  it('is put off, and not given up, when no thread can be started', async () => {
    const threads = { run: () => Promise.reject(new Error('A worker could not start.')) };
    await expect(parseEmailApart(raw, context, mailLimits, threads)).rejects.toThrow('could not start');
  });

  it('is shown as its text', async () => {
    let tries = 0;
    const threads: MailThreads = {
      run: (work) => (++tries === 1 ? Promise.reject(new WorkKilled()) : doMailWork(work as MailWork)),
    };
    const { html } = await mailPageApart(mail('text/html', '<p>one</p><p>two</p>'), { images: false }, threads);
    expect(html).toMatch(/<div dir="auto" style="white-space: pre-wrap[^>]*>one\n\ntwo<\/div>/);
  });
});

describe('a thread for the work of strangers', () => {
  const pool = (timeMs: number) =>
    new WorkerPool({
      entry: new URL('./fixtures/stubborn-worker.mjs', import.meta.url),
      size: 1,
      timeMs,
      startMs: 20_000,
      memoryMb: 30,
    });

  it('is ended when the work does not end, and the next work is done by another', async () => {
    const workers = pool(300);
    const never = workers.run('loop');
    const next = workers.run('echo');
    await expect(never).rejects.toBeInstanceOf(WorkKilled);
    await expect(next).resolves.toBe('echo');
    await workers.close();
  });

  it('gets no work once it is being ended', async () => {
    const workers = pool(20_000);
    await workers.run('echo');
    const closing = workers.close();
    const early = workers.run('early');
    await closing;
    await workers.run('echo');
    const again = workers.close();
    await Promise.resolve();
    const late = workers.run('late');
    await again;
    expect(await Promise.all([early, late])).toEqual(['early', 'late']);
    await workers.close();
  });

  it('is not ended when it has answered and nobody had the time to hear it', async () => {
    const workers = pool(300);
    await workers.run('echo');
    const answers = [workers.run('one'), workers.run('two')];
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    expect(await Promise.all(answers)).toEqual(['one', 'two']);
    await workers.close();
  });

  it('is ended by the memory that it takes, and nothing else is', async () => {
    const workers = pool(20_000);
    await expect(workers.run('hoard')).rejects.toBeInstanceOf(WorkKilled);
    await expect(workers.run('echo')).resolves.toBe('echo');
    await workers.close();
  });

  it('says what failed in it', async () => {
    const workers = pool(5_000);
    await expect(workers.run('fail')).rejects.toBeInstanceOf(WorkKilled);
    await expect(workers.run('echo')).resolves.toBe('echo');
    await workers.close();
  });

  it('that cannot start is no fault of the work', async () => {
    const workers = new WorkerPool({
      entry: new URL('./fixtures/no-such-worker.mjs', import.meta.url),
      size: 1,
      timeMs: 1_000,
      startMs: 20_000,
      memoryMb: 30,
    });
    const error: unknown = await workers.run('echo').catch((reason: unknown) => reason);
    expect([error instanceof Error, error instanceof WorkKilled]).toEqual([true, false]);
  });
});
