import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  AuditEntryView,
  MeView,
  NoticeView,
  Page,
  ResultsView,
  ReviewView,
  SampleDetailView,
  SampleView,
  ScorecardView,
} from '#contract';
import { NoticesSweeper } from '../../apps/hub/src/notices/notices.sweeper.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { buildQueue } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { problem, put, TicketDesk, type Talk } from '../support/ticket-desk.js';

let hub: TestHub;
let desk: TicketDesk;
let lead: Caller;
let leadId: string;
let elsewhere: Caller;
let scorecard: ScorecardView;
let sample: SampleDetailView;
const solved: Talk[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  desk = await TicketDesk.open(hub);
  leadId = (await buildAgent(hub.database, { role: 'supervisor', name: 'Leyla' })).id;
  lead = await signedIn(hub, leadId);
  elsewhere = await supervisorOfAnotherQueue();
  for (const owner of [desk.people.sara, desk.people.sara, desk.people.sara, desk.people.reza]) {
    solved.push(await solvedBy(owner.id));
  }
}, 60_000);

afterAll(() => hub?.stop());

/** Their queue is another, and their role names the right. */
async function supervisorOfAnotherQueue(): Promise<Caller> {
  const { id } = await buildAgent(hub.database, { role: 'supervisor' });
  await hub.database.query(
    `with made as (insert into own_role (id, name, base, permissions, sees)
       values ($1, '{"en": "Reviewer"}', 'supervisor', '{quality.review}', 'own_queues') returning id)
     update agent set own_role_id = (select id from made) where id = $2`,
    [uuid(), id],
  );
  await buildQueue(hub.database, { members: [id] });
  return signedIn(hub, id);
}

/** A ticket that its owner has solved, by the doors that consoles use. */
async function solvedBy(agentId: string): Promise<Talk> {
  const talk = await desk.talk();
  const { asAdmin, asSara } = desk.callers;
  const body = { agentId, expected: null };
  expect((await asAdmin.call(`/api/tickets/${talk.ticketId}/assignment`, { body })).status).toBe(200);
  expect((await desk.change(asSara, talk, { state: 'solved' })).status).toBe(200);
  return talk;
}

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const wish = () => ({ name: 'This week', from: day(-2), to: day(1), perAgent: 2, seed: 'lot-1' });
const draw = (who: Caller, more: object = {}) =>
  who.call<SampleDetailView>('/api/quality/samples', { body: { ...wish(), ...more } });
const ticketsOf = ({ list }: SampleDetailView): string[] => list.map(({ ticket }) => ticket.id);

/** Five and yes everywhere, but for what is named. */
const scores = (other: Record<number, number | null> = {}) =>
  scorecard.questions.map(({ id, kind }, place) => ({
    questionId: id,
    score: place in other ? (other[place] ?? null) : kind === 'yes_no' ? 1 : 5,
  }));
const review = (who: Caller, ticketId: string, more: object = {}) =>
  who.call<ReviewView>(`/api/quality/samples/${sample.id}/reviews`, { body: { ticketId, scores: scores(), ...more } });
const ofAgent = (agentId: string): string[] =>
  sample.list.filter(({ agent }) => agent.id === agentId).map(({ ticket }) => ticket.id);

it('draws by lot what agents solved, some of each, and the same again from the same seed', async () => {
  scorecard = (await lead.call<ScorecardView>('/api/quality/scorecard')).body;
  const answer = await draw(lead);
  expect(answer.status).toBe(201);
  sample = answer.body;
  expect(sample).toMatchObject({ population: 4, tickets: 3, reviewed: 0, seed: 'lot-1', scorecard: { version: 1 } });
  expect(ofAgent(desk.people.sara.id)).toHaveLength(2);
  expect(ofAgent(desk.people.reza.id)).toEqual([solved[3]?.ticketId]);
  expect(sample.list[0]?.conversation).not.toBeNull();
  expect(ticketsOf((await draw(lead)).body)).toEqual(ticketsOf(sample));
  const larger = (await draw(lead, { perAgent: 3 })).body;
  expect(ticketsOf(larger)).toEqual(expect.arrayContaining(ticketsOf(sample)));
  expect((await draw(lead, { seed: undefined })).body.seed).not.toBe((await draw(lead, { seed: undefined })).body.seed);
  expect((await draw(lead, { agentIds: [desk.people.reza.id], channelIds: [desk.channel.id] })).body.tickets).toBe(1);
  expect(problem(await draw(lead, { channelIds: [uuid()] }))[1]).toBe('nothing_to_draw');
  expect(problem(await draw(lead, { to: day(-3) }))).toEqual([422, 'period_reversed', 'to']);
  expect(problem(await draw(lead, { from: '2026-02-30', to: '2026-02-31' }))[1]).toBe('day_invalid');
});

