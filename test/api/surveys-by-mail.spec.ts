import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { Page, SurveyAnswerView, SurveySummaryView, SurveyView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox, worldPublicUrl } from '../../tools/stand-ins/world.js';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { buildQueue } from '../support/live-client.js';
import {
  lookAtSurveys,
  makeSurvey,
  solve,
  surveysOf,
  surveysOnce,
  ticketOf,
  ticketsOfPerson,
} from '../support/survey-scene.js';
import { queueBehind } from '../support/waiting-scene.js';

let scene: ConnectedWorld;
let queueId: string;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);

/** What one test sets up asks nobody in the next. */
beforeEach(async () => {
  await scene.hub.database.query('update survey set enabled = false');
  queueId = await queueBehind(scene, scene.channels.email, {}, [scene.sara.id]);
});

afterAll(() => scene?.close());

/** A mail that the server vouches for. */
async function write(
  subject: string,
  headers: Record<string, string> = {},
): Promise<{ from: string; ticketId: string }> {
  const from = `${uuid()}@example.org`;
  const mail = { from, to: worldMailbox, subject, text: subject, messageId: `<${uuid()}@example.org>`, headers };
  await scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, mail);
  const ticketId = await ticketOf(scene, subject);
  await scene.hub.database.query(
    `update message set content = content || '{"checks": {"spf": "pass", "dkim": "pass", "dmarc": "none", "by": "server"}}' where body = $1`,
    [subject],
  );
  return { from, ticketId };
}

/** Somebody who was asked by mail: the paths of its links, the lowest score first. */
async function asked(
  wish: Partial<SurveyView> = {},
): Promise<{ from: string; ticketId: string; links: string[]; text: string }> {
  await makeSurvey(scene, { queueIds: [queueId], coolDownDays: 0, ...wish });
  const { from, ticketId } = await write(`A question ${uuid()}`);
  await solve(scene, ticketId);
  const { text } = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(from));
  const links = [...text.matchAll(/http:\/\/peyk\.test(\/s\/[\w-]+)/gu)].map(([, path]) => path ?? '');
  return { from, ticketId, links, text };
}

interface Shown {
  status: number;
  text: string;
  headers: Headers;
}

