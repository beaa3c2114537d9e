import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listDueSteps, reorderQueue } from '#tickets';
import { DueWork } from '../../apps/hub/src/automation/due-work.service.js';
import { signedIn } from '../support/build-rows.js';
import { openedConsole } from '../support/live-client.js';
import { RoutingScene, type Waiting } from '../support/routing-scene.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let scene: RoutingScene;

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
  scene = new RoutingScene(hub.database);
});
afterAll(() => hub.stop());

const turn = () => hub.app.get(DueWork, { strict: false }).turn();

/** So much time passes for waiting work: whatever was to come is nearer by it. */
const wait = ({ workId }: Waiting, seconds: number) =>
  hub.database.query(
    `update work_item set next_step_at = next_step_at - $2 * interval '1 second', enqueued_at = enqueued_at - $2 * interval '1 second',
       rank_at = rank_at - $2 * interval '1 second' where id = $1`,
    [workId, seconds],
  );

interface Row extends Record<string, unknown> {
  ring: number;
  level: number;
  skills: string[];
  also: string[];
  step: number;
  ahead: number;
  due: number | null;
}

const rowOf = async ({ workId }: Waiting): Promise<Row> => {
  const [row] = await hub.database.query<Row>(
    `select ring, skill_level as level, skill_ids as skills, also_queues as also, step, (extract(epoch from enqueued_at - rank_at) / 60)::int as ahead,
            round(extract(epoch from next_step_at - clock_timestamp()))::int as due
     from work_item where id = $1`,
    [workId],
  );
  return row as Row;
};

