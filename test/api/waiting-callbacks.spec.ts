import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CallbackView, Page, QueuePositionFrame, VisitorStanding } from '#contract';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { VisitorPlaces } from '../../apps/hub/src/live/visitor-places.service.js';
import { QueuePaces } from '../../apps/hub/src/waiting/queue-paces.service.js';
import { WaitingQueues } from '../../apps/hub/src/waiting/waiting-queues.service.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { beginChat, said, seen, told, type BotChat } from '../support/bot-chat.js';
import {
  bePresent,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { buildChannel, openedChat, type VisitorChat } from '../support/live-client.js';
import { until } from '../support/until.js';
import {
  automaticTo,
  callbacksOf,
  closeUntilTomorrow,
  lookAtWaiting,
  queueBehind,
  rankOf,
  waitingFor,
  type Terms,
  type WaitingWork,
} from '../support/waiting-scene.js';

let scene: ConnectedWorld;
const open: { close(): void }[] = [];
/** A queue that offers a call back to everybody who waits, by its first step. */
const offering: Terms = { callback: { isOn: true, afterMinutes: null, ways: ['call', 'sms', 'same'] } };

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

afterAll(async () => {
  open.splice(0).forEach((client) => client.close());
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene?.close();
});

/** The step of the queue that offers to call back has come for this work. */
async function fireStep({ id }: WaitingWork): Promise<void> {
  await scene.hub.database.query(
    `update queue set steps = '[{"afterSecs": 1, "do": "callback"}]' where id = (select queue_id from work_item where id = $1)`,
    [id],
  );
  await scene.hub.database.query('update work_item set step = 1, next_step_at = null where id = $1', [id]);
  scene.hub.app.get(WaitingQueues).forget();
}

const buttonsOf = (chat: number) =>
  scene.world.bot.receivedBy(chat).findLast(({ buttons }) => (buttons ?? []).length > 0);

/** The button of our last message whose id begins so, as something to press now or later. */
async function buttonFor({ chat, name }: BotChat, wish: string): Promise<() => void> {
  const offer = await until(
    () => Promise.resolve(buttonsOf(chat)),
    (found) => found?.buttons?.some(({ data }) => data.startsWith(`callback:${wish}:`)) === true,
  );
  const button = offer?.buttons?.find(({ data }) => data.startsWith(`callback:${wish}:`));
  return () => scene.world.bot.customer(chat, name).press(button?.data ?? '', offer?.messageId ?? 0);
}

async function press(chat: BotChat, wish: string): Promise<void> {
  (await buttonFor(chat, wish))();
}

async function waitOnTelegram(words: string): Promise<{ chat: BotChat; work: WaitingWork }> {
  await queueBehind(scene, scene.channels.telegram, offering);
  const chat = await beginChat(scene, words);
  const work = await waitingFor(scene, words);
  await fireStep(work);
  await lookAtWaiting(scene);
  return { chat, work };
}

describe('a call back that is offered on Telegram', () => {
  it('keeps the place, is agreed by a button, seen by agents, and taken back by another one', async () => {
    const { chat, work } = await waitOnTelegram(`سلام ${uuid()}`);
    const before = await rankOf(scene, work.id);
    expect(
      (
        await until(
          () => Promise.resolve(buttonsOf(chat.chat)),
          (found) => found !== undefined,
        )
      )?.buttons,
    ).toEqual([
      { text: 'همین‌جا بنویسید', data: expect.stringMatching(/^callback:same:/) },
      { text: 'منتظر می‌مانم', data: expect.stringMatching(/^callback:no:/) },
    ]);
    await lookAtWaiting(scene);
    expect(await automaticTo(scene, chat.conversation)).toHaveLength(1);
    expect(await callbacksOf(scene, work.ticketId)).toEqual([]);

    await press(chat, 'same');
    await seen(scene, chat.conversation, (view) => said(view).length === 2);
    await lookAtWaiting(scene);
    expect(await callbacksOf(scene, work.ticketId)).toMatchObject([
      { state: 'requested', way: 'same', address: '', conversation: chat.conversation, customerName: chat.name },
    ]);
    expect(await rankOf(scene, work.id)).toEqual(before);
    expect((await automaticTo(scene, chat.conversation))[1]).toContain('همین‌جا برایتان می‌نویسیم');

    await press(chat, 'cancel');
    await seen(scene, chat.conversation, (view) => said(view).length === 3);
    await lookAtWaiting(scene);
    expect(await callbacksOf(scene, work.ticketId)).toEqual([]);
    const view = await seen(scene, chat.conversation, (now) => told(now).includes('callback.cancelled'));
    expect(told(view)).toEqual(expect.arrayContaining(['callback.requested', 'callback.cancelled']));
    await lookAtWaiting(scene);
    expect(await automaticTo(scene, chat.conversation)).toHaveLength(3);
  });

  it('is not asked for by whoever goes on waiting, nor by a button that is too late', async () => {
    const { chat, work } = await waitOnTelegram(`hello ${uuid()}`);
    const late = await buttonFor(chat, 'same');
    await press(chat, 'no');
    await seen(scene, chat.conversation, (view) => said(view).length === 2);
    await lookAtWaiting(scene);
    late();
    await seen(scene, chat.conversation, (view) => said(view).length === 3);
    await lookAtWaiting(scene);
    expect(await callbacksOf(scene, work.ticketId)).toEqual([]);
    expect(await automaticTo(scene, chat.conversation)).toHaveLength(1);
  });

  it('is due when an agent has the work, and done when they say so or the ticket is solved', async () => {
    const { chat, work } = await waitOnTelegram(`hello ${uuid()}`);
    await press(chat, 'same');
    await seen(scene, chat.conversation, (view) => said(view).length === 2);
    await lookAtWaiting(scene);
    const taken = await scene.admin.call(`/api/tickets/${work.ticketId}/assignment`, {
      body: { agentId: scene.sara.id, expected: null },
    });
    expect([taken.status, taken.text]).toEqual([200, expect.any(String)]);
    await lookAtWaiting(scene);
    const [due] = await callbacksOf(scene, work.ticketId);
    expect(due).toMatchObject({ state: 'due' });

    const stranger = await signedIn(scene.hub, (await buildAgent(scene.hub.database, { name: 'Elsewhere' })).id);
    expect((await stranger.call(`/api/callbacks?ticketId=${work.ticketId}`)).body).toEqual({ rows: [], next: null });
    expect((await stranger.call(`/api/callbacks/${due?.id}/done`, { method: 'POST' })).status).toBe(404);
    expect((await scene.agent.call(`/api/callbacks/${due?.id}/cancel`, { method: 'POST' })).status).toBe(403);
    const done = await scene.agent.call(`/api/callbacks/${due?.id}/done`, { method: 'POST' });
    expect([done.status, done.body]).toEqual([200, expect.objectContaining({ state: 'done', endReason: 'agent' })]);
    expect((await scene.agent.call(`/api/callbacks/${due?.id}/done`, { method: 'POST' })).status).toBe(409);
    expect(await callbacksOf(scene, work.ticketId)).toEqual([]);
  });
});

describe('the list of callbacks', () => {
  it('goes on page by page to its end, whoever asked first on top', async () => {
    for (const one of ['one', 'two', 'three']) {
      const { chat } = await waitOnTelegram(`${one} ${uuid()}`);
      await press(chat, 'same');
      await seen(scene, chat.conversation, (view) => said(view).length === 2);
      await lookAtWaiting(scene);
    }
    const page = (rest: string) => scene.admin.call<Page<CallbackView>>(`/api/callbacks?limit=${rest}`);
    const all = (await page('100')).body;
    expect([all.rows.length >= 3, all.next]).toEqual([true, null]);
    const walked: CallbackView[] = [];
    for (let before: string | null = ''; before !== null;) {
      const { body } = await page(`2${before && `&before=${before}`}`);
      walked.push(...body.rows);
      before = body.next;
    }
    expect(walked).toEqual(all.rows);
    expect(walked.map(({ requestedAt }) => requestedAt)).toEqual(
      walked.map(({ requestedAt }) => requestedAt).toSorted(),
    );
    expect((await page('2&before=nonsense')).status).toBe(422);
  });
});

describe('a long wait', () => {
  /** Everybody waits for so long, as far as the hub can say. */
  const pretend = (minutes: 5 | 10) =>
    jest
      .spyOn(scene.hub.app.get(QueuePaces, { strict: false }), 'estimate')
      .mockResolvedValue({ minutes, isMore: false });

  const limit: Terms = { tell: { telegram: 'first' }, callback: { isOn: true, afterMinutes: 5, ways: ['same'] } };

  it('is told with the place and the offer in one message, where it is longer than the queue’s limit', async () => {
    const estimate = pretend(10);
    await queueBehind(scene, scene.channels.telegram, limit);
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const work = await waitingFor(scene, words);
    await lookAtWaiting(scene);
    await lookAtWaiting(scene);
    estimate.mockRestore();
    expect(await automaticTo(scene, work.conversationId)).toEqual([
      'We have your message. You are number 1 in line. The wait is about 10 min.\n' +
        'It takes longer than usual. Shall we come back to you? You keep your place in line.',
    ]);
    await buttonFor(chat, 'same');
  });

  it('is not one up to the limit', async () => {
    const estimate = pretend(5);
    await queueBehind(scene, scene.channels.telegram, limit);
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const work = await waitingFor(scene, words);
    await lookAtWaiting(scene);
    estimate.mockRestore();
    const [told] = await automaticTo(scene, work.conversationId);
    expect(told).toContain('The wait is about 5 min.');
    await until(
      () => Promise.resolve(scene.world.bot.receivedBy(chat.chat)),
      (received) => received.length === 1,
    );
    expect(buttonsOf(chat.chat)).toBeUndefined();
  });
});

describe('a call back that is offered by SMS', () => {
  it('is not chosen by a digit that answers somebody of us', async () => {
    await queueBehind(scene, scene.channels.gateway, offering, [scene.sara.id]);
    const national = '09125559002';
    const words = `سلام ${uuid()}`;
    await scene.world.gateway.sms({ from: national, text: words });
    const work = await waitingFor(scene, words);
    await fireStep(work);
    await lookAtWaiting(scene);
    await replyBy(scene.agent, work.conversationId, 'sms', 'How many do you want?', {
      channelId: scene.channels.gateway,
    });
    await scene.world.gateway.sms({ from: national, text: '1' });
    await until(
      async () =>
        (await openConversation(scene.admin, work.conversationId)).messages.filter(
          ({ direction }) => direction === 'in',
        ),
      (messages) => messages.length === 2,
    );
    await lookAtWaiting(scene);
    expect(await callbacksOf(scene, work.ticketId)).toEqual([]);
  });

  it('is chosen by a digit of any script, at the number that they write from', async () => {
    // Nothing is offered for a long wait here; the step does it alone.
    await queueBehind(scene, scene.channels.gateway, {});
    const national = '09125559001';
    const words = `سلام ${uuid()}`;
    await scene.world.gateway.sms({ from: national, text: words });
    const work = await waitingFor(scene, words);
    await fireStep(work);
    await lookAtWaiting(scene);
    const received = () => scene.world.gateway.receivedBy(national).map(({ text }) => text);
    const [menu] = await until(
      () => Promise.resolve(received()),
      (texts) => texts.length > 0,
    );
    expect(menu?.split('\n').slice(1)).toEqual(['۱) با من تماس بگیرید', '۲) همین‌جا بنویسید', '۳) منتظر می‌مانم']);
    await scene.world.gateway.sms({ from: national, text: '۱' });
    await until(
      async () =>
        (await openConversation(scene.admin, work.conversationId)).messages.filter(
          ({ direction }) => direction === 'in',
        ),
      (messages) => messages.length === 2,
    );
    await lookAtWaiting(scene);
    expect(await callbacksOf(scene, work.ticketId)).toMatchObject([
      { state: 'requested', way: 'call', address: '+989125559001' },
    ]);
    expect(
      (
        await until(
          () => Promise.resolve(received()),
          (texts) => texts.length === 2,
        )
      )[1],
    ).toContain('+989125559001');
  });
});

describe('a visitor who waits in a chat', () => {
  async function come(terms: Terms): Promise<{ chat: VisitorChat; work: WaitingWork; queueId: string }> {
    const channel = await buildChannel(scene.hub, {
      kind: 'web',
      queueId: await queueBehind(scene, scene.channels.web, {}),
      config: { inside: { away: { when: 'never' } } },
    });
    const queueId = await queueBehind(scene, channel.id, terms);
    const token = scene.hub.app.get(VisitorTokens, { strict: false }).issue(channel.id);
    const chat = await openedChat(scene.hub, channel.id, token);
    open.push(chat);
    const words = `hello ${uuid()}`;
    await chat.say(words);
    return { chat, work: await waitingFor(scene, words), queueId };
  }

  async function standing(chat: VisitorChat): Promise<VisitorStanding> {
    const answer = await chat.ask<VisitorStanding>('standing', { locale: 'en' });
    if (!answer.ok) {
      throw new Error(answer.code);
    }
    return answer.value;
  }

  /** What the hub does every few seconds while somebody waits. */
  const lookAtPlaces = (): Promise<void> => scene.hub.app.get(VisitorPlaces, { strict: false }).look();

  const frames = (chat: VisitorChat) => chat.of<QueuePositionFrame>('queue.position');

  /** Somebody else in the same queue, who has waited for longer. */
  async function goAhead(queueId: string): Promise<WaitingWork> {
    const channel = await buildChannel(scene.hub, { kind: 'web', queueId });
    const token = scene.hub.app.get(VisitorTokens, { strict: false }).issue(channel.id);
    const other = await openedChat(scene.hub, channel.id, token);
    open.push(other);
    const words = `other ${uuid()}`;
    await other.say(words);
    return waitingFor(scene, words, 600);
  }

  it('hears when they move up, and when they do not wait any more, without asking', async () => {
    const { chat, work, queueId } = await come({});
    const other = await goAhead(queueId);
    expect((await standing(chat)).queue).toMatchObject({ place: 2 });
    const take = ({ ticketId }: WaitingWork) =>
      scene.admin.call(`/api/tickets/${ticketId}/assignment`, { body: { agentId: scene.sara.id, expected: null } });
    await take(other);
    await lookAtPlaces();
    await chat.until('place 1', () => frames(chat).some(({ position }) => position === 1));
    await goAhead(queueId);
    expect((await standing(chat)).queue).toMatchObject({ place: 1 });
    await take(work);
    await lookAtPlaces();
    await chat.until('no place', () => frames(chat).at(-1)?.position === null);
    expect(frames(chat).map(({ position }) => position)).toEqual([1, null]);
    expect((await standing(chat)).queue).toBeNull();
  });

  it('goes by the hours of the queue, whatever the chat says, and hears when it closes and opens', async () => {
    const { chat, queueId } = await come({});
    expect(await standing(chat)).toMatchObject({ isOpen: true, queue: { place: 1 } });
    const opensAt = await closeUntilTomorrow(scene, queueId, uuid());
    await lookAtPlaces();
    await chat.until('closed', () => frames(chat).some(({ isOpen }) => !isOpen));
    expect(await standing(chat)).toMatchObject({ isOpen: false, opensAt, queue: null });

    await scene.hub.database.query(`update queue set out_of_hours = 'route' where id = $1`, [queueId]);
    scene.hub.app.get(WaitingQueues).forget();
    await lookAtPlaces();
    await chat.until('open', () => frames(chat).at(-1)?.isOpen === true);
    expect(frames(chat).at(-1)).toMatchObject({ position: 1 });
    expect(await standing(chat)).toMatchObject({ isOpen: true, opensAt: null, queue: { place: 1 } });
  });

  it('reads when it opens in the words of the queue, where the chat has none of its own', async () => {
    const { chat, queueId } = await come({
      texts: { queued: { en: '', fa: '' }, closed: { en: 'Back {opens}, promise', fa: '' } },
    });
    const opensAt = await closeUntilTomorrow(scene, queueId, uuid());
    expect(await standing(chat)).toMatchObject({ awayWords: 'Back tomorrow at 09:00, promise', opensAt: null });
    const persian = await chat.ask<VisitorStanding>('standing', { locale: 'fa' });
    expect(persian).toMatchObject({ ok: true, value: { awayWords: '', opensAt } });
  });

  it('is told roughly how long, from how fast the queue is served, and never less than others waited lately', async () => {
    const { chat, work, queueId } = await come({});
    expect((await standing(chat)).queue).toEqual({ place: 1, minutes: null, isMore: false });
    const served = await come({});
    await scene.hub.database.query('update ticket set queue_id = $2 where id = $1', [served.work.ticketId, queueId]);
    await scene.hub.database.query('update work_item set queue_id = $2 where id = $1', [served.work.id, queueId]);
    await scene.hub.database.query('update work_item set excluded_agents = $2 where id = $1', [
      work.id,
      [scene.sara.id],
    ]);
    await scene.admin.call(`/api/tickets/${served.work.ticketId}/assignment`, {
      body: { agentId: scene.sara.id, expected: null },
    });
    await scene.hub.database.query(
      `update assignment set accepted_at = clock_timestamp() - interval '12 minutes', ended_at = clock_timestamp(), state = 'ended'
       where work_item_id = $1`,
      [served.work.id],
    );
    await scene.hub.database.query(
      `update work_item set enqueued_at = now() - $2 * interval '1 second', rank_at = now() - $2 * interval '1 second' where id = $1`,
      [served.work.id, 12 * 60 + 30],
    );
    await scene.hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [
      queueId,
      scene.sara.id,
    ]);
    await bePresent(scene);
    // What was read of the queue a moment ago is kept for as long as it may be.
    const anew = scene.hub.app.get(QueuePaces, { strict: false });
    anew.forget();
    expect((await standing(chat)).queue).toEqual({ place: 1, minutes: 5, isMore: false });
  });

  it('asks to be called, changes how, takes it back, and keeps their place', async () => {
    const { chat, work } = await come(offering);
    expect((await standing(chat)).callback).toBeNull();
    await fireStep(work);
    const before = await rankOf(scene, work.id);
    expect((await standing(chat)).callback).toEqual({ ways: ['call', 'sms'], asked: null });
    const ask = (way: string | null, phone: string) => chat.ask<object>('callback', { way, phone });
    expect(await ask('call', '')).toEqual({ ok: false, code: 'phone_missing' });
    expect(await ask('call', '12')).toEqual({ ok: false, code: 'phone_invalid' });
    expect(await ask('call', '۰۹۱۲۱۲۳۴۵۶۷')).toEqual({ ok: true, value: {} });
    const [asked] = await callbacksOf(scene, work.ticketId);
    expect(asked).toMatchObject({ state: 'requested', way: 'call', address: '+989121234567' });
    expect(await ask('sms', '09121234568')).toEqual({ ok: true, value: {} });
    expect(await callbacksOf(scene, work.ticketId)).toMatchObject([
      { id: asked?.id, way: 'sms', address: '+989121234568' },
    ]);
    expect((await standing(chat)).callback?.asked).toEqual({ way: 'sms', phone: '+989121234568' });
    expect(await rankOf(scene, work.id)).toEqual(before);
    const { ways } = await openConversation(scene.admin, work.conversationId);
    expect(ways).toContainEqual(
      expect.objectContaining({ channelKind: 'sms', address: '+989121234568', claimed: true }),
    );

    expect(await ask(null, '')).toEqual({ ok: true, value: {} });
    expect(await callbacksOf(scene, work.ticketId)).toEqual([]);
    expect((await standing(chat)).callback).toEqual({ ways: ['call', 'sms'], asked: null });
  });

  it('cannot ask where the queue offers none, or when an agent has them', async () => {
    const silent = await come({});
    const ask = (chat: VisitorChat) => chat.ask<object>('callback', { way: 'call', phone: '09121234567' });
    expect(await ask(silent.chat)).toEqual({ ok: false, code: 'not_waiting' });
    const { chat, work } = await come(offering);
    await scene.admin.call(`/api/tickets/${work.ticketId}/assignment`, {
      body: { agentId: scene.sara.id, expected: null },
    });
    expect(await ask(chat)).toEqual({ ok: false, code: 'not_waiting' });
  });

  it('is one call back for a queue, however many ask at once', async () => {
    const { chat, work } = await come(offering);
    const numbers = ['09121110001', '09121110002', '09121110003', '09121110004'];
    await Promise.all(numbers.map((phone) => chat.ask<object>('callback', { way: 'call', phone })));
    expect(await callbacksOf(scene, work.ticketId)).toHaveLength(1);
  });
});