async function visit(path: string, form?: Record<string, string>): Promise<Shown> {
  const response = await fetch(scene.hub.url + path, {
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

describe('a survey by mail', () => {
  it('has a link for each score; following one changes nothing, its button answers, and a comment comes along', async () => {
    const { from, ticketId, links, text } = await asked({ thanks: { en: 'Thank you, dear customer!', fa: '' } });
    expect(links).toHaveLength(5);
    expect(new Set(links).size).toBe(5);
    expect(text).toContain(`${worldPublicUrl}/u/`);
    // Whoever checks mails for viruses follows them all.
    for (const link of links) {
      const { status, text: page } = await visit(link);
      expect([status, page.includes('How satisfied are you')]).toEqual([200, true]);
    }
    expect((await fetch(scene.hub.url + (links[0] ?? ''), { method: 'HEAD' })).status).toBe(200);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'asked', score: null }]);

    const shown = await visit(links[3] ?? '');
    expect(shown.text).toMatch(/value="4" checked/u);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(shown.headers.get('cache-control')).toBe('no-store');
    const answered = await visit(links[3] ?? '', { score: '4', comment: '  سریع بود <b>  ' });
    expect([answered.status, answered.text.includes('Thank you, dear customer!')]).toEqual([200, true]);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ state: 'answered', score: 4, comment: 'سریع بود <b>' }]);
    const [conversation] = await scene.hub.database.query<{ id: string }>(
      'select conversation_id as id from ticket where id = $1',
      [ticketId],
    );
    expect(await ticketsOfPerson(scene, conversation?.id ?? '')).toMatchObject([{ state: 'solved' }]);
    expect(scene.world.mail.sent.filter(({ envelope }) => envelope.to.includes(from))).toHaveLength(1);
  });

  it('may be changed for some minutes, sent again it is one answer, and then its links are used', async () => {
    const { ticketId, links } = await asked();
    expect((await visit(links[0] ?? '', { score: '1' })).status).toBe(200);
    expect((await visit(links[0] ?? '', { score: '1' })).status).toBe(200);
    const again = await visit(links[4] ?? '');
    expect(again.text).toContain('You have answered already');
    expect((await visit(links[4] ?? '', { score: '5' })).status).toBe(200);
    const told = await scene.hub.database.query<{ score: number; was: number | null }>(
      `select (payload ->> 'score')::int as score, (payload ->> 'was')::int as was from event_log
       where type = 'survey.answered' and subject_id = $1 order by position`,
      [ticketId],
    );
    expect(told).toEqual([
      { score: 1, was: null },
      { score: 5, was: 1 },
    ]);
    await scene.hub.database.query(
      `update survey_ask set answered_at = answered_at - interval '16 minutes' where ticket_id = $1`,
      [ticketId],
    );
    for (const used of [await visit(links[0] ?? ''), await visit(links[0] ?? '', { score: '1' })]) {
      expect(used.status).toBe(410);
      expect(used.text).toContain('answered already');
      expect(used.text).toContain('پاسخ داده شده');
    }
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ score: 5 }]);
  });

  it('expires with a clear page in both languages, and tells nothing to those who guess', async () => {
    const { ticketId, links } = await asked();
    await scene.hub.database.query(
      `update survey_ask set expires_at = clock_timestamp() - interval '1 second' where ticket_id = $1`,
      [ticketId],
    );
    for (const late of [await visit(links[1] ?? ''), await visit(links[1] ?? '', { score: '2' })]) {
      expect(late.status).toBe(410);
      expect(late.text).toContain('This question has expired');
      expect(late.text).toContain('زمان این پرسش گذشته است');
    }
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ score: null }]);

    const token = (links[1] ?? '').slice('/s/'.length);
    const bytes = Buffer.from(token, 'base64url');
    const forged = ['x', token.slice(1), `${token}A`, 'A'.repeat(66)];
    // Another score, another question, another secret: each under the same signature.
    for (const place of [32, 0, 20]) {
      const other = Buffer.from(bytes);
      other[place] = (other[place] ?? 0) ^ 1;
      forged.push(other.toString('base64url'));
    }
    const pages = await Promise.all(forged.map((guess) => visit(`/s/${guess}`)));
    expect(new Set(pages.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(pages[0]?.status).toBe(404);
    expect(await scene.hub.database.query('select 1 from survey_ask where token_hash = $1', [bytes])).toEqual([]);
  });

  it('keeps the chosen score of the form within the scale, whatever is sent', async () => {
    const { ticketId, links } = await asked();
    expect((await visit(links[2] ?? '', { score: '99', comment: 'x'.repeat(5_000) })).status).toBe(200);
    const [{ score, comment } = { score: null, comment: '' }] = await surveysOf(scene, ticketId);
    expect([score, comment.length]).toEqual([3, 2_000]);
  });

  it('does not ask machines, nor whoever wants no such mail', async () => {
    const { from, ticketId, text } = await asked();
    const stop = /http:\/\/peyk\.test(\/u\/[\w-]+)/u.exec(text)?.[1] ?? '';
    expect((await visit(stop, {})).status).toBe(200);
    await scene.hub.database.query(`update ticket set subject = subject where id = $1`, [ticketId]);
    const subject = `Another one ${uuid()}`;
    await scene.hub.database.query(`update ticket set reopen_until = clock_timestamp() where id = $1`, [ticketId]);
    await scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, {
      from,
      to: worldMailbox,
      subject,
      text: subject,
      messageId: `<${uuid()}@example.org>`,
    });
    const second = await ticketOf(scene, subject);
    const robot = await write(`An alarm ${uuid()}`, { 'Auto-Submitted': 'auto-generated' });
    await solve(scene, second);
    await solve(scene, robot.ticketId);
    expect(await surveysOf(scene, second)).toMatchObject([{ state: 'skipped', why: 'opted_out' }]);
    expect(await surveysOf(scene, robot.ticketId)).toMatchObject([{ state: 'skipped', why: 'no_way' }]);
    expect(scene.world.mail.sent.filter(({ envelope }) => envelope.to.includes(robot.from))).toEqual([]);
  });
});

