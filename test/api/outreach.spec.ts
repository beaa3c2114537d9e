import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, OutreachFiguresView, OutreachPreviewView, OutreachView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { finishRound } from '../../apps/hub/src/outreach/campaigns/sending/outreach-rows.query.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { beginChat, seen, told } from '../support/bot-chat.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildQueue } from '../support/live-client.js';
import {
  endings,
  inState,
  join,
  makeCrowd,
  makeOutreach,
  peopleOf,
  step,
  type Member,
} from '../support/outreach-scene.js';
import { lookAtSurveys, makeSurvey, moveTo } from '../support/survey-scene.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;

beforeAll(async () => {
  scene = await startConnectedWorld({ env: { PUBLIC_URL: 'https://peyk.test' } });
}, 60_000);

afterAll(() => scene?.close());

const sql = () => scene.hub.database;
const address = () => `${uuid()}@example.org`;
let numbers = 1_000_000;
const phone = () => `+98912${String((numbers += 1))}`;

const sentTo = (to: string) => scene.world.mail.sent.filter(({ envelope }) => envelope.to.includes(to));

describe('outreach to a segment', () => {
  it('tells everybody once who wants it and can be reached, and lists the others with the reason', async () => {
    const crowd = await makeCrowd(sql());
    const to = address();
    const gone = address();
    const left = address();
    await join(sql(), crowd, { name: 'Sara Ahmadi', email: to });
    await join(sql(), crowd, { name: 'Silent', email: address(), agrees: false });
    await join(sql(), crowd, { name: 'Nowhere' });
    await join(sql(), crowd, { name: 'Suppressed', email: gone });
    await join(sql(), crowd, { name: 'Left', email: left });
    const blocked = await join(sql(), crowd, { name: 'Blocked', email: address() });
    await join(sql(), crowd, { name: '+989121112233', email: address() });
    await sql().query(`insert into suppressed_address (id, kind, address, reason) values ($1, 'email', $2, 'bounce')`, [
      uuid(),
      gone,
    ]);
    await sql().query(`insert into mail_unsubscribe (list, address, channel_id) values ('outreach offers', $1, $2)`, [
      left,
      scene.channels.email,
    ]);
    await sql().query('update customer set blocked_at = clock_timestamp() where id = $1', [blocked.id]);
    const queueId = await buildQueue(sql());
    const outreach = await makeOutreach(scene.admin, crowd, { channelIds: [scene.channels.email], queueId });

    const preview = (await scene.admin.call<OutreachPreviewView>(`/api/outreach/${outreach.id}/preview`)).body;
    expect(preview).toMatchObject({ isCut: false, counts: { send: 1, skip: 6, wait: 0, holdOut: 0 } });
    expect(preview.rows.find(({ name }) => name === 'Sara Ahmadi')).toMatchObject({
      outcome: 'send',
      channel: { kind: 'email' },
      subject: 'News',
      text: expect.stringContaining('Hello Sara Ahmadi, look at this.'),
    });
    expect(preview.rows.find(({ name }) => name.startsWith('+98'))).toMatchObject({
      why: 'missing_variable',
      details: ['customer.name'],
    });
    expect(sentTo(to)).toEqual([]);

    await step(scene.admin, outreach.id, 'schedule');
    await inState(scene.admin, outreach.id, 'done');
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(to));
    expect(mail.text).toContain('Hello Sara Ahmadi, look at this.');
    expect(mail.text).toMatch(/https:\/\/peyk\.test\/u\/[\w-]+/u);
    expect(mail.headers['list-unsubscribe']).toMatch(/^<https:\/\/peyk\.test\/u\/[\w-]+>$/u);
    expect(await endings(scene.admin, outreach.id)).toEqual({
      'Sara Ahmadi': 'sent',
      Silent: 'skipped: no_consent',
      Nowhere: 'skipped: no_way',
      Suppressed: 'skipped: no_way',
      Left: 'skipped: opted_out',
      Blocked: 'skipped: blocked',
      '+989121112233': 'skipped: missing_variable',
    });
    expect(sentTo(to)).toHaveLength(1);

    await scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, {
      from: to,
      to: worldMailbox,
      subject: 'Re: News',
      text: 'Tell me more',
      inReplyTo: mail.messageId,
      messageId: `<${uuid()}@example.org>`,
    });
    const [row] = await until(
      () =>
        sql().query<{ queue: string; reason: string }>(
          `select t.queue_id as queue, m.ticket_reason as reason from message m join ticket t on t.id = m.ticket_id where m.body = 'Tell me more'`,
        ),
      (rows) => rows.length > 0,
    );
    expect(row).toEqual({ queue: queueId, reason: 'answers_outreach' });
    const figures = (await scene.admin.call<OutreachFiguresView>(`/api/outreach/${outreach.id}/figures`)).body;
    expect(figures).toMatchObject({
      audience: 7,
      isFrozen: true,
      sent: 1,
      skipped: 6,
      told: { people: 1, wrote: 1 },
      held: { people: 0 },
    });

    await fetch(`${scene.hub.url}${/\/u\/[\w-]+/u.exec(mail.text)?.[0] ?? ''}`, { method: 'POST' });
    const after = (await scene.admin.call<OutreachFiguresView>(`/api/outreach/${outreach.id}/figures`)).body;
    expect(after.optedOut).toBe(1);
  });

  it('goes on to the next way of a person in the same conversation where one fails', async () => {
    const crowd = await makeCrowd(sql());
    const [to, number] = [address(), phone()];
    const ali = await join(sql(), crowd, { name: 'Ali Rad', email: to, phone: number });
    const outreach = await makeOutreach(scene.admin, crowd, {
      channelIds: [scene.channels.gateway, scene.channels.email],
    });
    scene.world.gateway.faults.arm('business_error');
    await step(scene.admin, outreach.id, 'schedule');
    await inState(scene.admin, outreach.id, 'done');
    expect(sentTo(to)).toHaveLength(1);
    const { messages } = await openConversation(scene.admin, ali.conversation);
    const ours = messages.filter(({ direction }) => direction === 'out');
    expect(ours.map(({ channel, delivery }) => `${String(channel?.kind)} ${String(delivery)}`).toSorted()).toEqual([
      'email sent',
      'sms failed',
    ]);
    expect(ours[0]).toMatchObject({
      author: { kind: 'system' },
      ticketId: null,
      event: { name: 'outreach.message', outreachId: outreach.id, outreach: outreach.name },
    });
    const [person] = await peopleOf(scene.admin, outreach.id);
    expect(person).toMatchObject({ state: 'sent', failedWays: 1, channel: { kind: 'email' } });
  });

  it('holds some out for ever by a hash, gives nobody more than the cap, and leaves others for their morning', async () => {
    const crowd = await makeCrowd(sql());
    const channelIds = [scene.channels.email];
    const first = await makeOutreach(scene.admin, crowd, { channelIds, holdOutPercent: 50 });
    const people: Member[] = [];
    let held: string[] = [];
    // Some of both, whatever the hash makes of ids that are new each time.
    while (people.length < 8 || held.length === 0 || held.length === people.length) {
      people.push(await join(sql(), crowd, { email: address() }));
      const { rows } = (await scene.admin.call<OutreachPreviewView>(`/api/outreach/${first.id}/preview`)).body;
      held = rows.filter(({ outcome }) => outcome === 'hold_out').map(({ name }) => name);
    }
    await step(scene.admin, first.id, 'schedule');
    await inState(scene.admin, first.id, 'done');
    const states = await endings(scene.admin, first.id);
    expect(
      Object.keys(states)
        .filter((name) => states[name] === 'held_out')
        .toSorted(),
    ).toEqual(held.toSorted());
    expect(Object.values(states).filter((state) => state === 'sent')).toHaveLength(people.length - held.length);

    // Whoever was told today is left alone; the others wait for hours that are not now.
    const hour = new Date().getUTCHours();
    const fromMinute = hour < 12 ? 22 * 60 : 60;
    const second = await makeOutreach(scene.admin, crowd, {
      channelIds,
      hours: 'person',
      fromMinute,
      toMinute: fromMinute + 60,
    });
    await sql().query(`update customer set tz = 'UTC' where id = any ($1::uuid[])`, [people.map(({ id }) => id)]);
    await step(scene.admin, second.id, 'schedule');
    const later = await until(
      () => endings(scene.admin, second.id),
      (found) => Object.values(found).filter((state) => state !== 'waiting').length === people.length,
    );
    expect(Object.values(later).filter((state) => state === 'skipped: cap')).toHaveLength(people.length - held.length);
    expect(Object.values(later).filter((state) => state === 'waiting: quiet_hours')).toHaveLength(held.length);

    const paused = await step(scene.admin, second.id, 'pause');
    expect(paused.state).toBe('paused');
    expect((await step(scene.admin, second.id, 'resume')).state).toBe('running');
    expect((await step(scene.admin, second.id, 'stop')).state).toBe('stopped');
    expect((await scene.admin.call(`/api/outreach/${second.id}/resume`, { method: 'POST' })).status).toBe(409);
    const facts = await sql().query<{ type: string }>(
      `select type from event_log where subject_id = any ($1::uuid[]) and type like 'outreach.%' order by position`,
      [[first.id, second.id]],
    );
    expect(facts.map(({ type }) => type)).toEqual([
      'outreach.started',
      'outreach.finished',
      'outreach.started',
      'outreach.stopped',
    ]);
  });

  it('hears the button of a chat: they get no more, nobody has work of it, and the timeline says so', async () => {
    const chat = await beginChat(scene);
    const crowd = await makeCrowd(sql());
    const [person] = await sql().query<{ id: string }>(
      `update customer k set fields = jsonb_build_object('crowd', $2::text) from conversation c where c.id = $1 and k.id = c.customer_id returning k.id`,
      [chat.conversation, crowd.mark],
    );
    await sql().query(
      `update ticket set state = 'solved', solved_at = clock_timestamp(), reopen_until = clock_timestamp() - interval '1 second'
       where conversation_id = $1`,
      [chat.conversation],
    );
    const wish = { channelIds: [scene.channels.telegram], consent: 'service' as const, purpose: 'news' as const };
    const outreach = await makeOutreach(scene.admin, crowd, wish);
    const before = scene.world.bot.receivedBy(chat.chat).length;
    await step(scene.admin, outreach.id, 'schedule');
    await inState(scene.admin, outreach.id, 'done');
    const shown = scene.world.bot.receivedBy(chat.chat)[before];
    scene.world.bot.customer(chat.chat, chat.name).press(`outreach-stop:${outreach.id}`, shown?.messageId ?? 0);
    const view = await seen(scene, chat.conversation, (found) => told(found).includes('outreach.withdrawn'));
    expect(view.messages.filter(({ kind }) => kind === 'keys').map(({ ticketId }) => ticketId)).toEqual([null]);
    await until(
      () => Promise.resolve(scene.world.bot.receivedBy(chat.chat)),
      (received) => received.some(({ text }) => text === 'You will get no more of these messages.'),
    );
    const wishes = await scene.admin.call(`/api/conversations/${chat.conversation}/contact-wishes`);
    expect(wishes.body).toMatchObject({ consents: [{ purpose: 'news', state: 'withdrawn', source: 'customer' }] });

    const again = await makeOutreach(scene.admin, crowd, wish);
    await step(scene.admin, again.id, 'schedule');
    await inState(scene.admin, again.id, 'done');
    expect(await peopleOf(scene.admin, again.id)).toMatchObject([{ personId: person?.id, why: 'withdrawn' }]);
    const noted = await scene.agent.call(`/api/conversations/${chat.conversation}/contact-wishes`, {
      method: 'PATCH',
      body: { preferredKind: 'telegram', consents: [{ purpose: 'news', state: 'given' }] },
    });
    expect(noted.body).toMatchObject({
      preferredKind: 'telegram',
      consents: [{ purpose: 'news', state: 'given', source: 'agent' }],
    });
  });

  it('repeats with rest for each person, and takes up again only whoever had theirs', async () => {
    const crowd = await makeCrowd(sql());
    const to = address();
    const member = await join(sql(), crowd, { email: to });
    const outreach = await makeOutreach(scene.admin, crowd, {
      channelIds: [scene.channels.email],
      repeats: 'daily',
      coolDownDays: 30,
    });
    await step(scene.admin, outreach.id, 'schedule');
    await until(
      async () => (await scene.admin.call<OutreachView>(`/api/outreach/${outreach.id}`)).body,
      ({ state, round }) => state === 'scheduled' && round === 1,
    );
    const again = async () => {
      await sql().query('update outreach set next_at = clock_timestamp() where id = $1', [outreach.id]);
      await until(
        async () => (await scene.admin.call<OutreachView>(`/api/outreach/${outreach.id}`)).body,
        ({ state, nextAt }) => state === 'scheduled' && Date.parse(nextAt ?? '') > Date.now(),
      );
    };
    await again();
    expect(sentTo(to)).toHaveLength(1);
    await sql().query(
      `update outreach_person set decided_at = decided_at - interval '31 days', sent_at = sent_at - interval '31 days' where person_id = $1`,
      [member.id],
    );
    await again();
    expect(sentTo(to)).toHaveLength(2);
    expect((await peopleOf(scene.admin, outreach.id)).map(({ round }) => round)).toEqual([1, 3]);
  }, 30_000);

  it('tells two who are merged before their turn once, and takes the last word of either for both', async () => {
    const crowd = await makeCrowd(sql());
    const one = await join(sql(), crowd, { email: address() });
    const two = await join(sql(), crowd, { email: address() });
    const hour = new Date().getUTCHours();
    const fromMinute = hour < 12 ? 22 * 60 : 60;
    const night = { hours: 'person' as const, fromMinute, toMinute: fromMinute + 60 };
    const outreach = await makeOutreach(scene.admin, crowd, { channelIds: [scene.channels.email], ...night });
    await step(scene.admin, outreach.id, 'schedule');
    await until(
      () => endings(scene.admin, outreach.id),
      (found) => Object.values(found).filter((state) => state === 'waiting: quiet_hours').length === 2,
    );
    await step(scene.admin, outreach.id, 'pause');
    const merged = await scene.admin.call(`/api/customers/${one.id}/merge`, { body: { into: two.id } });
    expect(merged.status).toBe(200);
    await sql().query(`update outreach set hours = 'any' where id = $1`, [outreach.id]);
    await sql().query('update outreach_person set due_at = clock_timestamp() where outreach_id = $1', [outreach.id]);
    await step(scene.admin, outreach.id, 'resume');
    await inState(scene.admin, outreach.id, 'done');
    expect(await endings(scene.admin, outreach.id)).toEqual({ [one.name]: 'skipped: merged', [two.name]: 'sent' });

    // The root withdrew once, and the other agreed later: the last word was yes, and a new no must count all the same.
    const day = (customer: Member, state: string, days: number) =>
      sql().query(
        `update customer_consent set state = $2, at = clock_timestamp() - make_interval(days => $3) where customer_id = $1`,
        [customer.id, state, days],
      );
    await day(two, 'withdrawn', 9);
    await day(one, 'given', 3);
    const noted = await scene.admin.call(`/api/conversations/${two.conversation}/contact-wishes`, {
      method: 'PATCH',
      body: { consents: [{ purpose: 'offers', state: 'withdrawn' }] },
    });
    expect(noted.body).toMatchObject({ consents: [{ purpose: 'offers', state: 'withdrawn', source: 'agent' }] });
  });

  it('keeps its round where it is paused the moment before its end, and begins no other when it is resumed', async () => {
    const crowd = await makeCrowd(sql());
    const to = address();
    await join(sql(), crowd, { email: to });
    const outreach = await makeOutreach(scene.admin, crowd, { channelIds: [scene.channels.email] });
    await step(scene.admin, outreach.id, 'schedule');
    await inState(scene.admin, outreach.id, 'done');
    await sql().query(`update outreach set state = 'paused' where id = $1`, [outreach.id]);
    await sql().query('update outreach_round set finished_at = null where outreach_id = $1', [outreach.id]);
    expect(await sql().query(finishRound, [outreach.id, 1, null])).toEqual([]);
    await step(scene.admin, outreach.id, 'resume');
    expect(await inState(scene.admin, outreach.id, 'done')).toMatchObject({ round: 1 });
    expect(sentTo(to)).toHaveLength(1);
  });

  it('takes a word for a stop only where nobody wrote after it', async () => {
    const chat = await beginChat(scene);
    const crowd = await makeCrowd(sql());
    await sql().query(
      `update customer k set fields = jsonb_build_object('crowd', $2::text) from conversation c where c.id = $1 and k.id = c.customer_id`,
      [chat.conversation, crowd.mark],
    );
    const wish = { channelIds: [scene.channels.telegram], consent: 'service' as const, purpose: 'news' as const };
    const outreach = await makeOutreach(scene.admin, crowd, wish);
    await step(scene.admin, outreach.id, 'schedule');
    await inState(scene.admin, outreach.id, 'done');
    await replyBy(scene.agent, chat.conversation, 'telegram', 'Shall we send it, or cancel the order?');
    scene.world.bot.customer(chat.chat, chat.name).say('Cancel');
    const isSaid = (view: ConversationView) => view.messages.find(({ body }) => body === 'Cancel');
    const view = await seen(scene, chat.conversation, (found) => isSaid(found) !== undefined);
    expect(isSaid(view)?.ticketId).not.toBeNull();
    expect(told(view)).not.toContain('outreach.withdrawn');
  });

  it('refuses what cannot be sent, and changes nothing of what was', async () => {
    const crowd = await makeCrowd(sql());
    const draft = await makeOutreach(scene.admin, crowd, { channelIds: [] });
    const act = (id: string, what: string) => scene.admin.call(`/api/outreach/${id}/${what}`, { method: 'POST' });
    expect((await act(draft.id, 'schedule')).body).toMatchObject({ code: 'outreach_without_channel' });
    const faulty = await scene.admin.call(`/api/outreach/${draft.id}`, {
      method: 'PATCH',
      body: { texts: { en: { subject: '', body: 'Hi {{ customer.nmae }}' }, fa: { subject: '', body: '' } } },
    });
    expect(faulty.body).toMatchObject({ status: 422, field: 'texts.en.body', code: 'unknown_variable' });
    expect((await scene.agent.call('/api/outreach')).status).toBe(403);
    const stale = await scene.admin.call(`/api/outreach/${draft.id}`, {
      method: 'PATCH',
      body: { version: 7, name: 'x' },
    });
    expect(stale.body).toMatchObject({ status: 409, code: 'stale' });
    await scene.admin.call(`/api/outreach/${draft.id}`, {
      method: 'PATCH',
      body: { channelIds: [scene.channels.email], startsAt: '2090-01-01T08:00:00Z' },
    });
    await step(scene.admin, draft.id, 'schedule');
    const supervisor = await signedIn(scene.hub, (await buildAgent(sql(), { role: 'supervisor' })).id);
    const wider = { method: 'PATCH', body: { version: 1, condition: { all: [] } } };
    expect((await supervisor.call(`/api/segments/${crowd.segmentId}`, wider)).status).toBe(403);
    const late = await scene.admin.call(`/api/outreach/${draft.id}`, { method: 'PATCH', body: { holdOutPercent: 10 } });
    expect(late.body).toMatchObject({ status: 409, code: 'outreach_begun' });
    expect((await step(scene.admin, draft.id, 'withdraw')).state).toBe('draft');
    const test = (to: string) =>
      scene.admin.call(`/api/outreach/${draft.id}/test`, { body: { channelId: scene.channels.email, address: to } });
    expect((await test('nobody@example.org')).body).toMatchObject({ code: 'outreach_unknown_address' });
    const own = address();
    await join(sql(), crowd, { name: 'Own Copy', email: own });
    expect((await test(own.toUpperCase())).status).toBe(204);
    const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(own));
    expect(mail.text).toContain('[Test] Hello Own Copy');
    expect((await scene.admin.call(`/api/outreach/${draft.id}`, { method: 'DELETE' })).status).toBe(204);
  });
});

