import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { QueueWaitingView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { WaitNotices } from '../../apps/hub/src/waiting/wait-notices.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { beginChat } from '../support/bot-chat.js';
import {
  bePresent,
  listRows,
  openConversation,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { until } from '../support/until.js';
import {
  automaticTo,
  closeUntilTomorrow,
  lookAtWaiting,
  queueBehind,
  rankOf,
  setTerms,
  waitingFor,
} from '../support/waiting-scene.js';

let scene: ConnectedWorld;
let count = 0;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(async () => {
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene?.close();
});

/** What the stand-in of Telegram showed a customer, once there is so much of it. */
const shown = (chat: number, least: number) =>
  until(
    () => Promise.resolve(scene.world.bot.receivedBy(chat).map(({ text }) => text)),
    (texts) => texts.length >= least,
  );

/** A national number that nobody had before, and the same as an identity. */
function newNumber(): { national: string; address: string } {
  count += 1;
  const national = `0912555${String(1000 + count)}`;
  return { national, address: `+98${national.slice(1)}` };
}

const smsTo = (national: string) => scene.world.gateway.receivedBy(national).map(({ text }) => text);

describe('somebody who waits on Telegram', () => {
  it('is told their place once, in their language, as an automatic message of the timeline', async () => {
    await queueBehind(scene, scene.channels.telegram, { tell: { telegram: 'first' } });
    const [one, two] = [await beginChat(scene, 'سلام، سفارشم نرسید'), await beginChat(scene, 'where is my order?')];
    await waitingFor(scene, 'سلام، سفارشم نرسید', 30);
    await waitingFor(scene, 'where is my order?');
    await lookAtWaiting(scene);
    expect(await shown(one.chat, 1)).toEqual([expect.stringMatching(/^پیام شما رسید\. شما نفر ۱ در صف هستید\./)]);
    expect(await shown(two.chat, 1)).toEqual([
      expect.stringMatching(/^We have your message\. You are number 2 in line\./),
    ]);
    await lookAtWaiting(scene);
    expect(await automaticTo(scene, one.conversation)).toHaveLength(1);
    const { messages } = await openConversation(scene.admin, two.conversation);
    expect(messages.find(({ direction }) => direction === 'out')).toMatchObject({
      author: { kind: 'system' },
      channel: { kind: 'telegram' },
    });
    const row = (await listRows(scene.admin, 'open')).find(({ conversation }) => conversation === two.conversation);
    expect(row).toMatchObject({ last: { body: 'where is my order?', direction: 'in' }, unread: 1 });
  });

  it('is told once, however many look at the same time', async () => {
    await queueBehind(scene, scene.channels.telegram, { tell: { telegram: 'first' } });
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    await waitingFor(scene, words);
    const notices = scene.hub.app.get(WaitNotices, { strict: false });
    await Promise.all([notices.look(), notices.look(), notices.look()]);
    expect(await automaticTo(scene, chat.conversation)).toHaveLength(1);
  });

  it('is told by itself, soon after work came that nobody took', async () => {
    await queueBehind(scene, scene.channels.telegram, { tell: { telegram: 'first' } });
    const chat = await beginChat(scene, `hello ${uuid()}`);
    expect(await shown(chat.chat, 1)).toEqual([expect.stringMatching(/number \d+ in line/)]);
  });

  it('hears of a better place where the queue says so, and of no worse one', async () => {
    await queueBehind(scene, scene.channels.telegram, { tell: { telegram: 'moves' } });
    const [ahead, chat] = [await beginChat(scene, `ahead ${uuid()}`), `me ${uuid()}`];
    const first = await waitingFor(scene, (await firstWords(ahead.conversation)) ?? '', 60);
    const me = await beginChat(scene, chat);
    const mine = await waitingFor(scene, chat);
    await lookAtWaiting(scene);
    expect(await shown(me.chat, 1)).toEqual([expect.stringContaining('number 2 in line')]);
    const assigned = await scene.admin.call(`/api/tickets/${first.ticketId}/assignment`, {
      body: { agentId: scene.sara.id, expected: null },
    });
    expect([assigned.status, assigned.text]).toEqual([200, expect.any(String)]);
    await lookAtWaiting(scene);
    expect(await automaticTo(scene, me.conversation)).toHaveLength(1);
    await scene.hub.database.query(
      `update wait_notice set told_at = told_at - interval '3 minutes' where work_item_id = $1`,
      [mine.id],
    );
    await lookAtWaiting(scene);
    expect((await shown(me.chat, 2))[1]).toBe('You are number 1 in line now.');
    const next = `next ${uuid()}`;
    await beginChat(scene, next);
    await waitingFor(scene, next, 120);
    await scene.hub.database.query(
      `update wait_notice set told_at = told_at - interval '3 minutes' where work_item_id = $1`,
      [mine.id],
    );
    await lookAtWaiting(scene);
    expect(await automaticTo(scene, me.conversation)).toHaveLength(2);
  });

  it('is told nothing by a queue that is silent', async () => {
    await queueBehind(scene, scene.channels.telegram, {});
    const silent = await beginChat(scene, `silent ${uuid()}`);
    await waitingFor(scene, (await firstWords(silent.conversation)) ?? '');
    await queueBehind(scene, scene.channels.telegram, { tell: { telegram: 'first' } });
    await lookAtWaiting(scene);
    expect(await automaticTo(scene, silent.conversation)).toEqual([]);
  });

  const firstWords = async (conversation: string): Promise<string | undefined> => {
    const [row] = await scene.hub.database.query<{ body: string }>(
      `select body from message where conversation_id = $1 and direction = 'in' order by seq limit 1`,
      [conversation],
    );
    return row?.body;
  };
});

describe('somebody who waits by SMS', () => {
  it('is told once where the queue says so, in few words, and not after they opted out', async () => {
    const queueId = await queueBehind(scene, scene.channels.gateway, {});
    const [one, gone] = [newNumber(), newNumber()];
    await scene.world.gateway.sms({ from: one.national, text: 'سلام پیامکی' });
    await scene.world.gateway.sms({ from: gone.national, text: 'سلام دوم' });
    await waitingFor(scene, 'سلام پیامکی');
    await waitingFor(scene, 'سلام دوم');
    await scene.world.gateway.sms({ from: gone.national, text: 'لغو' });
    const before = smsTo(gone.national).length;
    await setTerms(scene, queueId, { tell: { sms: 'first' } });
    await lookAtWaiting(scene);
    await until(
      () => Promise.resolve(smsTo(one.national)),
      (texts) => texts.some((text) => /^پیام شما رسید\. نفر [۱۲] در صف هستید\.$/.test(text)),
    );
    await lookAtWaiting(scene);
    expect(smsTo(one.national)).toHaveLength(1);
    const [muted] = await scene.hub.database.query(
      `select n.mute, n.told from wait_notice n join identity i on i.id = n.identity_id where i.address = $1`,
      [gone.address],
    );
    expect(muted).toEqual({ mute: 'opted_out', told: 0 });
    expect(
      smsTo(gone.national)
        .slice(before)
        .filter((text) => text.includes('نفر')),
    ).toEqual([]);
  });
});

describe('somebody who waits by e-mail', () => {
  /** Writes a mail that the server vouches for. */
  async function write(subject: string, headers: Record<string, string> = {}): Promise<string> {
    const from = `${uuid()}@example.org`;
    const mail = { from, to: worldMailbox, subject, text: subject, messageId: `<${uuid()}@example.org>`, headers };
    await scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, mail);
    await waitingFor(scene, subject);
    await scene.hub.database.query(
      `update message set content = content || '{"checks": {"spf": "pass", "dkim": "pass", "dmarc": "none", "by": "server"}}' where body = $1`,
      [subject],
    );
    return from;
  }

  it('gets one automatic mail in their thread, and robots get none', async () => {
    const queueId = await queueBehind(scene, scene.channels.email, {});
    const person = await write(`A question ${uuid()}`);
    const robot = await write(`An alarm ${uuid()}`, { 'Auto-Submitted': 'auto-generated' });
    await setTerms(scene, queueId, { tell: { email: 'first' } });
    await lookAtWaiting(scene);
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(person));
    expect(mail.text).toMatch(/(number [12] in line|نفر [۱۲] در صف)/u);
    expect(mail.headers['auto-submitted']).toMatch(/^auto-/);
    expect(mail.headers['in-reply-to']).toBeDefined();
    await lookAtWaiting(scene);
    expect(scene.world.mail.sent.filter(({ envelope }) => envelope.to.includes(person))).toHaveLength(1);
    expect(scene.world.mail.sent.filter(({ envelope }) => envelope.to.includes(robot))).toEqual([]);
  });
});