describe('what a queue does about work that waits', () => {
  it('is done step by step, each when it is due and once, and is on record', async () => {
    const [skill, helpers] = [await scene.buildSkill(), await scene.buildQueue()];
    const steps = [
      { afterSecs: 60, do: 'lower_skill' },
      { afterSecs: 120, do: 'widen_level', level: 3 },
      { afterSecs: 180, do: 'add_queue', queueId: helpers },
      { afterSecs: 240, do: 'boost', minutes: 10 },
      { afterSecs: 300, do: 'lower_skill', level: 0 },
    ];
    const queueId = await scene.buildQueue({ steps: JSON.stringify(steps), skill_ids: [skill], skill_level: 3 });
    const waiting = await scene.buildWaiting({ queueId });
    const first = await rowOf(waiting);
    expect(first).toMatchObject({ ring: 1, level: 3, skills: [skill], also: [], step: 0, ahead: 5 });
    expect(first.due).toBeGreaterThan(55);
    expect(await turn()).toBe(0);
    const seen = [];
    for (const _ of steps) {
      await wait(waiting, 60);
      expect(await turn()).toBe(1);
      expect(await turn()).toBe(0);
      const { ring, level, also, ahead, skills } = await rowOf(waiting);
      seen.push([level, skills.length, ring, also.length, ahead]);
    }
    expect(seen).toEqual([
      [2, 1, 1, 0, 5],
      [2, 1, 3, 0, 5],
      [2, 1, 3, 1, 5],
      [2, 1, 3, 1, 15],
      [1, 0, 3, 1, 15],
    ]);
    expect((await rowOf(waiting)).due).toBeNull();
    expect(
      (await scene.facts(waiting.ticketId)).filter(({ type }) => type === 'work.step').map(({ payload }) => payload),
    ).toEqual([
      { step: 1, do: 'lower_skill' },
      { step: 2, do: 'widen_level', level: 3 },
      { step: 3, do: 'add_queue', queueId: helpers },
      { step: 4, do: 'boost', minutes: 10 },
      { step: 5, do: 'lower_skill', level: 0 },
    ]);
  });

  it('brings in members of outer rings and of other queues, who could not have it before', async () => {
    const helpers = await scene.buildQueue();
    const steps = [
      { afterSecs: 10, do: 'widen_level', level: 2 },
      { afterSecs: 20, do: 'add_queue', queueId: helpers },
    ];
    const queueId = await scene.buildQueue({ steps: JSON.stringify(steps) });
    const outer = await scene.buildPresent({ queues: [queueId], level: 2, columns: { cap_units: 5 } });
    const helper = await scene.buildPresent({ queues: [helpers] });
    const [one, two] = [await scene.buildWaiting({ queueId }), await scene.buildWaiting({ queueId })];
    expect(await scene.match(queueId)).toBeNull();
    await wait(one, 10);
    await turn();
    await scene.matchAll(queueId);
    expect(await scene.holders(one.ticketId, two.ticketId)).toEqual([outer, null]);
    await wait(two, 10);
    await turn();
    await wait(two, 10);
    await turn();
    await scene.matchAll(queueId);
    expect(await scene.holders(two.ticketId)).toEqual([helper]);
  });

  it('moves it to another queue, where it waits since it came and the steps of that queue begin', async () => {
    const [skill, other] = [
      await scene.buildSkill(),
      await scene.buildQueue({ steps: JSON.stringify([{ afterSecs: 500, do: 'alert' }]) }),
    ];
    await scene.set('queue', other, { skill_ids: [skill], skill_level: 4 });
    const queueId = await scene.buildQueue({
      steps: JSON.stringify([{ afterSecs: 30, do: 'move_queue', queueId: other }]),
    });
    const waiting = await scene.buildWaiting({ queueId });
    await wait(waiting, 30);
    const [before] = await hub.database.query('select enqueued_at from work_item where id = $1', [waiting.workId]);
    expect(await turn()).toBe(1);
    const [after] = await hub.database.query('select queue_id, enqueued_at from work_item where id = $1', [
      waiting.workId,
    ]);
    expect(after).toEqual({ queue_id: other, ...before });
    const row = await rowOf(waiting);
    expect(row).toMatchObject({ step: 0, skills: [skill], level: 4 });
    expect(row.due).toBeGreaterThan(490);
    expect((await scene.facts(waiting.ticketId)).at(-1)).toMatchObject({
      type: 'work.queued',
      payload: { queueId: other, reason: 'overflow' },
    });
  });

  it('tells those who oversee', async () => {
    const queueId = await scene.buildQueue({ steps: JSON.stringify([{ afterSecs: 30, do: 'alert' }]) });
    const overseer = await scene.buildPresent({ columns: { role: 'supervisor' }, isPresent: false });
    const console = await openedConsole(hub, overseer);
    const waiting = await scene.buildWaiting({ queueId });
    await wait(waiting, 30);
    await turn();
    await console.until('the alert', () =>
      console.of<{ ticketId: string }>('ticket.waiting').some(({ ticketId }) => ticketId === waiting.ticketId),
    );
    console.socket.disconnect();
    expect((await signedIn(hub, overseer)).credentials).toBeTruthy();
  });

  it('sleeps while the queue is closed, and counts its open hours', async () => {
    const calendar = await scene.buildCalendar(null);
    const steps = JSON.stringify([{ afterSecs: 60, do: 'boost', minutes: 10 }]);
    const queueId = await scene.buildQueue({ steps, calendar_id: calendar });
    const waiting = await scene.buildWaiting({ queueId });
    await hub.database.query(
      `insert into calendar_exception (calendar_id, day, minutes) values ($1, (clock_timestamp() at time zone 'UTC')::date + 2, '{[600,1440)}')`,
      [calendar],
    );
    await wait(waiting, 3600);
    expect(await turn()).toBe(1);
    const row = await rowOf(waiting);
    expect(row).toMatchObject({ step: 0, ahead: 5 });
    const [opening] = await hub.database.query<{ secs: number }>(
      `select extract(epoch from ((clock_timestamp() at time zone 'UTC')::date + 2 + interval '10 h') - (clock_timestamp() at time zone 'UTC'))::int as secs`,
    );
    expect(Math.abs((row.due ?? 0) - (opening?.secs ?? 0) - 60)).toBeLessThanOrEqual(5);
  });

  it('is not done about work that somebody has, and begins its time again when they put it back', async () => {
    const queueId = await scene.buildQueue({ steps: JSON.stringify([{ afterSecs: 60, do: 'alert' }]) });
    const agent = await scene.buildPresent({ queues: [queueId] });
    const waiting = await scene.buildWaiting({ queueId });
    await scene.match(queueId);
    await wait(waiting, 600);
    expect(await turn()).toBe(0);
    const caller = await signedIn(hub, agent);
    const body = { agentId: null, expected: agent };
    expect((await caller.call(`/api/tickets/${waiting.ticketId}/assignment`, { body })).status).toBe(200);
    expect((await rowOf(waiting)).due).toBeGreaterThan(55);
    expect(await listDueSteps(hub.database, 10)).toEqual([]);
  });

  it('follows the settings of the queue when they change while work waits', async () => {
    const queueId = await scene.buildQueue();
    const waiting = await scene.buildWaiting({ queueId });
    expect((await rowOf(waiting)).due).toBeNull();
    await scene.set('queue', queueId, { steps: JSON.stringify([{ afterSecs: 100, do: 'alert' }]) });
    await hub.database.transaction((tx) => reorderQueue(tx, queueId));
    expect((await rowOf(waiting)).due).toBeGreaterThan(90);
  });

  it('is claimed by one of several nodes', async () => {
    const queueId = await scene.buildQueue({
      steps: JSON.stringify([
        { afterSecs: 10, do: 'boost', minutes: 1 },
        { afterSecs: 9999, do: 'alert' },
      ]),
    });
    const items = [];
    for (let count = 0; count < 10; count++) {
      items.push(await scene.buildWaiting({ queueId }));
    }
    await Promise.all(items.map((item) => wait(item, 10)));
    const done = await Promise.all([turn(), turn(), turn()]);
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(10);
    expect(await Promise.all(items.map(async (item) => (await rowOf(item)).ahead))).toEqual(items.map(() => 6));
  });
});
