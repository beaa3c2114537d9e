import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelCheckView, ChannelHealthView, ChannelTestView, ChannelView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { type MailboxServer, startMailboxServer } from '../../tools/stand-ins/mailbox-server.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let mailbox: MailboxServer;
let channel: string;

beforeAll(async () => {
  [scene, mailbox] = await Promise.all([startConnectedWorld(), startMailboxServer()]);
  mailbox.put('INBOX', mail('first'));
  const answer = await scene.admin.call<ChannelView>('/api/channels', {
    body: {
      kind: 'email',
      name: 'Mailbox',
      config: {
        address: mailbox.user,
        fromName: 'Shop',
        verifySenders: false,
        smtp: { host: '127.0.0.1', port: scene.world.mail.port },
        imap: { host: '127.0.0.1', port: mailbox.port, secure: false, afterImport: 'seen' },
      },
      secrets: { imapPassword: mailbox.password },
    },
  });
  channel = answer.body.id;
}, 60_000);

afterAll(async () => {
  await scene.close();
  await mailbox.close();
});

function mail(id: string, over: { from?: string; to?: string; body?: string } = {}): string {
  const { from = 'maryam@example.com', to = mailbox.user, body = id } = over;
  return `From: ${from}\r\nTo: ${to}\r\nMessage-ID: <${id}@example.com>\r\nSubject: order\r\n\r\n${body}\r\n`;
}

const stored = () =>
  scene.hub.database.query<{ mail_id: string; body: string }>(
    'select mail_id, body from message where channel_id = $1 order by at',
    [channel],
  );

const health = async () => (await scene.admin.call<ChannelHealthView>(`/api/channels/${channel}/health`)).body;

async function cursorOf() {
  const [lease] = await scene.hub.database.query<{ cursor: { folders: Record<string, { lastUid: number }> } }>(
    'select cursor from account_lease where channel_id = $1',
    [channel],
  );
  return lease?.cursor.folders['INBOX']?.lastUid;
}

