import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { SurveyAnswers } from '../../apps/hub/src/surveys/survey-answers.service.js';
import { planAsks } from '../../apps/hub/src/surveys/survey-plans.query.js';
import { Surveys } from '../../apps/hub/src/surveys/surveys.service.js';
import { beginChat, said, seen, told, type BotChat } from '../support/bot-chat.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildChannel, buildQueue, openedChat } from '../support/live-client.js';
import { talkWith } from '../support/sms-scene.js';
import {
  factsOf,
  lookAtSurveys,
  makeSurvey,
  moveTo,
  solve,
  surveysOf,
  surveysOnce,
  ticketOf,
  ticketsOfPerson,
} from '../support/survey-scene.js';
import { until } from '../support/until.js';
import { automaticTo, callbacksOf, lookAtWaiting, queueBehind, waitingFor } from '../support/waiting-scene.js';

let scene: ConnectedWorld;
let low: string;
const open: { close(): void }[] = [];

beforeAll(async () => {
  scene = await startConnectedWorld();
  low = await buildQueue(scene.hub.database);
}, 60_000);

/** What one test sets up asks nobody in the next. */
beforeEach(() => scene.hub.database.query('update survey set enabled = false'));

afterAll(async () => {
  open.splice(0).forEach((client) => client.close());
  expect(scene.world.bot.brokenRules).toEqual([]);
  await scene?.close();
});

const thanks = { en: 'Thank you!', fa: 'سپاس!' };
const commentPrompt = { en: 'What could we do better?', fa: 'چه چیزی را بهتر کنیم؟' };

/** A queue of its own behind a channel, with a survey for it. */
async function asking(channelId: string, wish: Partial<Parameters<typeof makeSurvey>[1]> = {}): Promise<string> {
  const queueId = await queueBehind(scene, channelId, {}, [scene.sara.id]);
  await makeSurvey(scene, { queueIds: [queueId], coolDownDays: 0, ...wish });
  return queueId;
}

const buttonsOf = (chat: number) =>
  scene.world.bot.receivedBy(chat).findLast(({ buttons }) => (buttons ?? []).length > 0);

/** The question as the phone shows it, once it is there. */
async function questionOn({ chat }: BotChat) {
  const found = await until(
    () => Promise.resolve(buttonsOf(chat)),
    (message) => message !== undefined,
  );
  return { ...found, buttons: found?.buttons ?? [], messageId: found?.messageId ?? 0 };
}

interface PressAnswer {
  text?: string;
}

/** Presses and waits for what the messenger shows. */
async function press({ chat, name }: BotChat, data: string, messageId: number): Promise<PressAnswer> {
  const answers = (): PressAnswer[] =>
    scene.world.bot.asked
      .filter(({ method }) => method === 'answerCallbackQuery')
      .map(({ call }): PressAnswer => call as PressAnswer);
  const before = answers().length;
  scene.world.bot.customer(chat, name).press(data, messageId);
  await until(
    () => Promise.resolve(answers()),
    (all) => all.length > before,
  );
  return answers()[before] ?? {};
}