it('shows nothing of it to whoever lacks the right, or has other queues', async () => {
  const { asSara } = desk.callers;
  expect((await asSara.call('/api/quality/samples')).status).toBe(403);
  expect((await elsewhere.call<SampleView[]>('/api/quality/samples')).body).toEqual([]);
  expect((await elsewhere.call(`/api/quality/samples/${sample.id}`)).status).toBe(404);
  expect((await review(elsewhere, sample.list[0]?.ticket.id ?? '')).status).toBe(404);
  expect(problem(await draw(elsewhere))[1]).toBe('nothing_to_draw');
});

it('tells whoever has some of its queues of these alone: not of how many it was drawn, nor the seed that draws among all', async () => {
  const [drawn] = ticketsOf(sample);
  const theirs = (await elsewhere.call<MeView>('/api/me')).body.queueIds[0];
  const [was] = await hub.database.query<{ queue_id: string }>('select queue_id from ticket where id = $1', [drawn]);
  const move = (queue: string | undefined) =>
    hub.database.query('update ticket set queue_id = $2 where id = $1', [drawn, queue]);
  await move(theirs);
  const path = `/api/quality/samples/${sample.id}`;
  const told = [
    (await elsewhere.call<SampleView[]>('/api/quality/samples')).body.find(({ id }) => id === sample.id),
    (await elsewhere.call<SampleDetailView>(path)).body,
  ];
  expect(told.map((one) => [one?.tickets, one?.population, one?.seed])).toEqual([
    [1, null, null],
    [1, null, null],
  ]);
  expect((await lead.call<SampleDetailView>(path)).body).toMatchObject({ tickets: 3, population: 4, seed: 'lot-1' });
  await move(was?.queue_id);
});

it('keeps the scorecard of a sample, whatever becomes of the questions', async () => {
  const questions = scorecard.questions
    .slice(1)
    .map((one) => (one.id === scorecard.questions[1]?.id ? { ...one, name: { en: 'Right answer', fa: '' } } : one));
  const change = (version: number) =>
    put<ScorecardView>(lead, '/api/quality/scorecard', { version, name: { en: 'Shorter', fa: '' }, questions });
  const changed = (await change(1)).body;
  expect(changed).toMatchObject({ version: 2, name: { en: 'Shorter' } });
  expect(changed.questions.map(({ id }) => id)).toEqual(scorecard.questions.slice(1).map(({ id }) => id));
  expect(problem(await change(1))).toEqual([409, 'changed_meanwhile', 'version']);
  const { body } = await lead.call<SampleDetailView>(`/api/quality/samples/${sample.id}`);
  expect(body.scorecard).toEqual(scorecard);
  expect((await draw(lead)).body.scorecard.version).toBe(2);
});

it('takes a finished review once, of every question, and from nobody of their own work', async () => {
  const [first = '', second = ''] = ofAgent(desk.people.sara.id);
  expect(problem(await review(lead, first, { scores: scores().slice(1) }))).toEqual([422, 'invalid', 'scores']);
  expect(problem(await review(lead, first, { scores: scores({ 0: null }) }))).toEqual([422, 'invalid', 'scores']);
  await hub.database.query(`update agent set role = 'supervisor' where id = $1`, [desk.people.reza.id]);
  const [own = ''] = ofAgent(desk.people.reza.id);
  expect(problem(await review(desk.callers.asReza, own))[1]).toBe('own_work');
  // 3·1 + 4·0.5 + 2·1 + 1·1 of 10: what does not apply counts nothing.
  const given = await review(lead, first, {
    scores: scores({ 1: 3, 4: null }),
    comment: '  Look at the invoice\u0000 first. ',
  });
  expect(given.status).toBe(201);
  expect(given.body).toMatchObject({ total: 80, failed: false, comment: 'Look at the invoice first.', answer: null });
  expect((await review(desk.callers.asReza, second, { scores: scores({ 4: 0 }) })).body).toMatchObject({
    total: 0,
    failed: true,
  });
  const twice = await Promise.all([review(lead, own), review(desk.callers.asAdmin, own)]);
  expect(twice.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  const { body } = await lead.call<SampleDetailView>(`/api/quality/samples/${sample.id}`);
  expect(body).toMatchObject({ reviewed: 3, tickets: 3 });
});

it('tells the agent, who reads it and answers it once', async () => {
  const { asSara, asReza } = desk.callers;
  await hub.app.get(NoticesSweeper).sweep();
  const notices = (await asSara.call<Page<NoticeView>>('/api/me/notices')).body.rows;
  const told = notices.filter(({ kind }) => kind === 'review').map(({ about }) => about?.by?.name);
  expect(new Set(told)).toEqual(new Set(['Leyla', 'رضا کریمی']));
  expect(told).toHaveLength(2);
  const mine = (await asSara.call<ReviewView[]>('/api/quality/mine')).body;
  expect(mine).toHaveLength(2);
  const one = mine.find(({ comment }) => comment !== '') as ReviewView;
  const answer = (who: Caller) =>
    who.call(`/api/quality/mine/${one.id}/answer`, { body: { answer: 'The invoice came later.' } });
  expect((await answer(asReza)).status).toBe(404);
  expect((await answer(asSara)).status).toBe(204);
  expect(problem(await answer(asSara))[1]).toBe('review_answered');
  const { body } = await lead.call<ReviewView>(`/api/quality/reviews/${one.id}`);
  expect(body.answer?.text).toBe('The invoice came later.');
});

const byName = ({ rows }: ResultsView) =>
  rows
    .toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'en'))
    .map(({ name, reviews, average, failed }) => [name, reviews, average, failed]);

