import { Agent } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MailboxServer, startMailboxServer } from '../../../../../tools/stand-ins/mailbox-server.js';
import { type ChannelAccount, ChannelError, type Polled } from '../../channel-adapter.js';
import type { InboundMessage } from '../../message.js';
import { createEmailAdapter, type EmailAdapter, emailConfig, type EmailSettings } from '../email.adapter.js';
import { Mailboxes } from '../mailboxes.js';
import { parseEmail } from '../parse-email.js';
import type { ImapSettings } from './imap-settings.js';

/** Long enough that only what a test does can end a wait early, also on a busy machine; where a wait is to end, a test makes it short. */
const patient = {
  connectMs: 20_000,
  answerMs: 20_000,
  mailMs: 20_000,
  idleMs: 60_000,
  sweepMs: 60_000,
  restMs: 10,
  longestRestMs: 40,
};

let world: MailboxServer;
let adapter: EmailAdapter;
let stop: AbortController;

beforeEach(async () => {
  world = await startMailboxServer({ folders: ['Sent', 'Done'] });
  adapter = createEmailAdapter({ mailboxes: { parse: parseEmail, times: patient } });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  adapter.close();
  await world.close();
});

function account(over: Partial<ImapSettings> = {}, more: Partial<EmailSettings> = {}): ChannelAccount<EmailSettings> {
  const config = emailConfig.parse({
    address: 'support@shop.example',
    fromName: 'Shop',
    verifySenders: false,
    smtp: { host: '127.0.0.1', port: 2525 },
    imap: { host: '127.0.0.1', port: world.port, secure: false, ...over },
  });
  const settings = { ...config, smtpPassword: '', imapPassword: world.password, ...more };
  return { id: 'email-1', name: 'Support', settings, publicUrl: null };
}

