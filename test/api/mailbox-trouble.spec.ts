import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelHealthView, ChannelView, ConversationView } from '#contract';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { ChannelSettings } from '../../apps/hub/src/settings/channels/channel-settings.service.js';
import { imapTimes } from '../../libs/channels/src/email/imap/imap-mailbox.js';
import { type MailboxServer, startMailboxServer } from '../../tools/stand-ins/mailbox-server.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

/** The hub's own patience is minutes long; here a look is made every half second. */
const quick = { sweepMs: 500, answerMs: 300, connectMs: 2_000, restMs: 50, longestRestMs: 200 };
const patient = { ...imapTimes };

let scene: ConnectedWorld;
let mailbox: MailboxServer;
let channel: string;

beforeAll(async () => {
  Object.assign(imapTimes, quick);
  [scene, mailbox] = await Promise.all([startConnectedWorld(), startMailboxServer()]);
  const answer = await scene.admin.call<ChannelView>('/api/channels', {
    body: {
      kind: 'email',
      name: 'Mailbox',
      config: {
        address: mailbox.user,
        fromName: 'Shop',
        verifySenders: false,
        smtp: { host: '127.0.0.1', port: scene.world.mail.port },
        imap: { host: '127.0.0.1', port: mailbox.port, secure: false },
      },
      secrets: { imapPassword: mailbox.password },
    },
  });
  channel = answer.body.id;
}, 60_000);

afterAll(async () => {
  Object.assign(imapTimes, patient);
  await scene.close();
  await mailbox.close();
});

const mail = (id: string, body = id) =>
  `From: maryam@example.com\r\nTo: ${mailbox.user}\r\nMessage-ID: <${id}@example.com>\r\nSubject: order\r\n\r\n${body}\r\n`;

interface Stored {
  id: string;
  mail: string;
  conversation: string;
}

const stored = () =>
  scene.hub.database.query<Stored>(
    `select id, split_part(substr(mail_id, 2), '@', 1) as mail, conversation_id as conversation
     from message where channel_id = $1 order by seq`,
    [channel],
  );

const arrival = (id: string) => until(stored, (rows) => rows.some((row) => row.mail === id));
const ids = (rows: Stored[]) => rows.map((row) => row.mail);

describe('a mailbox whose line goes dead without a word', () => {
  it('is opened anew, and what came meanwhile is on the timeline within a look', async () => {
    mailbox.put('INBOX', mail('before'));
    await arrival('before');
    const connections = mailbox.connections;
    mailbox.freeze();
    mailbox.put('INBOX', mail('in-the-dark'));
    expect(ids(await arrival('in-the-dark'))).toEqual(['before', 'in-the-dark']);
    expect(mailbox.connections).toBeGreaterThan(connections);
  });
});

describe('a mailbox that its server numbers anew', () => {
  it('is read again, and nothing of it is on the timeline twice', async () => {
    const known = await stored();
    mailbox.renumber('INBOX', 4_711);
    mailbox.freeze();
    mailbox.put('INBOX', mail('after-restore'));
    const rows = await arrival('after-restore');
    expect(rows.slice(0, known.length)).toEqual(known);
    expect(ids(rows)).toEqual([...ids(known), 'after-restore']);
    mailbox.put('INBOX', mail('and-on'));
    expect(ids(await arrival('and-on'))).toEqual([...ids(rows), 'and-on']);
  });
});

describe('a mail of forty megabytes in a mailbox', () => {
  it('is a message of its head, with a note in both languages why nothing more of it is shown', async () => {
    mailbox.put('INBOX', mail('heavy', `${'x'.repeat(998)}\r\n`.repeat(42_000)));
    const row = (await arrival('heavy')).at(-1) as Stored;
    const { messages } = (await scene.agent.call<ConversationView>(`/api/conversations/${row.conversation}`)).body;
    const message = messages.find(({ id }) => id === row.id);
    expect(message).toMatchObject({ subject: 'order', flags: expect.arrayContaining(['oversized']) });
    expect(message?.body).toMatch(/too large.*\n.*بزرگ‌تر/u);
    const again = await scene.admin.call(`/api/messages/${row.id}/reparse`, { method: 'POST' });
    expect([again.status, again.body]).toMatchObject([409, { code: 'mail_incomplete' }]);
    const [kept] = await scene.hub.database.query<{ flags: string[] }>(
      `select content -> 'flags' as flags from message where id = $1`,
      [row.id],
    );
    expect(kept?.flags).toContain('oversized');
    mailbox.put('INBOX', mail('light'));
    await arrival('light');
  }, 60_000);
});

describe('a secret that the provider replaced', () => {
  it('takes the place of the one that it replaced, and of none that was entered since', async () => {
    const settings = scene.hub.app.get(ChannelSettings);
    const stored = () => scene.hub.app.get(ChannelDirectory).find(channel)?.account.settings;
    await settings.keepSecrets(channel, { oauthRefreshToken: 'second' }, { oauthRefreshToken: 'another' });
    expect(stored()).not.toMatchObject({ oauthRefreshToken: 'second' });
    await scene.admin.call(`/api/channels/${channel}`, {
      method: 'PATCH',
      body: { secrets: { oauthRefreshToken: 'first' } },
    });
    await settings.keepSecrets(channel, { oauthRefreshToken: 'second' }, { oauthRefreshToken: 'first' });
    expect(stored()).toMatchObject({ oauthRefreshToken: 'second', imapPassword: mailbox.password });
    const [row] = await scene.hub.database.query('select key_id from channel where id = $1', [channel]);
    expect(row).toEqual({ key_id: '1' });
  });
});

describe('a folder that is not there', () => {
  it('keeps no mail of the others back, and is told of', async () => {
    await scene.hub.database.query(
      `update channel set config = jsonb_set(config, '{imap,folders}', '["INBOX", "Orders"]') where id = $1`,
      [channel],
    );
    const health = async () =>
      (await scene.admin.call<ChannelHealthView>(`/api/channels/${channel}/health`)).body.problem;
    expect(await until(health, (problem) => problem !== null, 20_000)).toContain('Orders');
    mailbox.put('INBOX', mail('beside-it'));
    await arrival('beside-it');
  }, 30_000);
});