describe('a survey on Telegram', () => {
  it('is asked by buttons once the ticket is solved, answered by one, thanked for and commented, and reopens nothing', async () => {
    await asking(scene.channels.telegram, { thanks, commentPrompt });
    const words = `سلام ${uuid()}`;
    const chat = await beginChat(scene, words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    const { buttons, messageId, text } = await questionOn(chat);
    expect(text).toBe('از کمکی که گرفتید چقدر راضی هستید؟');
    expect(buttons.map((button) => button.text)).toEqual(['😡 ۱', '😞 ۲', '😐 ۳', '😊 ۴', '😀 ۵']);

    expect(await press(chat, buttons[4]?.data ?? '', messageId)).not.toHaveProperty('text');
    const [answered] = await surveysOnce(scene, ticketId, ([one]) => one?.state === 'answered');
    expect(answered).toMatchObject({ score: 5, isLow: false, comment: '', followUp: null });
    const view = await seen(scene, chat.conversation, (now) => told(now).includes('survey.answered'));
    expect(view.messages.find(({ event }) => event?.name === 'survey.answered')?.event).toMatchObject({
      kind: 'csat',
      score: 5,
      isLow: false,
    });
    expect((await automaticTo(scene, chat.conversation)).at(-1)).toBe('سپاس!\nچه چیزی را بهتر کنیم؟');

    scene.world.bot.customer(chat.chat, chat.name).say('همه چیز عالی بود');
    await surveysOnce(scene, ticketId, ([one]) => one?.comment === 'همه چیز عالی بود');
    // What comes next is work again.
    await seen(scene, chat.conversation, (now) => said(now).length === 3);
    expect(await ticketsOfPerson(scene, chat.conversation)).toMatchObject([{ id: ticketId, state: 'solved' }]);
    expect(await factsOf(scene, ticketId)).toEqual(['survey.asked', 'survey.answered', 'survey.commented']);
    const next = `یک کار تازه ${uuid()}`;
    scene.world.bot.customer(chat.chat, chat.name).say(next);
    expect(await ticketOf(scene, next)).toBe(ticketId);
    expect(await ticketsOfPerson(scene, chat.conversation)).toMatchObject([{ state: 'open' }]);
  });

  it('asks once a cycle, again after the next one, and explains a button that is too late', async () => {
    await asking(scene.channels.telegram);
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    const first = await questionOn(chat);
    await lookAtSurveys(scene);
    await scene.hub.database.query(
      `update survey_ask set expires_at = clock_timestamp() - interval '1 second' where ticket_id = $1`,
      [ticketId],
    );
    await lookAtSurveys(scene);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'expired' }]);
    const late = await press(chat, first.buttons[0]?.data ?? '', first.messageId);
    expect(late.text).toBe('This question is closed. Thank you all the same.');
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'expired', score: null }]);
    expect(await ticketsOfPerson(scene, chat.conversation)).toMatchObject([{ state: 'solved' }]);

    await moveTo(scene, ticketId, 'open');
    await solve(scene, ticketId);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'asked' }, { state: 'expired' }]);
    expect(await automaticTo(scene, chat.conversation)).toHaveLength(2);
  });

  it('has in its buttons the id that is kept, also where it was planned while it was being asked', async () => {
    await asking(scene.channels.telegram, { askOn: 'command' });
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    const [survey] = await scene.hub.database.query<{ id: string }>('select id from survey where enabled');
    const { database } = scene.hub;
    await database.transaction(async (tx) => {
      const surveys = scene.hub.app.get(Surveys, { strict: false });
      const query = tx.query.bind(tx);
      let isPlanned = false;
      const between = Object.assign(Object.create(tx) as typeof tx, {
        query: async (statement: Parameters<typeof query>[0], values?: Parameters<typeof query>[1]) => {
          if (!isPlanned && typeof statement === 'object' && statement.name === 'survey-asked') {
            isPlanned = true;
            await database.query(planAsks, [JSON.stringify([{ id: uuid(), ticketId, surveyId: survey?.id }])]);
          }
          return query(statement, values);
        },
      });
      await surveys.ask(between, { ticketId, surveyId: survey?.id ?? '', by: null });
      expect(isPlanned).toBe(true);
    });
    const { buttons, messageId } = await questionOn(chat);
    await press(chat, buttons[3]?.data ?? '', messageId);
    await surveysOnce(scene, ticketId, ([one]) => one?.score === 4);
  });

  it('keeps the later score when the message of an earlier one is delivered again', async () => {
    await asking(scene.channels.telegram);
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    const { buttons, messageId } = await questionOn(chat);
    await press(chat, buttons[0]?.data ?? '', messageId);
    const [earlier] = await scene.hub.database.query<
      Record<'channelId' | 'kind' | 'address' | 'eventId' | 'askId', string>
    >(
      `select m.channel_id as "channelId", i.kind, i.address, m.external_id as "eventId", a.id as "askId"
       from survey_ask a join identity i on i.id = a.identity_id
       join message m on m.conversation_id = a.conversation_id and m.channel_id = a.channel_id and m.direction = 'in' and m.seq > a.asked_seq
       where a.ticket_id = $1`,
      [ticketId],
    );
    await press(chat, buttons[4]?.data ?? '', messageId);
    await surveysOnce(scene, ticketId, ([one]) => one?.score === 5);
    expect(earlier?.eventId).toBeTruthy();
    const { channelId, kind, address, eventId, askId } = earlier as NonNullable<typeof earlier>;
    const answers = scene.hub.app.get(SurveyAnswers, { strict: false });
    const place = { channelId, from: { kind, address } as Parameters<typeof answers.hearChoice>[0]['from'], eventId };
    expect(await answers.hearChoice(place, { askId, score: 1 })).toBeNull();
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ score: 5 }]);
  });

  it('needs a name, and takes nothing where something must be as not said', async () => {
    const nameless = await scene.admin.call('/api/surveys', { body: { kind: 'csat' } });
    expect(nameless.status).toBe(422);
    const { id, name } = await makeSurvey(scene, { queueIds: [] });
    const nothing = { name: null, enabled: null, queueIds: null, question: null, delayMinutes: null, lowScore: null };
    const changed = await scene.admin.call(`/api/surveys/${id}`, { method: 'PATCH', body: nothing });
    expect(changed).toMatchObject({ status: 200, body: { name, enabled: true, queueIds: [], delayMinutes: 0 } });
  });

  it('is looked after in the queue that took over the one that did so', async () => {
    const gone = await buildQueue(scene.hub.database);
    await asking(scene.channels.telegram, { lowScore: 2, followUpQueueId: gone });
    await scene.hub.database.query('update queue set moved_to = $2, retired_at = clock_timestamp() where id = $1', [
      gone,
      low,
    ]);
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    const { buttons, messageId } = await questionOn(chat);
    await press(chat, buttons[0]?.data ?? '', messageId);
    await surveysOnce(scene, ticketId, ([one]) => one?.followUp !== null);
    expect((await ticketsOfPerson(scene, chat.conversation))[1]).toMatchObject({ queue_id: low });
  });

  it('is not asked about a ticket that was taken up again before', async () => {
    await asking(scene.channels.telegram, { delayMinutes: 60 });
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'due' }]);
    const again = `not yet ${uuid()}`;
    scene.world.bot.customer(chat.chat, chat.name).say(again);
    await ticketOf(scene, again);
    await lookAtSurveys(scene);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'cancelled', why: 'reopened' }]);

    await solve(scene, ticketId);
    await scene.hub.database.query(
      `update survey_ask set due_at = clock_timestamp() - interval '1 second' where ticket_id = $1 and state = 'due'`,
      [ticketId],
    );
    await lookAtSurveys(scene);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'asked' }, { state: 'cancelled' }]);
  });

  it('opens one ticket for a low score in the queue that looks after it, linked both ways', async () => {
    await asking(scene.channels.telegram, { lowScore: 2, followUpQueueId: low, commentPrompt });
    const words = `hello ${uuid()}`;
    const chat = await beginChat(scene, words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    const { buttons, messageId } = await questionOn(chat);
    const [lowest = '', low2 = ''] = buttons.map(({ data }) => data);
    await press(chat, low2, messageId);
    const [answered] = await surveysOnce(scene, ticketId, ([one]) => one?.followUp !== null);
    expect(answered).toMatchObject({ score: 2, isLow: true });
    const followUpId = answered?.followUp?.id ?? '';
    await press(chat, lowest, messageId);
    await surveysOnce(scene, ticketId, ([one]) => one?.score === 1);
    const tickets = await ticketsOfPerson(scene, chat.conversation);
    expect(tickets).toHaveLength(2);
    expect(tickets[1]).toMatchObject({
      id: followUpId,
      queue_id: low,
      follows_id: ticketId,
      subject: expect.stringContaining('Low score: 2 of 5'),
    });
    expect(await surveysOf(scene, followUpId)).toMatchObject([{ ticket: { id: ticketId }, score: 1, isLow: true }]);
    scene.world.bot.customer(chat.chat, chat.name).say('nobody listened to me');
    await surveysOnce(scene, ticketId, ([one]) => one?.comment === 'nobody listened to me');

    // Whoever looks after it is not asked about in turn.
    await solve(scene, followUpId);
    expect(await surveysOf(scene, followUpId)).toHaveLength(1);
  });

  it('leaves a customer in peace who was asked lately, whatever the ticket', async () => {
    await asking(scene.channels.telegram, { coolDownDays: 30 });
    const [one, two] = [`hello ${uuid()}`, `again ${uuid()}`];
    const chat = await beginChat(scene, one);
    await solve(scene, await ticketOf(scene, one));
    await questionOn(chat);
    // The same matter again is the same ticket; the reopen window is over, so this is another one.
    await scene.hub.database.query(
      `update ticket set reopen_until = clock_timestamp() - interval '1 second' where id = $1`,
      [await ticketOf(scene, one)],
    );
    scene.world.bot.customer(chat.chat, chat.name).say(two);
    const second = await ticketOf(scene, two);
    expect(second).not.toBe(await ticketOf(scene, one));
    await solve(scene, second);
    expect(await surveysOf(scene, second)).toMatchObject([{ state: 'skipped', why: 'cool_down' }]);
    expect(await automaticTo(scene, chat.conversation)).toHaveLength(1);
  });
});