describe('surveys as settings', () => {
  it('are made, changed and removed by administrators, listed for agents, and refuse what cannot be', async () => {
    const name = `NPS ${uuid()}`;
    const made = await scene.admin.call<SurveyView>('/api/surveys', { body: { name, kind: 'nps' } });
    expect(made.body).toMatchObject({
      name,
      kind: 'nps',
      enabled: false,
      askOn: 'solved',
      coolDownDays: 30,
      lowScore: null,
      question: { en: '', fa: '' },
      isUsed: false,
    });
    const path = `/api/surveys/${made.body.id}`;
    const change = (body: object) =>
      scene.admin.call<SurveyView & { code: string; field: string }>(path, { method: 'PATCH', body });
    expect((await change({ lowScore: 6, question: { en: 'Would you?', fa: 'آیا؟' } })).body).toMatchObject({
      lowScore: 6,
      question: { en: 'Would you?', fa: 'آیا؟' },
    });
    expect((await change({ lowScore: null })).body.lowScore).toBeNull();
    for (const [body, field] of [
      [{ lowScore: 11 }, 'lowScore'],
      [{ queueIds: [uuid()] }, 'queueIds'],
      [{ followUpQueueId: uuid() }, 'followUpQueueId'],
      [{ expiryHours: 0 }, 'expiryHours'],
      [{ coolDownDays: 1_000 }, 'coolDownDays'],
    ] as const) {
      const refused = await change(body);
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining(field)]);
    }
    expect((await scene.admin.call('/api/surveys', { body: { name, kind: 'csat' } })).status).toBe(409);
    expect((await scene.admin.call('/api/surveys', { body: { name: uuid(), kind: 'stars' } })).status).toBe(422);
    expect((await scene.agent.call<SurveyView[]>('/api/surveys')).body.map((one) => one.name)).toContain(name);
    expect((await scene.agent.call(path, { method: 'PATCH', body: { enabled: true } })).status).toBe(403);
    expect((await scene.admin.call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await scene.admin.call(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('can be asked by hand, once, and say why not; one that was used is only switched off', async () => {
    const survey = await makeSurvey(scene, { queueIds: [queueId], askOn: 'command', coolDownDays: 0 });
    const { ticketId, from } = await write(`By hand ${uuid()}`);
    await solve(scene, ticketId);
    expect(await surveysOf(scene, ticketId)).toEqual([]);
    const ask = (surveyId: string) => scene.agent.call(`/api/tickets/${ticketId}/surveys`, { body: { surveyId } });
    expect((await ask(uuid())).status).toBe(404);
    expect((await ask(survey.id)).body).toMatchObject([{ state: 'asked', surveyId: survey.id }]);
    await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(from));
    expect(await ask(survey.id)).toMatchObject({ status: 409, body: { code: 'asked_this_cycle' } });
    expect(await scene.admin.call(`/api/surveys/${survey.id}`, { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { code: 'survey_used' },
    });
    await scene.admin.call(`/api/surveys/${survey.id}`, { method: 'PATCH', body: { enabled: false } });
    const other = await write(`Off ${uuid()}`);
    expect(
      await scene.agent.call(`/api/tickets/${other.ticketId}/surveys`, { body: { surveyId: survey.id } }),
    ).toMatchObject({ status: 409, body: { code: 'off' } });
  });

  it('does not ask about what was solved while it was off', async () => {
    const survey = await makeSurvey(scene, { queueIds: [queueId], enabled: false });
    const { ticketId } = await write(`While off ${uuid()}`);
    await solve(scene, ticketId);
    await scene.admin.call(`/api/surveys/${survey.id}`, { method: 'PATCH', body: { enabled: true } });
    await lookAtSurveys(scene);
    expect(await surveysOf(scene, ticketId)).toEqual([]);
  });
});

describe('queues that are removed', () => {
  it('leave their surveys to the queue that took over, and a low score to nobody where none did', async () => {
    const never = await buildQueue(scene.hub.database);
    const before = queueId;
    const survey = await makeSurvey(scene, {
      queueIds: [before],
      coolDownDays: 0,
      lowScore: 2,
      followUpQueueId: never,
    });
    const { ticketId, from } = await write(`Moves ${uuid()}`);
    const after = await buildQueue(scene.hub.database, { members: [scene.sara.id] });
    const remove = (id: string, moveTo: string | null) =>
      scene.admin.call(`/api/queues/${id}${moveTo === null ? '' : `?moveTo=${moveTo}`}`, { method: 'DELETE' });
    expect((await remove(before, after)).status).toBeLessThan(300);
    expect((await remove(never, null)).status).toBeLessThan(300);
    const [shown] = (await scene.admin.call<SurveyView[]>('/api/surveys')).body.filter(({ id }) => id === survey.id);
    expect(shown).toMatchObject({ queueIds: [after], followUpQueueId: null });
    await solve(scene, ticketId);
    const { text } = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(from));
    const link = /http:\/\/peyk\.test(\/s\/[\w-]+)/u.exec(text)?.[1] ?? '';
    expect((await visit(link, { score: '1' })).status).toBe(200);
    expect(await surveysOf(scene, ticketId)).toMatchObject([{ score: 1, isLow: true, followUp: null }]);
  });
});

describe('what answers come to', () => {
  it('is counted by queue and by agent within a time, and listed for supervisors only', async () => {
    const survey = await makeSurvey(scene, { queueIds: [queueId], coolDownDays: 0, lowScore: 2 });
    const tickets: string[] = [];
    for (const score of [5, 2, null]) {
      const { from, ticketId } = await write(`Summary ${uuid()}`);
      await scene.hub.database.query('update ticket set owner_id = $2 where id = $1', [ticketId, scene.sara.id]);
      await solve(scene, ticketId);
      const { text } = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(from));
      const link = /http:\/\/peyk\.test(\/s\/[\w-]+)/u.exec(text)?.[1] ?? '';
      if (score !== null) {
        await visit(link, { score: String(score), comment: `words for ${String(score)}` });
        await surveysOnce(scene, ticketId, ([one]) => one?.score === score);
      }
      tickets.push(ticketId);
    }
    const path = `/api/surveys/summary?kind=csat&surveyId=${survey.id}`;
    const whole = { asked: 3, answered: 2, mean: 3.5, headline: 50 };
    const byQueue = await scene.admin.call<SurveySummaryView>(`${path}&by=queue`);
    expect(byQueue.body).toMatchObject({ kind: 'csat', whole, parts: [{ id: queueId, ...whole }] });
    expect(byQueue.body.whole.distribution).toEqual(
      [1, 2, 3, 4, 5].map((score) => ({ score, count: [0, 1, 0, 0, 1][score - 1] })),
    );
    const byAgent = await scene.admin.call<SurveySummaryView>(`${path}&by=agent&agentId=${scene.sara.id}`);
    expect(byAgent.body.parts).toMatchObject([{ id: scene.sara.id, name: 'Sara', ...whole }]);
    const past = await scene.admin.call<SurveySummaryView>(`${path}&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z`);
    expect(past.body).toMatchObject({ whole: { asked: 0, answered: 0, mean: null, headline: null }, parts: [] });
    expect((await scene.admin.call(`${path}&from=2020-02-01T00:00:00Z&to=2020-01-01T00:00:00Z`)).status).toBe(422);
    expect((await scene.agent.call(path)).status).toBe(403);

    const answers = (query: string) => scene.admin.call<Page<SurveyAnswerView>>(`/api/surveys/answers?${query}`);
    const [lowest] = (await answers('which=low&limit=1')).body.rows;
    expect(lowest).toMatchObject({
      score: 2,
      isLow: true,
      comment: 'words for 2',
      agentName: 'Sara',
      ticket: { id: tickets[1] },
    });
    const first = await answers('limit=1');
    const second = await answers(`limit=1&before=${first.body.next ?? ''}`);
    expect(second.body.rows).toHaveLength(1);
    expect(second.body.rows[0]?.id).not.toBe(first.body.rows[0]?.id);
    expect((await scene.agent.call('/api/surveys/answers')).status).toBe(403);
  });
});