describe('a queue outside its hours', () => {
  it('tells once when it opens, in the words of the queue, and keeps the work in its place', async () => {
    await bePresent(scene);
    const queueId = await queueBehind(
      scene,
      scene.channels.telegram,
      { tell: { telegram: 'moves' }, texts: { closed: { en: '', fa: 'تا {opens} نیستیم' } } },
      [],
    );
    const calendarId = uuid();
    await closeUntilTomorrow(scene, queueId, calendarId);
    const [persian, english] = [`سلام ${uuid()}`, `hello ${uuid()}`];
    const [one, two] = [await beginChat(scene, persian), await beginChat(scene, english)];
    const work = await waitingFor(scene, persian);
    await waitingFor(scene, english);
    const before = await rankOf(scene, work.id);
    await lookAtWaiting(scene);
    expect(await shown(one.chat, 1)).toEqual(['تا فردا ساعت ۰۹:۰۰ نیستیم']);
    expect(await shown(two.chat, 1)).toEqual([
      'We have your message. We are closed just now. We are back tomorrow at 09:00. You keep your place in line.',
    ]);
    await lookAtWaiting(scene);
    expect(await automaticTo(scene, one.conversation)).toHaveLength(1);
    expect(await rankOf(scene, work.id)).toEqual(before);

    await scene.hub.database.query('update queue set calendar_id = null where id = $1', [queueId]);
    await queueBehindStays(queueId);
    await lookAtWaiting(scene);
    expect((await shown(one.chat, 2))[1]).toMatch(/نفر [۱۲] در صف/u);
  });

  /** Lets the hub read again what was changed behind its back. */
  async function queueBehindStays(queueId: string): Promise<void> {
    const terms = await scene.admin.call<QueueWaitingView>(`/api/queues/${queueId}/waiting`);
    const kept = await scene.admin.call(`/api/queues/${queueId}/waiting`, { method: 'PUT', body: terms.body });
    expect([kept.status, kept.body]).toEqual([200, terms.body]);
  }
});