describe('a survey by SMS', () => {
  let phones = 0;
  const newPhone = (): string => `0912777${String(++phones).padStart(4, '0')}`;

  async function solvedBySms(words: string, phone: string): Promise<{ ticketId: string; conversation: string }> {
    await scene.world.gateway.sms({ from: phone, text: words });
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    const { id } = await talkWith(scene, `+98${phone.slice(1)}`);
    return { ticketId, conversation: id };
  }

  const inbound = (conversation: string, count: number) =>
    until(
      async () => said(await openConversation(scene.admin, conversation)),
      (messages) => messages.length === count,
    );

  it('is answered by a bare digit of any script, which reopens nothing, and may be changed for some minutes', async () => {
    await asking(scene.channels.gateway, { kind: 'nps', thanks: { en: '', fa: 'سپاس!' } });
    const phone = newPhone();
    const { ticketId, conversation } = await solvedBySms(`سلام ${uuid()}`, phone);
    expect(await automaticTo(scene, conversation)).toEqual([
      'چقدر احتمال دارد ما را به دوست یا همکارتان پیشنهاد کنید؟\nعددی از ۰ (به هیچ وجه) تا ۱۰ (حتماً) بفرستید.',
    ]);
    await scene.world.gateway.sms({ from: phone, text: '۱۰' });
    await inbound(conversation, 2);
    expect(await surveysOnce(scene, ticketId, ([one]) => one?.state === 'answered')).toMatchObject([{ score: 10 }]);
    await scene.world.gateway.sms({ from: phone, text: '٨', id: 'eight' });
    expect(await surveysOnce(scene, ticketId, ([one]) => one?.score === 8)).toMatchObject([{ state: 'answered' }]);
    await scene.world.gateway.sms({ from: phone, text: '9' });
    await surveysOnce(scene, ticketId, ([one]) => one?.score === 9);
    // A provider that repeats itself says nothing new.
    await scene.world.gateway.sms({ from: phone, text: '٨', id: 'eight' });
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ score: 9 }]);
    expect(await ticketsOfPerson(scene, conversation)).toMatchObject([{ id: ticketId, state: 'solved' }]);
    // The answers stand with what they are about, for those who may read that.
    expect((await inbound(conversation, 4)).map((one) => one.ticketId)).toEqual([
      ticketId,
      ticketId,
      ticketId,
      ticketId,
    ]);

    await scene.hub.database.query(
      `update survey_ask set answered_at = answered_at - interval '16 minutes' where ticket_id = $1`,
      [ticketId],
    );
    await scene.world.gateway.sms({ from: phone, text: '3' });
    await inbound(conversation, 5);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ score: 9 }]);
    expect(await ticketsOfPerson(scene, conversation)).toMatchObject([{ id: ticketId, state: 'open' }]);
  });

  it('takes no digit that is meant for somebody of us, none outside the scale, and nothing that says more', async () => {
    await asking(scene.channels.gateway);
    for (const [text, reply] of [
      ['6', null],
      ['5 stars, but I have a question', null],
      ['2', 'How many do you want?'],
    ] as const) {
      const phone = newPhone();
      const { ticketId, conversation } = await solvedBySms(`hello ${uuid()}`, phone);
      if (reply !== null) {
        await replyBy(scene.agent, conversation, 'sms', reply, { channelId: scene.channels.gateway });
      }
      await scene.world.gateway.sms({ from: phone, text });
      await inbound(conversation, 2);
      expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'asked', score: null }]);
      expect((await ticketsOfPerson(scene, conversation)).at(-1)).toMatchObject({ state: 'open' });
    }
  });

  it('never asks who asked for no more messages, who is blocked, or what was marked as spam', async () => {
    await asking(scene.channels.gateway);
    const [stopped, blocked, spam] = [newPhone(), newPhone(), newPhone()];
    const words = [stopped, blocked, spam].map((phone) => ({ phone, text: `hello ${uuid()}` }));
    for (const { phone, text } of words) {
      await scene.world.gateway.sms({ from: phone, text });
    }
    const [one, two, three] = await Promise.all(words.map(({ text }) => ticketOf(scene, text)));
    await scene.world.gateway.sms({ from: stopped, text: 'STOP' });
    const person = await talkWith(scene, `+98${blocked.slice(1)}`);
    await scene.hub.database.query('update customer set blocked_at = clock_timestamp() where id = $1', [
      person.customer.id,
    ]);
    await scene.hub.database.query('update ticket set spam_at = clock_timestamp() where id = $1', [three]);
    for (const ticket of [one, two, three]) {
      await solve(scene, ticket ?? '');
    }
    expect(await surveysOf(scene, one ?? '')).toMatchObject([{ state: 'skipped', why: 'opted_out' }]);
    expect(await surveysOf(scene, two ?? '')).toMatchObject([{ state: 'skipped', why: 'no_way' }]);
    expect(await surveysOf(scene, three ?? '')).toMatchObject([{ state: 'skipped', why: 'no_way' }]);
    expect(scene.world.gateway.receivedBy(blocked)).toEqual([]);
    expect(scene.world.gateway.receivedBy(spam)).toEqual([]);
  });

  it('keeps its digits apart from a call back that was offered before', async () => {
    await asking(scene.channels.gateway, { delayMinutes: 60 });
    const phone = newPhone();
    const { ticketId } = await solvedBySms(`first ${uuid()}`, phone);
    await scene.hub.database.query('update ticket set reopen_until = clock_timestamp() where id = $1', [ticketId]);
    await queueBehind(scene, scene.channels.gateway, {
      callback: { isOn: true, afterMinutes: null, ways: ['call', 'same'] },
    });
    const words = `second ${uuid()}`;
    await scene.world.gateway.sms({ from: phone, text: words });
    const work = await waitingFor(scene, words);
    await scene.hub.database.query(
      `update queue set steps = '[{"afterSecs": 1, "do": "callback"}]' where id = (select queue_id from work_item where id = $1)`,
      [work.id],
    );
    await scene.hub.database.query('update work_item set step = 1, next_step_at = null where id = $1', [work.id]);
    await lookAtWaiting(scene);
    await scene.hub.database.query(
      `update survey_ask set due_at = clock_timestamp() - interval '1 second' where ticket_id = $1`,
      [ticketId],
    );
    await lookAtSurveys(scene);
    expect(await automaticTo(scene, work.conversationId)).toHaveLength(2);
    await scene.world.gateway.sms({ from: phone, text: '1' });
    await surveysOnce(scene, ticketId, ([one]) => one?.score === 1);
    await lookAtWaiting(scene);
    expect(await callbacksOf(scene, work.ticketId)).toEqual([]);
    expect((await inbound(work.conversationId, 3)).at(-1)?.ticketId).toBe(ticketId);
  });
});

