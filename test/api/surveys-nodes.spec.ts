import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Database } from '../../apps/hub/src/database/database.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import {
  factsOf,
  lookAtSurveys,
  makeSurvey,
  moveTo,
  surveysOf,
  surveysOnce,
  ticketOf,
  ticketsOfPerson,
  type SurveyScene,
} from '../support/survey-scene.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';

let nodes: TwoNodes;
let one: SurveyScene;
let two: SurveyScene;
let queueId: string;
let surveyId: string;
let channel: Awaited<ReturnType<typeof buildChannel>>;

beforeAll(async () => {
  nodes = await startTwoNodes();
  const { id } = await buildAgent(nodes.one.database, { role: 'admin' });
  one = { hub: nodes.one, admin: await signedIn(nodes.one, id) };
  two = { hub: nodes.two, admin: await signedIn(nodes.two, id) };
  queueId = await buildQueue(nodes.one.database);
  const low = await buildQueue(nodes.one.database);
  channel = await buildChannel(nodes.one, { kind: 'web', queueId });
  ({ id: surveyId } = await makeSurvey(one, {
    queueIds: [queueId],
    lowScore: 2,
    followUpQueueId: low,
    commentPrompt: { en: 'Why?', fa: 'چرا؟' },
  }));
}, 60_000);

afterAll(() => nodes?.stop());

/** Names of the statements about surveys that a node sends while it takes in what a customer says. */
async function askedOf(scene: SurveyScene, address: string, text: string): Promise<string[]> {
  const names: string[] = [];
  const database = scene.hub.app.get(Database);
  const query = database.query.bind(database);
  const spy = jest.spyOn(database, 'query').mockImplementation((statement, values) => {
    names.push(typeof statement === 'string' ? '' : statement.name);
    return query(statement, values) as never;
  });
  await hearFrom(scene.hub, channel, address, text);
  spy.mockRestore();
  return names.filter((name) => ['survey-find-asked', 'survey-keep-comment', 'survey-keep-score'].includes(name));
}

describe('two nodes of one installation', () => {
  it('look for the question of a number alone: words cost nothing while nobody was asked for some', async () => {
    const address = `customer ${uuid()}`;
    expect(await askedOf(two, address, 'hello')).toEqual([]);
    expect(await askedOf(two, address, '5')).toEqual(['survey-find-asked']);
  });

  it('take a number for the answer that it is, although the word of the question has not come to the node yet', async () => {
    const words = `hello ${uuid()}`;
    const address = `customer ${uuid()}`;
    const conversation = await hearFrom(one.hub, channel, address, words);
    const ticketId = await ticketOf(one, words);
    // Whatever one node tells the other comes later than a customer who is quick.
    const slow = jest.spyOn(two.hub.app.get(EventBus), 'emit').mockImplementation(() => undefined);
    await moveTo(one, ticketId, 'solved');
    await lookAtSurveys(one);
    await hearFrom(two.hub, channel, address, '5');
    slow.mockRestore();
    expect(await surveysOf(one, ticketId)).toMatchObject([{ state: 'answered', score: 5 }]);
    expect(await ticketsOfPerson(one, conversation)).toHaveLength(1);
    await surveysOnce(one, ticketId, ([row]) => row?.state === 'answered');
    expect(await factsOf(one, ticketId)).toEqual(['survey.asked', 'survey.answered']);
  });

  it('ask once about what was solved, hear an answer on either, and open one ticket for a low score', async () => {
    const words = `hello ${uuid()}`;
    const address = `customer ${uuid()}`;
    const conversation = await hearFrom(one.hub, channel, address, words);
    const ticketId = await ticketOf(one, words);
    await moveTo(one, ticketId, 'solved');
    await Promise.all([lookAtSurveys(one), lookAtSurveys(two), lookAtSurveys(one), lookAtSurveys(two)]);
    expect(await surveysOf(one, ticketId)).toMatchObject([{ state: 'asked' }]);
    expect(await factsOf(one, ticketId)).toEqual(['survey.asked']);

    await Promise.all([hearFrom(one.hub, channel, address, '2'), hearFrom(two.hub, channel, address, '۲')]);
    await surveysOnce(two, ticketId, ([row]) => row?.followUp !== null);
    await Promise.all([lookAtSurveys(one), lookAtSurveys(two)]);
    expect(await ticketsOfPerson(one, conversation)).toHaveLength(2);
    expect(await factsOf(one, ticketId)).toEqual(['survey.asked', 'survey.answered']);
  });

  it('tell an answer once that a crash left untold, whoever finds it', async () => {
    const words = `hello ${uuid()}`;
    const address = `customer ${uuid()}`;
    await hearFrom(one.hub, channel, address, words);
    const ticketId = await ticketOf(one, words);
    await moveTo(one, ticketId, 'solved');
    await lookAtSurveys(one);
    await one.hub.database.query(
      `update survey_ask set score = 5, state = 'answered', answered_at = clock_timestamp() - interval '20 seconds' where ticket_id = $1`,
      [ticketId],
    );
    await Promise.all([lookAtSurveys(one), lookAtSurveys(two)]);
    expect(await factsOf(one, ticketId)).toEqual(['survey.asked', 'survey.answered']);
  });

  it('ask once in a cycle by whoever asks by hand on either, also before the ticket is solved', async () => {
    const words = `hello ${uuid()}`;
    const address = `customer ${uuid()}`;
    await hearFrom(one.hub, channel, address, words);
    const ticketId = await ticketOf(one, words);
    const answers = await Promise.all(
      [one, two, one, two].map(({ admin }) =>
        admin.call<{ code?: string }>(`/api/tickets/${ticketId}/surveys`, { body: { surveyId } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(
      Array(3).fill('asked_this_cycle'),
    );
    await moveTo(one, ticketId, 'solved');
    await Promise.all([lookAtSurveys(one), lookAtSurveys(two)]);
    expect(await surveysOf(one, ticketId)).toMatchObject([{ state: 'asked' }]);
    expect(await factsOf(one, ticketId)).toEqual(['survey.asked']);
  });

  it('ask one person once, of two tickets that are solved at the same time', async () => {
    const address = `customer ${uuid()}`;
    const [first, second] = [`first ${uuid()}`, `second ${uuid()}`];
    const conversation = await hearFrom(one.hub, channel, address, first);
    const opened = await one.admin.call<{ id: string }>(`/api/conversations/${conversation}/tickets`, {
      body: { subject: second, queueId },
    });
    expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
    const tickets = [await ticketOf(one, first), opened.body.id];
    for (const ticket of tickets) {
      await moveTo(one, ticket, 'solved');
    }
    await Promise.all([lookAtSurveys(one), lookAtSurveys(two)]);
    await Promise.all([lookAtSurveys(one), lookAtSurveys(two)]);
    const states = await one.hub.database.query<{ state: string; why: string }>(
      'select state, why from survey_ask where ticket_id = any ($1::uuid[]) order by state',
      [tickets],
    );
    expect(states).toEqual([
      { state: 'asked', why: '' },
      { state: 'skipped', why: 'cool_down' },
    ]);
  });
});