function mail(
  id: string,
  { from = 'maryam@example.com', to = 'support@shop.example', head = '', body = 'سلام' } = {},
): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Message-ID: <${id}@example.com>`,
    'Subject: order',
    'Content-Type: text/plain; charset=utf-8',
    ...(head === '' ? [] : [head]),
    '',
    body,
    '',
  ].join('\r\n');
}

const poll = (cursor: unknown = {}, of = account(), by = adapter): Promise<Polled> => by.poll(of, cursor, stop.signal);

const ids = ({ events }: Polled): (string | null | undefined)[] =>
  events.map((event) => (event.type === 'message' ? event.mail?.messageId?.replace(/^<|@.*/gu, '') : event.type));

const messages = ({ events }: Polled): InboundMessage[] => events.filter((event) => event.type === 'message');

async function failure(polling: Promise<Polled>): Promise<ChannelError> {
  const error: unknown = await polling.catch((caught: unknown) => caught);
  if (!(error instanceof ChannelError)) {
    throw new Error('expected a ChannelError', { cause: error });
  }
  return error;
}

describe('the first look into a mailbox', () => {
  it('takes what nobody has read yet and leaves the rest alone', async () => {
    world.put('INBOX', mail('old'), { flags: ['\\Seen'] });
    world.put('INBOX', mail('unread'));
    world.put('INBOX', mail('gone'), { flags: ['\\Deleted'] });
    const first = await poll();
    expect(ids(first)).toEqual(['unread']);
    world.put('INBOX', mail('read-elsewhere'), { flags: ['\\Seen'] });
    expect(ids(await poll(first.cursor))).toEqual(['read-elsewhere']);
  });

  it.each([
    ['none', []],
    ['all', ['old', 'unread']],
  ] as const)('takes %s of it where the account wishes so', async (existing, expected) => {
    world.put('INBOX', mail('old'), { flags: ['\\Seen'] });
    world.put('INBOX', mail('unread'));
    expect(ids(await poll({}, account({ existing })))).toEqual(expected);
  });

  it('leaves everything as it was', async () => {
    world.put('INBOX', mail('a'));
    const first = await poll();
    world.put('INBOX', mail('b'));
    await poll(first.cursor);
    expect(world.mails('INBOX').map(({ flags }) => flags)).toEqual([[], []]);
  });

  it('takes a long backlog in portions, each mail once and in order', async () => {
    const all = Array.from({ length: 120 }, (_, at) => `m${String(at).padStart(3, '0')}`);
    all.forEach((id) => world.put('INBOX', mail(id), { silent: true }));
    const got: unknown[] = [];
    let cursor: unknown = {};
    while (got.length < all.length) {
      const polled = await poll(cursor);
      expect(polled.events.length).toBeLessThanOrEqual(50);
      got.push(...ids(polled));
      ({ cursor } = polled);
    }
    expect(got).toEqual(all);
  });
});

describe('new mail', () => {
  it('is brought at once when the server tells of it', async () => {
    const { cursor } = await poll();
    const next = poll(cursor);
    await connectionIdles();
    world.put('INBOX', mail('new'));
    expect(ids(await next)).toEqual(['new']);
    expect(world.connections).toBe(1);
  });

  it('is brought by the next look although the server told nobody', async () => {
    adapter = createEmailAdapter({ mailboxes: { parse: parseEmail, times: { ...patient, sweepMs: 100 } } });
    const { cursor } = await poll();
    world.put('INBOX', mail('untold'), { silent: true });
    expect(ids(await pollUntilNews(cursor))).toEqual(['untold']);
  });

  it('is brought within one look after the line went dead without a word', async () => {
    adapter = createEmailAdapter({
      mailboxes: { parse: parseEmail, times: { ...patient, sweepMs: 300, answerMs: 200 } },
    });
    const { cursor } = await poll();
    const next = poll(cursor);
    await connectionIdles();
    world.freeze();
    world.put('INBOX', mail('after-the-cut'));
    expect(ids(await next)).toEqual(['after-the-cut']);
    expect(world.connections).toBe(2);
  });

  it('is brought at once although it came before the folder was opened again, where no word tells of it', async () => {
    const of = account({ folders: ['INBOX', 'Done'], afterImport: 'seen' });
    world.put('Done', mail('a'));
    const first = await poll({}, of);
    expect(ids(first)).toEqual(['a']);
    // Marking the mail opens its folder, and to listen the other one is opened again.
    world.put('INBOX', mail('b'), { silent: true });
    expect(ids(await poll(first.cursor, of))).toEqual(['b']);
  });

  it('in another folder is found by the look', async () => {
    adapter = createEmailAdapter({ mailboxes: { parse: parseEmail, times: { ...patient, sweepMs: 100 } } });
    const of = account({ folders: ['INBOX', 'Done'] });
    const { cursor } = await poll({}, of);
    world.put('Done', mail('elsewhere'));
    expect(ids(await pollUntilNews(cursor, of))).toEqual(['elsewhere']);
  });

  it('does not make the mailbox be asked again and again', async () => {
    adapter = createEmailAdapter({ mailboxes: { parse: parseEmail, times: { ...patient, sweepMs: 250 } } });
    let { cursor } = await poll();
    const start = performance.now();
    for (let looks = 0; looks < 3; looks++) {
      ({ cursor } = await poll(cursor));
    }
    expect(performance.now() - start).toBeGreaterThan(700);
  });

  it('is brought again at once when it could not be stored', async () => {
    const { cursor } = await poll();
    world.put('INBOX', mail('unlucky'));
    expect(ids(await poll(cursor))).toEqual(['unlucky']);
    expect(ids(await poll(cursor))).toEqual(['unlucky']);
  });

  it('is not waited for once the poll is called off', async () => {
    const { cursor } = await poll();
    const next = poll(cursor);
    await connectionIdles();
    stop.abort();
    expect(await next).toEqual({ events: [], cursor });
  });
});

describe('a portion of mail', () => {
  it('is as large over all folders as it may be for one', async () => {
    const of = account({ folders: ['INBOX', 'Done'], existing: 'all' });
    world.put('Done', mail('large', { body: 'x'.repeat(33 * 1024 * 1024) }));
    world.put('INBOX', mail('small'));
    const first = await poll({}, of);
    expect(ids(first)).toEqual(['large']);
    expect(ids(await poll(first.cursor, of))).toEqual(['small']);
  }, 30_000);

  it('is given up between two mails once the poll is called off', async () => {
    let read = 0;
    const stopping = createEmailAdapter({
      mailboxes: {
        times: patient,
        parse: (...mailAndContext) => {
          read += 1;
          stop.abort();
          return parseEmail(...mailAndContext);
        },
      },
    });
    world.put('INBOX', mail('a'));
    world.put('INBOX', mail('b'));
    expect(await poll({}, account(), stopping)).toEqual({ events: [], cursor: {} });
    expect(read).toBe(1);
    stopping.close();
  });
});

describe('a mailbox that is numbered anew', () => {
  it('gives nothing that would be stored twice, and loses nothing', async () => {
    world.put('INBOX', mail('a'));
    world.put('INBOX', mail('b'));
    const first = await poll();
    world.put('INBOX', mail('c'));
    world.renumber('INBOX', 99);
    adapter.disconnect(account());
    const again = await poll(first.cursor);
    expect(ids(again)).toEqual(['a', 'b', 'c']);
    const known = new Map(messages(first).map(({ mail: head, externalId }) => [head?.messageId, externalId]));
    expect(messages(again).map(({ mail: head, externalId }) => known.get(head?.messageId ?? '') ?? externalId)).toEqual(
      messages(again).map(({ externalId }) => externalId),
    );
    world.put('INBOX', mail('d'));
    expect(ids(await poll(again.cursor))).toEqual(['d']);
  });

  it.each(['none', 'unseen'] as const)(
    'does not bring what was passed over at the first look: %s',
    async (existing) => {
      const of = account({ existing });
      const fortnightOn = createEmailAdapter({
        mailboxes: { parse: parseEmail, times: patient, now: () => new Date(Date.now() + 14 * 86_400_000) },
      });
      world.put('INBOX', mail('old'), { flags: ['\\Seen'] });
      const first = await poll({}, of, fortnightOn);
      world.renumber('INBOX', 99);
      fortnightOn.disconnect?.(of);
      expect(ids(await poll(first.cursor, of, fortnightOn))).toEqual([]);
      fortnightOn.close();
    },
  );
});

describe('what is sent from elsewhere', () => {
  it('comes out as a message of ours to the customer, and what lay there before stays where it is', async () => {
    world.put('Sent', mail('before', { from: 'support@shop.example', to: 'reza@example.com' }));
    const { cursor } = await poll();
    adapter.disconnect(account());
    world.put(
      'Sent',
      mail('reply', {
        from: 'Shop <support@shop.example>',
        to: 'support@shop.example, =?utf-8?B?2YXYsduM2YU=?= <Maryam@Example.com>',
        head: 'In-Reply-To: <a@example.com>',
        body: 'We sent it.',
      }),
    );
    const polled = await poll(cursor);
    expect(messages(polled)).toMatchObject([
      {
        sentByUs: true,
        from: { kind: 'email', address: 'maryam@example.com', name: 'مریم', trust: 'unauthenticated' },
        text: 'We sent it.',
        replyTo: '<a@example.com>',
        flags: [],
        claims: [],
      },
    ]);
  });

  it('to nobody outside is kept and shown to nobody', async () => {
    const { cursor } = await poll();
    adapter.disconnect(account());
    world.put('Sent', mail('note', { from: 'support@shop.example', to: 'support@shop.example' }));
    expect(ids(await poll(cursor))).toEqual(['ignored']);
  });

  it('is not read where the account does not wish so', async () => {
    const of = account({ readSent: false });
    const { cursor } = await poll({}, of);
    adapter.disconnect(of);
    world.put('Sent', mail('reply', { from: 'support@shop.example', to: 'maryam@example.com' }));
    world.put('INBOX', mail('in'));
    expect(ids(await poll(cursor, of))).toEqual(['in']);
  });

  it('gets the copies of what Peyk sent, as read', async () => {
    const raw = Buffer.from(mail('ours', { from: 'support@shop.example', to: 'maryam@example.com' }));
    await new Mailboxes({ times: patient }).appendSent(account(), raw);
    expect(world.mails('Sent').map(({ raw: kept, flags }) => [kept.includes('<ours@example.com>'), flags])).toEqual([
      [true, ['\\Seen']],
    ]);
  });
});

describe('a mail that was taken', () => {
  it.each([
    ['seen', { inbox: [['\\Seen']], done: 0 }],
    ['move', { inbox: [], done: 1 }],
    ['delete', { inbox: [], done: 0 }],
  ] as const)('stays untouched until it is stored, and then: %s', async (afterImport, expected) => {
    const of = account({ afterImport, moveTo: 'Done' });
    world.put('INBOX', mail('a'));
    const first = await poll({}, of);
    expect(ids(first)).toEqual(['a']);
    expect(world.mails('INBOX').map(({ flags }) => flags)).toEqual([[]]);
    world.put('INBOX', mail('b'));
    await poll(first.cursor, of);
    const left = world.mails('INBOX').filter(({ raw }) => raw.includes('<a@'));
    expect(left.map(({ flags }) => flags.filter((flag) => flag !== '$Peyk'))).toEqual(expected.inbox);
    expect(world.mails('Done')).toHaveLength(expected.done);
  });

  it('is done with once more when the hub died before it knew', async () => {
    const of = account({ afterImport: 'move', moveTo: 'New folder' });
    world.put('INBOX', mail('a'));
    const first = await poll({}, of);
    world.put('INBOX', mail('b'));
    await poll(first.cursor, of);
    adapter.disconnect(of);
    expect(ids(await poll(first.cursor, of))).toEqual(['b']);
    expect(world.mails('New folder')).toHaveLength(1);
  });

  it('is one and the same by the mailbox and by the mail server', async () => {
    const raw = mail('both');
    world.put('INBOX', raw.replaceAll('\r\n', '\n'));
    const [byMailbox] = messages(await poll());
    const byServer = await parseEmail(Buffer.from(`Received: by mx.shop.example\r\n${raw}`), {
      envelopeTo: ['support@shop.example'],
      envelopeFrom: 'maryam@example.com',
      accountAddresses: ['support@shop.example'],
      verdict: 'none',
    });
    expect(byServer.externalId).toBe(byMailbox?.externalId);
  });

  it('keeps its token although only the server on the way knew to whom it went', async () => {
    const token = 'a'.repeat(39);
    const head = `Delivered-To: support+${token}@shop.example`;
    world.put('INBOX', mail('bcc', { to: 'undisclosed-recipients:;', head }));
    const [blind] = messages(await poll());
    expect([blind?.mail?.threadToken, blind?.mail?.to]).toEqual([token, []]);
  });

  it.each(['move', 'delete'] as const)(
    'in part only is never taken from the server: %s',
    async (afterImport) => {
      const of = account({ afterImport, moveTo: 'Done' });
      world.put('INBOX', mail('huge', { body: 'x'.repeat(36 * 1024 * 1024) }));
      world.put('INBOX', mail('small'));
      const first = await poll({}, of);
      expect(ids(first)).toEqual(['huge', 'small']);
      world.put('INBOX', mail('next'));
      await poll(first.cursor, of);
      expect(world.mails('INBOX').map(({ raw }) => /<(\w+)@/u.exec(raw)?.[1])).toEqual(['huge', 'next']);
    },
    30_000,
  );

  it('is told of by its head when it is too large to be fetched', async () => {
    world.put('INBOX', mail('huge', { body: 'x'.repeat(36 * 1024 * 1024) }));
    const [huge] = messages(await poll());
    expect([huge?.mail?.subject, huge?.flags.includes('oversized')]).toEqual(['order', true]);
    expect(huge?.raw.length).toBeLessThan(300_000);
  }, 30_000);
});

describe('a mailbox that cannot be read', () => {
  it('waits for the administrator when the password is wrong, and does not repeat it', async () => {
    const error = await failure(poll({}, account({}, { imapPassword: 'wrong-secret' })));
    expect([error.code, error.retry]).toEqual(['unauthorised', 'after-reconnect']);
    expect(error.message).not.toContain('wrong-secret');
  });

  it('rests longer after each failure, and no longer than it may', async () => {
    const { port } = world;
    await world.close();
    const rests: (number | null)[] = [];
    for (let tries = 0; tries < 4; tries++) {
      const error = await failure(poll({}, account({ port })));
      expect([error.code, error.retry]).toEqual(['unreachable', 'soon']);
      rests.push(error.retryAfterMs);
    }
    expect(rests).toEqual([10, 20, 40, 40]);
  });

  it('names a folder that is not there', async () => {
    const error = await failure(poll({}, account({ folders: ['Orders'], readSent: false })));
    expect([error.code, error.retry]).toEqual(['folder_missing', 'after-reconnect']);
  });

  it.each([
    ['a folder', { folders: ['INBOX', 'Orders'] }],
    ['the first folder', { folders: ['Orders', 'INBOX'] }],
    ['the folder of sent mail', { sentFolder: 'Orders' }],
  ])('in part, because %s is missing, brings the rest and says what is wrong', async (_, over) => {
    const of = account({ ...over, existing: 'all' });
    world.put('INBOX', mail('a'));
    const first = await poll({}, of);
    expect(ids(first)).toEqual(['a']);
    const error = await failure(poll(first.cursor, of));
    expect([error.code, error.retry]).toEqual(['folder_missing', 'soon']);
    const next = poll(first.cursor, of);
    await connectionIdles();
    world.put('INBOX', mail('b'));
    expect(ids(await next)).toEqual(['b']);
    expect(world.connections).toBe(1);
  });

  it('is not so much as connected to where the guard of addresses forbids it', async () => {
    const guarded = createEmailAdapter({
      agentFor: () => new ForbiddingAgent(),
      mailboxes: { parse: parseEmail, times: patient },
    });
    const error = await failure(poll({}, account(), guarded));
    guarded.close();
    expect([error.code, error.retry, world.connections]).toEqual(['address_refused', 'after-reconnect', 0]);
  });

  it('gives no password to a server in clear that is not this machine', async () => {
    const error = await failure(poll({}, account({ host: '0.0.0.0' })));
    expect([error.code, error.retry]).toEqual(['insecure', 'after-reconnect']);
  });
});

describe('a server of few talents', () => {
  it('is read without IDLE, MOVE and UIDPLUS, and other people’s deleted mail is not cleared away', async () => {
    const plain = await startMailboxServer({ isPlain: true, folders: ['Done'] });
    const poor = createEmailAdapter({ mailboxes: { parse: parseEmail, times: { ...patient, sweepMs: 50 } } });
    try {
      const of = account({ port: plain.port, afterImport: 'move', moveTo: 'Done' });
      plain.put('INBOX', mail('theirs'), { flags: ['\\Deleted'] });
      plain.put('INBOX', mail('a'));
      const first = await poll({}, of, poor);
      expect(ids(first)).toEqual(['a']);
      const second = await poll(first.cursor, of, poor);
      expect(plain.mails('INBOX').map(({ flags }) => flags)).toEqual([['\\Deleted'], ['\\Deleted']]);
      expect(plain.mails('Done')).toHaveLength(1);
      plain.put('INBOX', mail('b'), { silent: true });
      expect(ids(await pollUntilNews(second.cursor, of, poor))).toEqual(['b']);
    } finally {
      poor.close();
      await plain.close();
    }
  });
});

/** Refuses every address, as the hub's guard does with private ones. */
class ForbiddingAgent extends Agent {
  override createConnection(): Socket {
    const socket = new Socket();
    process.nextTick(() => socket.destroy(Object.assign(new Error('no'), { code: 'address_refused' })));
    return socket;
  }
}

async function pollUntilNews(cursor: unknown, of = account(), by = adapter): Promise<Polled> {
  for (let looks = 0; looks < 5; looks++) {
    const polled = await poll(cursor, of, by);
    if (polled.events.length > 0) {
      return polled;
    }
    ({ cursor } = polled);
  }
  throw new Error('no news came');
}

/** Until what the poll does before it waits has gone over the line and back. */
async function connectionIdles(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