describe('a survey in a web chat', () => {
  it('is asked by the choices of the chat and answered by one, the words behind it are the comment', async () => {
    const queueId = await buildQueue(scene.hub.database, { members: [scene.sara.id] });
    const channel = await buildChannel(scene.hub, { kind: 'web', queueId });
    await makeSurvey(scene, { queueIds: [queueId], kind: 'ces', commentPrompt });
    const token = scene.hub.app.get(VisitorTokens, { strict: false }).issue(channel.id);
    const chat = await openedChat(scene.hub, channel.id, token);
    open.push(chat);
    const words = `hello ${uuid()}`;
    await chat.say(words);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    await chat.until('the question', () => chat.messages().some(({ choices }) => choices?.length === 7));
    const question = chat.messages().find(({ choices }) => choices?.length === 7);
    expect(question?.body).toContain('1: very hard · 7: very easy');
    const choice = question?.choices?.[6];
    expect(choice?.label).toBe('7');
    const answer = await chat.ask('say', {
      id: uuid(),
      body: choice?.label,
      choice: { id: choice?.id, of: question?.id },
    });
    expect(answer).toMatchObject({ ok: true });
    await surveysOnce(scene, ticketId, ([one]) => one?.score === 7);
    await chat.until('the prompt', () => chat.messages().some(({ body }) => body === commentPrompt.en));
    await chat.say('quick and kind');
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ comment: 'quick and kind' }]);
    const [{ state } = { state: '' }] = await scene.hub.database.query<{ state: string }>(
      'select state from ticket where id = $1',
      [ticketId],
    );
    expect(state).toBe('solved');

    // A question is work, also where words are awaited.
    await scene.hub.database.query(
      `update survey_ask set comment_until = clock_timestamp() + interval '5 minutes' where ticket_id = $1`,
      [ticketId],
    );
    await chat.say('But what about my refund?');
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ comment: 'quick and kind' }]);
    expect(await ticketOf(scene, 'But what about my refund?')).toBe(ticketId);
  });

  it('takes no score of somebody else’s question', async () => {
    const queueId = await buildQueue(scene.hub.database);
    const channel = await buildChannel(scene.hub, { kind: 'web', queueId });
    await makeSurvey(scene, { queueIds: [queueId] });
    const tokens = scene.hub.app.get(VisitorTokens, { strict: false });
    const [mine, other] = [
      await openedChat(scene.hub, channel.id, tokens.issue(channel.id)),
      await openedChat(scene.hub, channel.id, tokens.issue(channel.id)),
    ];
    open.push(mine, other);
    const words = `hello ${uuid()}`;
    await mine.say(words);
    await other.say(`hello ${uuid()}`);
    const ticketId = await ticketOf(scene, words);
    await solve(scene, ticketId);
    await mine.until('the question', () => mine.messages().some(({ choices }) => choices !== undefined));
    const question = mine.messages().find(({ choices }) => choices !== undefined);
    await other.ask('say', { id: uuid(), body: '1', choice: { id: question?.choices?.[0]?.id, of: question?.id } });
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'asked', score: null }]);
    // A score that the scale does not have, for their own question, is kept as what was said and counts for nothing.
    const forged = { id: question?.choices?.[0]?.id.replace(':1:', ':99:'), of: question?.id };
    expect(await mine.ask('say', { id: uuid(), body: '99', choice: forged })).toMatchObject({ ok: true });
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'asked', score: null }]);
  });
});