it('adds up by agent, question and week, as a file as well, for those whose queues they are', async () => {
  const ask = async (who: Caller, by: string): Promise<ResultsView> =>
    (await who.call<ResultsView>(`/api/quality/results?by=${by}&from=${day(-1)}&to=${day(1)}&calendar=jalali`)).body;
  const agents = await ask(lead, 'agent');
  expect(byName(agents)).toEqual([
    ['Sara', 2, 40, 1],
    ['رضا کریمی', 1, 100, 0],
  ]);
  expect(agents.total).toEqual({ reviews: 3, average: 60, failed: 1 });
  const questions = (await ask(lead, 'question')).rows;
  expect(questions.find(({ key }) => key === scorecard.questions[1]?.id)).toMatchObject({
    words: { en: 'Right answer' },
    reviews: 3,
    average: 83.3,
    failed: 0,
  });
  expect(questions.find(({ key }) => key === scorecard.questions[4]?.id)).toMatchObject({ reviews: 2, failed: 1 });
  const [week] = (await ask(lead, 'week')).rows;
  // A week begins on Saturday by this calendar.
  expect(new Date(week?.key ?? '').getUTCDay()).toBe(6);
  expect((await ask(elsewhere, 'agent')).total.reviews).toBe(0);
  expect((await lead.call('/api/quality/results?from=2026-02-31&to=2026-03-01')).status).toBe(422);
  const file = await lead.call(`/api/quality/results/file?by=agent&from=${day(-1)}&to=${day(1)}&locale=fa`);
  expect(file.headers.get('content-disposition')).toContain('quality-agent-');
  expect(file.text).toContain('"رضا کریمی",1,100,0');
});

it('is reopened with a reason, stays readable, and makes room for another', async () => {
  const [one] = (await desk.callers.asSara.call<ReviewView[]>('/api/quality/mine')).body.filter(({ failed }) => failed);
  const reopen = (who: Caller, reason: string) =>
    who.call<ReviewView>(`/api/quality/reviews/${one?.id ?? ''}/reopening`, { body: { reason } });
  expect((await reopen(elsewhere, 'Mine?')).status).toBe(404);
  expect((await reopen(lead, ' ')).status).toBe(422);
  expect((await reopen(lead, 'It was the wrong ticket.')).body.reopened).toMatchObject({
    reason: 'It was the wrong ticket.',
    by: { id: leadId },
  });
  expect(problem(await reopen(lead, 'Again.'))[1]).toBe('review_reopened');
  expect((await desk.callers.asSara.call<ReviewView[]>('/api/quality/mine')).body).toHaveLength(1);
  expect((await review(lead, one?.ticket.id ?? '')).body.total).toBe(100);
  const { rows } = (await desk.callers.asAdmin.call<Page<AuditEntryView>>('/api/audit?limit=100')).body;
  const acts = new Set(rows.map(({ action }) => action));
  expect(
    ['sample.drawn', 'review.given', 'review.answered', 'review.reopened'].filter((act) => !acts.has(`quality_${act}`)),
  ).toEqual([]);
  expect(acts.has('scorecard.changed')).toBe(true);
  expect(JSON.stringify(rows)).not.toContain('invoice');
});