describe('the settings of a queue', () => {
  const terms = {
    tell: { telegram: 'moves', sms: 'first', email: 'off' },
    callback: { isOn: true, afterMinutes: 10, ways: ['call'] },
    tellClosed: false,
    texts: { queued: { en: 'Place {place}', fa: ' نفر {place} ' }, closed: { en: '', fa: '' } },
  };

  it('are for administrators, kept as they were written, and checked', async () => {
    const queueId = await queueBehind(scene, scene.channels.web, {});
    const path = `/api/queues/${queueId}/waiting`;
    expect((await scene.agent.call(path)).status).toBe(403);
    expect((await scene.admin.call(`/api/queues/${uuid()}/waiting`)).status).toBe(404);
    expect((await scene.admin.call<QueueWaitingView>(path)).body.tell.telegram).toBe('off');
    const saved = await scene.admin.call<QueueWaitingView>(path, { method: 'PUT', body: terms });
    expect([saved.status, saved.body.texts.queued.fa]).toEqual([200, 'نفر {place}']);
    expect((await scene.admin.call<QueueWaitingView>(path)).body).toEqual(saved.body);
    const counting = { ...terms, tell: { ...terms.tell, email: 'moves' } };
    expect((await scene.admin.call(path, { method: 'PUT', body: counting })).status).toBe(422);
  });
});
