import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CalendarView, ListRow, SlaClockView, SlaPolicyView, TicketView } from '#contract';
import { SlaTelling } from '../../apps/hub/src/automation/sla/sla-telling.service.js';
import { SlaSweeper } from '../../apps/hub/src/automation/sla/sla.sweeper.js';
import {
  listRows,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { startTestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let chats = 21_000;
const hour = 3_600_000;

beforeAll(async () => {
  database = await createTestDatabase();
  scene = await startConnectedWorld({ databaseUrl: database.url });
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await database?.drop();
});

const patch = (path: string, body: object) => scene.admin.call(path, { method: 'PATCH', body });

/** The one policy of a test: those of other tests are switched off. */
async function promise(targets: Record<string, number>, more: object = {}): Promise<SlaPolicyView> {
  for (const { id } of (await scene.admin.call<SlaPolicyView[]>('/api/sla-policies')).body) {
    await patch(`/api/sla-policies/${id}`, { enabled: false });
  }
  const made = await scene.admin.call<SlaPolicyView>('/api/sla-policies', {
    body: { name: `Policy ${chats++}`, draft: { scope: {}, targets, ...more } },
  });
  expect(made.status).toBe(201);
  const published = await scene.admin.call<SlaPolicyView>(`/api/sla-policies/${made.body.id}/publish`, { body: {} });
  expect(published.status).toBe(200);
  return published.body;
}

interface Talk {
  chat: number;
  row: ListRow;
  say: (text: string) => void;
  ticket: () => Promise<TicketView>;
  clock: (metric: string) => Promise<SlaClockView | undefined>;
}

/** A customer who wrote; their ticket as the agent sees it. */
async function talk(): Promise<Talk> {
  const chat = chats++;
  const customer = scene.world.bot.customer(chat, `Customer ${chat}`);
  customer.say('hello');
  const found = async () =>
    (await listRows(scene.agent, 'open')).find((row) => row.customer.name === `Customer ${chat}`);
  const row = (await until(found, (one) => one !== undefined)) as ListRow;
  const ticket = async () =>
    (await openConversation(scene.admin, row.conversation)).tickets.find(
      ({ id }) => id === row.ticket.id,
    ) as TicketView;
  const clock = async (metric: string) => (await ticket()).sla.find((one) => one.metric === metric);
  return { chat, row, say: (text) => customer.say(text), ticket, clock };
}

const facts = (ticketId: string) =>
  scene.hub.database.query<{ type: string; metric: string }>(
    `select type, payload ->> 'metric' as metric from event_log where subject_id = $1 and type like 'sla.%' order by position`,
    [ticketId],
  );
const change = async (ticket: TicketView, body: object) => {
  const answer = await patchAs(`/api/tickets/${ticket.id}`, { version: ticket.version, ...body });
  expect(answer.status).toBe(200);
};
const patchAs = (path: string, body: object) => scene.agent.call(path, { method: 'PATCH', body });

describe('promises', () => {
  it('run from the first message on the ticket that everybody sees, and are met by the answer', async () => {
    await promise({ first_response: hour, next_response: 2 * hour, resolution: 8 * hour });
    const { row, say, clock } = await talk();
    const first = await until(
      () => clock('first_response'),
      (found) => found !== undefined,
    );
    expect(first).toMatchObject({ state: 'running', targetMs: hour, leftMs: hour, breachedAt: null });
    expect(await clock('resolution')).toMatchObject({ state: 'running', targetMs: 8 * hour });
    await replyBy(scene.agent, row.conversation, 'telegram', 'we are on it');
    await until(
      () => clock('first_response'),
      (found) => found?.state === 'met',
    );
    say('and when?');
    expect(
      await until(
        () => clock('next_response'),
        (found) => found !== undefined,
      ),
    ).toMatchObject({
      state: 'running',
      targetMs: 2 * hour,
    });
  });

  it('stand still while the customer is asked, and go on when they write', async () => {
    await promise({ resolution: hour });
    const { say, ticket, clock } = await talk();
    await until(
      () => clock('resolution'),
      (found) => found?.state === 'running',
    );
    await change(await ticket(), { state: 'pending' });
    const paused = await until(
      () => clock('resolution'),
      (found) => found?.state === 'paused',
    );
    expect(paused?.dueAt).toBeNull();
    say('here it is');
    const running = await until(
      () => clock('resolution'),
      (found) => found?.state === 'running',
    );
    expect(running?.leftMs).toBe(paused?.leftMs);
  });

  it('are warned of, broken and escalated once each, on the database clock', async () => {
    const { queueId } = (await talk()).row.ticket;
    const other = await scene.admin.call<{ id: string }>('/api/queues', { body: { name: `Escalated ${chats++}` } });
    await promise(
      { first_response: 1000 },
      { warnings: [0.5], escalations: [{ afterMs: 300, queueId: other.body.id, boostMs: 60_000 }] },
    );
    const { row, ticket, clock } = await talk();
    const told = await until(
      () => facts(row.ticket.id),
      (found) => found.length >= 3,
    );
    expect(told.map(({ type }) => type)).toEqual(['sla.warned', 'sla.breached', 'sla.escalated']);
    expect((await ticket()).queueId).toBe(other.body.id);
    expect(queueId).not.toBe(other.body.id);
    const [times] = await scene.hub.database.query<{ exact: boolean; late_ms: number }>(
      `select c.breached_at = c.started_at + interval '1 second' as exact,
              extract(epoch from e.at - c.breached_at)::float8 * 1000 as late_ms
       from sla_clock c join event_log e on e.subject_id = c.ticket_id and e.type = 'sla.breached' where c.ticket_id = $1`,
      [row.ticket.id],
    );
    expect(times?.exact).toBe(true);
    expect(times?.late_ms).toBeGreaterThan(0);
    expect((await clock('first_response'))?.breachedAt).not.toBeNull();
    const { messages } = await openConversation(scene.admin, row.conversation);
    expect(messages.filter(({ event }) => event?.name === 'sla.breached')).toHaveLength(1);
  });

  it('go on with the time they had used when a solved ticket is opened again', async () => {
    await promise({ resolution: hour });
    const { say, ticket, clock } = await talk();
    await until(
      () => clock('resolution'),
      (found) => found?.state === 'running',
    );
    await change(await ticket(), { state: 'solved' });
    const met = await until(
      () => clock('resolution'),
      (found) => found?.state === 'met',
    );
    say('no, it is not');
    const again = await until(
      () => clock('resolution'),
      (found) => found?.state === 'running',
    );
    expect(again?.leftMs).toBe(met?.leftMs);
  });

  it('keep the version they began with, unless the next one is to hold for open tickets too', async () => {
    const policy = await promise({ resolution: hour });
    const { clock } = await talk();
    await until(
      () => clock('resolution'),
      (found) => found !== undefined,
    );
    const republish = async (resolution: number, forOpenTickets: boolean) => {
      await patch(`/api/sla-policies/${policy.id}`, { draft: { scope: {}, targets: { resolution } } });
      const answer = await scene.admin.call(`/api/sla-policies/${policy.id}/publish`, { body: { forOpenTickets } });
      expect(answer).toMatchObject({ status: 200 });
    };
    await republish(2 * hour, false);
    expect((await clock('resolution'))?.targetMs).toBe(hour);
    await republish(3 * hour, true);
    expect((await clock('resolution'))?.targetMs).toBe(3 * hour);
    const cycles = await scene.hub.database.query<{ state: string }>(
      `select c.state from sla_clock c join sla_policy_version v on v.id = c.policy_version_id where v.policy_id = $1 order by c.cycle`,
      [policy.id],
    );
    expect(cycles.map(({ state }) => state)).toEqual(['cancelled', 'running']);
  });

  it('are told once when two nodes keep them, and after all nodes were away', async () => {
    await promise({ first_response: 1000 }, { warnings: [] });
    const second = await startTestHub({ databaseUrl: database.url });
    const { row } = await talk();
    await until(
      () => facts(row.ticket.id),
      (found) => found.length > 0,
    );
    await Promise.all([scene.hub.app.get(SlaSweeper).sweep(), second.app.get(SlaSweeper).sweep()]);
    await second.stop();
    expect(await facts(row.ticket.id)).toHaveLength(1);
  });

  it('are told of other tickets while nothing can be told of one, and of that one as soon as it can', async () => {
    await promise({ first_response: 1000 }, { warnings: [] });
    const telling = scene.hub.app.get(SlaTelling);
    const tell = telling.tell.bind(telling);
    let broken = '';
    const spy = jest
      .spyOn(telling, 'tell')
      .mockImplementation((tx, ticket, ...rest) =>
        ticket.id === broken ? Promise.reject(new Error('nothing to say')) : tell(tx, ticket, ...rest),
      );
    const one = await talk();
    broken = one.row.ticket.id;
    const other = await talk();
    await until(
      () => facts(other.row.ticket.id),
      (found) => found.length > 0,
    );
    expect(await facts(broken)).toEqual([]);
    await replyBy(scene.agent, other.row.conversation, 'telegram', 'late, but here');
    await until(
      () => other.clock('first_response'),
      (found) => found?.state === 'met',
    );
    const second = await startTestHub({ databaseUrl: database.url });
    await until(
      () => facts(broken),
      (found) => found.length > 0,
    );
    await second.stop();
    spy.mockRestore();
  });

  it('are refused where they promise nothing or count by what is not there', async () => {
    const bad = (draft: object) => scene.admin.call('/api/sla-policies', { body: { name: `Bad ${chats++}`, draft } });
    expect((await bad({ scope: {}, targets: {} })).body).toMatchObject({ field: 'targets' });
    expect((await bad({ scope: {}, targets: { resolution: 5 } })).status).toBe(422);
    expect(
      (await bad({ scope: {}, targets: { resolution: hour }, calendarId: '01890000-0000-7000-8000-000000000000' }))
        .body,
    ).toMatchObject({ field: 'calendarId' });
    expect((await scene.agent.call('/api/sla-policies', { body: {} })).status).toBe(403);
  });
});

describe('calendars', () => {
  const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 1440 }));
  const make = async (windows: object[]) =>
    (
      await scene.admin.call<CalendarView>('/api/calendars', {
        body: { name: `Hours ${chats++}`, timeZone: 'Asia/Tehran', windows },
      })
    ).body;

  it('hold several windows a day and days of their own, and refuse what overlaps or does not exist', async () => {
    const made = await make([
      { weekday: 6, from: 480, to: 720 },
      { weekday: 6, from: 780, to: 1020, since: '2026-03-21' },
    ]);
    expect(made.windows).toEqual([
      { weekday: 6, from: 480, to: 720, since: null, until: null },
      { weekday: 6, from: 780, to: 1020, since: '2026-03-21', until: null },
    ]);
    const refused = async (change: object) => (await patch(`/api/calendars/${made.id}`, change)).body;
    expect(
      await refused({
        windows: [
          { weekday: 1, from: 0, to: 100 },
          { weekday: 1, from: 50, to: 150 },
        ],
      }),
    ).toMatchObject({ field: 'windows' });
    expect(await refused({ windows: [{ weekday: 1, from: 100, to: 50 }] })).toMatchObject({ field: 'windows' });
    expect(await refused({ timeZone: 'Mars/Base' })).toMatchObject({ field: 'timeZone' });
    expect(await refused({ exceptions: [{ day: '2026-02-30', hours: [] }] })).toMatchObject({ status: 422 });
  });

  it('take over the public holidays of a year in both languages, and leave edited days alone', async () => {
    const made = await make(everyDay);
    await patch(`/api/calendars/${made.id}`, {
      exceptions: [{ day: '2026-02-11', label: { en: 'Half a day' }, hours: [{ from: 480, to: 720 }] }],
    });
    const { body } = await scene.admin.call<CalendarView>(`/api/calendars/${made.id}/holidays`, {
      body: { country: 'IR', year: 2026 },
    });
    expect(body.exceptions.length).toBeGreaterThan(20);
    expect(body.exceptions.find(({ day }) => day === '2026-02-11')).toMatchObject({
      label: { en: 'Half a day' },
      hours: [{ from: 480, to: 720 }],
    });
    expect(
      body.exceptions.every(({ label }) => label.fa === undefined || label.fa === label.fa.normalize('NFKC')),
    ).toBe(true);
    const unknown = await scene.admin.call(`/api/calendars/${made.id}/holidays`, {
      body: { country: 'XX', year: 2026 },
    });
    expect(unknown.body).toMatchObject({ field: 'country' });
  });

  it('recount the promises that run when today is closed, and when it is opened again', async () => {
    const calendar = await make(everyDay);
    await promise({ resolution: hour }, { calendarId: calendar.id });
    const { clock } = await talk();
    const before = await until(
      () => clock('resolution'),
      (found) => found !== undefined,
    );
    const closed = await scene.admin.call<CalendarView>(`/api/calendars/${calendar.id}/today`, {
      body: { is: 'closed' },
    });
    expect(closed.body.exceptions).toHaveLength(1);
    const during = await clock('resolution');
    const midnight = new Date(Date.now() + 3.5 * hour);
    midnight.setUTCHours(24, 0, 0, 0);
    const opens = midnight.getTime() - 3.5 * hour;
    expect(Date.parse(during?.dueAt ?? '')).toBeGreaterThan(opens);
    expect(Date.parse(during?.dueAt ?? '')).toBeLessThanOrEqual(opens + hour);
    await scene.admin.call(`/api/calendars/${calendar.id}/today`, { body: { is: 'usual' } });
    const after = await clock('resolution');
    // What passed while it was closed is not counted; that is less than a minute here.
    expect(Math.abs(Date.parse(after?.dueAt ?? '') - Date.parse(before?.dueAt ?? ''))).toBeLessThan(60_000);
  });

  it('are not taken away from promises that count by them', async () => {
    const calendar = await make(everyDay);
    await promise({ resolution: hour }, { calendarId: calendar.id });
    const refused = await scene.admin.call(`/api/calendars/${calendar.id}`, { method: 'DELETE' });
    expect([refused.status, refused.body]).toEqual([409, expect.objectContaining({ code: 'in_use' })]);
    const free = await make(everyDay);
    expect((await scene.admin.call(`/api/calendars/${free.id}`, { method: 'DELETE' })).status).toBe(204);
  });
});