describe('a channel with a mailbox', () => {
  it('brings its mail onto the timeline, tells the mailbox only then, and keeps how far it is read', async () => {
    await until(stored, (rows) => rows.length === 1);
    mailbox.put('INBOX', mail('second'));
    const rows = await until(stored, (all) => all.length === 2);
    expect(rows.map((row) => row.mail_id)).toEqual(['<first@example.com>', '<second@example.com>']);
    await until(cursorOf, (uid) => uid === 2);
    await until(
      () => Promise.resolve(mailbox.mails('INBOX').map(({ flags }) => flags.includes('\\Seen'))),
      (seen) => seen.every(Boolean),
    );
  });

  it('does not bring back what Peyk itself sent', async () => {
    const [message] = await scene.hub.database.query<{ id: string }>(
      'select id from message where channel_id = $1 limit 1',
      [channel],
    );
    expect(message).toBeDefined();
    await scene.hub.database.query(
      `with ours as (select conversation_id, identity_id, thread_id from message where channel_id = $1 order by at limit 1)
       insert into message (id, conversation_id, channel_id, thread_id, identity_id, mail_id, direction, author, kind, body, content)
       select gen_random_uuid(), conversation_id, $1, thread_id, identity_id, '<ours@example.com>', 'out', 'system', 'text', 'hello', '{}'
       from ours`,
      [channel],
    );
    mailbox.put('Sent', mail('ours', { from: mailbox.user, to: 'maryam@example.com' }));
    mailbox.put('INBOX', mail('ours', { from: mailbox.user, to: mailbox.user }));
    mailbox.put('INBOX', mail('after'));
    const rows = await until(stored, (all) => all.some((row) => row.mail_id === '<after@example.com>'));
    expect(rows.filter((row) => row.mail_id === '<ours@example.com>')).toHaveLength(1);
  });

  it('knows its own copy under the id that a server gave it, and finds the thread of an answer to that', async () => {
    const copy = `X-Peyk-Message-ID: <ours@example.com>\r\n${mail('given', { from: mailbox.user, to: 'maryam@example.com' })}`;
    mailbox.put('Sent', copy);
    mailbox.put('INBOX', `In-Reply-To: <given@example.com>\r\n${mail('answer')}`);
    await until(stored, (all) => all.some((row) => row.mail_id === '<answer@example.com>'));
    const rows = await scene.hub.database.query<{ mail_id: string; same: boolean }>(
      `select m.mail_id, m.thread_id = o.thread_id as same from message m, message o
       where m.channel_id = $1 and o.mail_id = '<ours@example.com>' and m.mail_id in ('<given@example.com>', '<answer@example.com>')`,
      [channel],
    );
    expect(rows).toEqual([{ mail_id: '<answer@example.com>', same: true }]);
  });

  it('shows what was sent with another program as ours', async () => {
    mailbox.put('Sent', mail('by-hand', { from: mailbox.user, to: 'maryam@example.com', body: 'typed elsewhere' }));
    // Sent mail is looked at whenever something comes in, and every few minutes besides.
    mailbox.put('INBOX', mail('nudge'));
    const find = () =>
      scene.hub.database.query<{ direction: string; author: string }>(
        `select direction, author from message where channel_id = $1 and mail_id = '<by-hand@example.com>'`,
        [channel],
      );
    expect(await until(find, (rows) => rows.length > 0)).toEqual([{ direction: 'out', author: 'agent' }]);
  });

  it('keeps one of a mail that comes by the mailbox and by the mail server, whichever is first', async () => {
    const port = scene.hub.app.get(MailReceiver).port ?? 0;
    const write = (id: string) =>
      scene.world.mail.writeTo(port, { from: 'maryam@example.com', to: mailbox.user, raw: Buffer.from(mail(id)) });
    await write('server-first');
    mailbox.put('INBOX', mail('server-first'));
    mailbox.put('INBOX', mail('mailbox-first'));
    await until(stored, (rows) => rows.some((row) => row.mail_id === '<mailbox-first@example.com>'));
    await write('mailbox-first');
    mailbox.put('INBOX', mail('both-done'));
    const rows = await until(stored, (all) => all.some((row) => row.mail_id === '<both-done@example.com>'));
    expect(rows.filter((row) => row.mail_id.includes('-first')).map((row) => row.mail_id)).toEqual([
      '<server-first@example.com>',
      '<mailbox-first@example.com>',
    ]);
  });

  it('gives a mail to the channel at whose address it was delivered, a blind copy too', async () => {
    const answer = await scene.admin.call<ChannelView>('/api/channels', {
      body: {
        kind: 'email',
        name: 'Sales',
        config: {
          address: 'sales@shop.example',
          fromName: 'Sales',
          smtp: { host: '127.0.0.1', port: scene.world.mail.port },
        },
      },
    });
    const blind = `Delivered-To: Sales+x@shop.example\r\n${mail('blind', { to: 'somebody@else.example' })}`;
    mailbox.put('INBOX', blind);
    mailbox.put('INBOX', mail('to-both', { to: `sales@shop.example, ${mailbox.user}` }));
    await until(stored, (rows) => rows.some((row) => row.mail_id === '<to-both@example.com>'));
    const sales = await scene.hub.database.query<{ mail_id: string }>(
      'select mail_id from message where channel_id = $1',
      [answer.body.id],
    );
    expect(sales.map((row) => row.mail_id)).toEqual(['<blind@example.com>']);
  });

  it('is checked step by step', async () => {
    const { status, body } = await scene.admin.call<ChannelCheckView>(`/api/channels/${channel}/check`, { body: {} });
    expect(status).toBe(200);
    expect(body.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'imap.resolve ok',
      'imap.connect ok',
      'imap.tls ok',
      'imap.sign_in ok',
      'imap.folders ok',
      'smtp.resolve ok',
      'smtp.connect ok',
      'smtp.sign_in ok',
    ]);
    expect(body.ok).toBe(true);
    const folders = body.steps.find(({ step }) => step === 'imap.folders');
    expect(folders?.text).toMatch(/INBOX \(\d+\).*Sent/u);
  });

  it('sends a test message that goes on no timeline', async () => {
    const before = (await stored()).length;
    const { body } = await scene.admin.call<ChannelTestView>(`/api/channels/${channel}/test-message`, {
      body: { to: 'Admin@Example.org' },
    });
    expect(body.ok).toBe(true);
    const sent = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes('admin@example.org'));
    expect(sent.text).toContain('test message');
    expect((await stored()).length).toBe(before);
    const refused = await scene.admin.call(`/api/channels/${channel}/test-message`, { body: { to: 'nobody' } });
    expect(refused.status).toBe(422);
  });

  it('shows a green light while it works, and the reason beside a red one', async () => {
    expect(await until(health, ({ polledAt }) => polledAt !== null)).toMatchObject({
      light: 'green',
      problem: null,
      lastInAt: expect.any(String),
      waiting: 0,
    });
    await scene.admin.call(`/api/channels/${channel}`, {
      method: 'PATCH',
      body: { secrets: { imapPassword: 'wrong-pass-99' } },
    });
    const red = await until(health, ({ light }) => light === 'red');
    expect(red.problem).not.toContain('wrong-pass-99');
    const check = await scene.admin.call<ChannelCheckView>(`/api/channels/${channel}/check`, { body: {} });
    expect(check.body.steps.find(({ step }) => step === 'imap.sign_in')).toMatchObject({
      state: 'failed',
      code: 'unauthorised',
    });
    expect(check.body.steps.find(({ step }) => step === 'imap.folders')?.state).toBe('skipped');
    await scene.admin.call(`/api/channels/${channel}`, {
      method: 'PATCH',
      body: { secrets: { imapPassword: mailbox.password } },
    });
    mailbox.put('INBOX', mail('back'));
    await until(stored, (rows) => rows.some((row) => row.mail_id === '<back@example.com>'));
    await until(health, ({ light }) => light === 'green');
  }, 30_000);

  it('is tried out by administrators only', async () => {
    const calls = await Promise.all([
      scene.agent.call(`/api/channels/${channel}/check`, { body: {} }),
      scene.agent.call(`/api/channels/${channel}/test-message`, { body: { to: 'a@example.com' } }),
      scene.agent.call(`/api/channels/${channel}/health`),
    ]);
    expect(calls.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});