describe('a complaint that was solved', () => {
  it('is asked about days later, and other tickets are not', async () => {
    const survey = await makeSurvey(scene, { queueIds: [], tags: ['complaint'], delayMinutes: 3 * 1440, lowScore: 2 });
    const [complaint, refund, other] = await Promise.all(
      [1, 2, 3].map(async () => {
        const { conversation } = await beginChat(scene);
        return (await openConversation(scene.admin, conversation)).tickets[0]?.id ?? '';
      }),
    );
    await sql().query(`update ticket set tags = '{complaint}' where id = $1`, [complaint]);
    await sql().query(`update ticket set tags = '{complaint}', fields = '{"matter": "refund"}' where id = $1`, [
      refund,
    ]);
    const half = await scene.admin.call(`/api/surveys/${survey.id}`, { method: 'PATCH', body: { fieldKey: 'matter' } });
    expect(half.body).toMatchObject({ status: 422, field: 'fieldValues' });
    for (const ticketId of [complaint, refund, other]) {
      await moveTo(scene, ticketId ?? '', 'solved');
    }
    await lookAtSurveys(scene);
    const planned = () =>
      sql().query<{ id: string; days: number }>(
        `select a.ticket_id as id, extract(epoch from a.due_at - t.solved_at)::float8 / 86400 as days
         from survey_ask a join ticket t on t.id = a.ticket_id where a.survey_id = $1 order by a.ticket_id`,
        [survey.id],
      );
    expect(await planned()).toEqual([complaint ?? '', refund ?? ''].toSorted().map((id) => ({ id, days: 3 })));

    await sql().query('delete from survey_ask where survey_id = $1', [survey.id]);
    const both = { fieldKey: 'matter', fieldValues: ['refund', 'return'] };
    expect((await scene.admin.call(`/api/surveys/${survey.id}`, { method: 'PATCH', body: both })).body).toMatchObject(
      both,
    );
    await lookAtSurveys(scene);
    expect(await planned()).toEqual([{ id: refund, days: 3 }]);
  });
});
