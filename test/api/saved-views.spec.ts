import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { ListRow, Page, SavedView, ViewCounts, ViewFilter, ViewPreview, ViewSort, ViewTest } from '#contract';
import { ViewPages } from '../../apps/hub/src/desk/views/view-pages.service.js';
import { viewCount, viewPage } from '../../apps/hub/src/desk/views/view-pages.query.js';
import { firstCompiled, viewParameters } from '../../apps/hub/src/desk/views/view-parameters.js';
import { fromViewCursor } from '../../apps/hub/src/desk/views/view-cursor.js';
import { compileView, maySort, servedBy } from '../../libs/tickets/src/index.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildQueue, hearFrom, openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { problem } from '../support/ticket-desk.js';
import { anyFilter, randomTickets, shownBy, writeTickets, type ViewTicket } from '../support/view-world.js';

/** How many random filters are asked of the random tickets: more by hand. */
const runs = Number(process.env['PEYK_VIEW_RUNS'] ?? 40);

let hub: TestHub;
let sara: BuiltAgent;
let omid: BuiltAgent;
let agent: Caller;
let colleague: Caller;
let supervisor: Caller;
let open: string;
let secret: string;
let away: string;
let world: ViewTicket[];

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
  const build = (name: string, role: 'agent' | 'supervisor' = 'agent') =>
    buildAgent(hub.database, { name, email: `${name}@peyk.test`, role });
  sara = await build('sara');
  omid = await build('omid');
  const boss = await build('boss', 'supervisor');
  open = await buildQueue(hub.database, { members: [sara.id, omid.id] });
  secret = await buildQueue(hub.database, { restricted: true, members: [omid.id] });
  away = await buildQueue(hub.database, { members: [] });
  world = randomTickets(300, { queues: [open, secret, away], owners: [sara.id, omid.id] });
  await writeTickets(hub, world);
  [agent, colleague, supervisor] = (await Promise.all([sara, omid, boss].map(({ id }) => signedIn(hub, id)))) as [
    Caller,
    Caller,
    Caller,
  ];
}, 60_000);

afterAll(() => hub?.stop());

const make = (caller: Caller, wish: object) =>
  caller.call<SavedView>('/api/views', { body: { name: 'A view', filter: { all: [] }, ...wish } });
const views = async (caller: Caller) => (await caller.call<SavedView[]>('/api/views')).body;
const preview = async (caller: Caller, filter: ViewFilter, sort: ViewSort = 'newest') =>
  (await caller.call<ViewPreview>('/api/views/preview', { body: { filter, sort } })).body;
const ticketsOf = ({ rows }: { rows: ListRow[] }) => rows.map(({ ticket }) => ticket.id);

/** Every page of a saved view, one behind the other. */
async function read(caller: Caller, id: string, limit = 50): Promise<string[]> {
  const found: string[] = [];
  for (let before = ''; ;) {
    const path = `/api/conversations?saved=${id}&limit=${String(limit)}&before=${before}`;
    const { body } = await caller.call<Page<ListRow>>(path);
    found.push(...ticketsOf(body));
    if (body.next === null) {
      return found;
    }
    before = body.next;
  }
}

describe('a saved view', () => {
  it('shows of all tickets those that it asks for, in its order, page by page', async () => {
    const names = { queues: [open, secret, away], owners: [sara.id, omid.id] };
    const pages = hub.app.get(ViewPages, { strict: false });
    const reader = {
      kind: 'agent' as const,
      id: sara.id,
      role: 'agent' as const,
      ownRole: null,
      sessionId: null,
      apiKeyId: null,
      scopes: null,
    };
    const mine = world.filter(({ queue, owner }) => queue === open || owner === sara.id);
    const sorts = fc.constantFrom<ViewSort>('newest', 'waiting', 'priority', 'deadline');
    await fc.assert(
      fc.asyncProperty(anyFilter(names), sorts, async (filter, sort) => {
        fc.pre(maySort(filter, sort));
        const found: string[] = [];
        for (let before: string | undefined; ;) {
          const page = await pages.page(reader, { filter, sort }, { queues: [open], queue: null, before, limit: 40 });
          found.push(...page.rows);
          if (page.next === null) {
            break;
          }
          before = page.next;
        }
        const shown = shownBy(filter, sort, mine, sara.id).map(({ id }) => id);
        expect(found).toEqual(shown);
        const { count, isMore } = await pages.count(reader, filter, [open]);
        expect([count, isMore]).toEqual([Math.min(shown.length, 100), shown.length >= 100]);
        const members = { queues: [open], queue: null, tickets: world.map(({ id }) => id) };
        expect(await pages.membersOf(reader, { filter, sort }, members)).toEqual(shown);
      }),
      { numRuns: runs },
    );
  });

  it('is kept under its name, for its maker alone, until they change or remove it', async () => {
    const id = uuid();
    const filter: ViewFilter = { all: [{ field: 'priority', op: 'at_least', value: 3 }] };
    const made = await make(agent, { id, name: ' Urgent ', filter, sort: 'priority' });
    expect(made.body).toMatchObject({
      id,
      name: 'Urgent',
      filter,
      sort: 'priority',
      sharedWith: 'me',
      mayChange: true,
    });
    await make(agent, { id, name: 'Again' });
    expect(await views(agent)).toHaveLength(1);
    expect(await views(colleague)).toEqual([]);
    expect((await supervisor.call(`/api/conversations?saved=${id}`)).status).toBe(404);
    const change = (caller: Caller, body: object) => caller.call(`/api/views/${id}`, { method: 'PATCH', body });
    expect(problem(await change(colleague, { version: 1, name: 'Mine' }))).toEqual([404, 'not_found', undefined]);
    expect(await change(agent, { version: 1, name: 'Very urgent' })).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect(problem(await change(agent, { version: 1, name: 'Late' }))).toEqual([409, 'stale', 'version']);
    expect((await read(agent, id)).length).toBe(shownBy(filter, 'priority', mineOf(sara.id), sara.id).length);
    expect((await agent.call(`/api/views/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await views(agent)).toEqual([]);
    expect((await make(agent, { id, name: 'Back again' })).body).toMatchObject({ id, name: 'Back again' });
    await agent.call(`/api/views/${id}`, { method: 'DELETE' });
  });

  it('says what is wrong with it', async () => {
    const test = (one: object) => ({ filter: { all: [one] } });
    expect(problem(await make(agent, test({ field: 'mood' })))).toEqual([422, 'invalid', 'filter.all.0.field']);
    const done = { ...test({ field: 'state', op: 'is', value: ['solved'] }), sort: 'deadline' };
    expect(problem(await make(agent, done))).toEqual([422, 'invalid', 'sort']);
    expect(problem(await make(agent, { name: '  ' }))).toEqual([422, 'invalid', 'name']);
    const nothing = test({ field: 'tag', op: 'has_any', value: ['\u0000'] });
    expect(problem(await make(agent, nothing))).toEqual([422, 'invalid', 'filter.all.0.value.0']);
    const view = (await make(agent, {})).body;
    const other = await agent.call(`/api/conversations?saved=${view.id}&before=bm90IG9uZQ`);
    expect(problem(other)).toEqual([422, 'invalid', 'before']);
    await agent.call(`/api/views/${view.id}`, { method: 'DELETE' });
  });

  it('stands where its reader puts it', async () => {
    const made = [];
    for (const name of ['one', 'two', 'three']) {
      made.push((await make(agent, { name })).body.id);
    }
    const [one, two, three] = made as [string, string, string];
    await agent.call('/api/views/order', { method: 'PUT', body: { ids: [three, one, two] } });
    expect((await views(agent)).map(({ name }) => name)).toEqual(['three', 'one', 'two']);
    await colleague.call('/api/views/order', { method: 'PUT', body: { ids: [one, two, three] } });
    expect((await views(agent)).map(({ name }) => name)).toEqual(['three', 'one', 'two']);
    await Promise.all(made.map((id) => agent.call(`/api/views/${id}`, { method: 'DELETE' })));
  });
});

/** What somebody lists: their queues, and what is theirs elsewhere. */
function mineOf(id: string): ViewTicket[] {
  const queues = id === sara.id ? [open] : [open, secret];
  return world.filter(({ queue, owner }) => queues.includes(queue) || owner === id);
}

describe('words that no database keeps', () => {
  it('are left out of what a view asks', async () => {
    const asked: ViewTest[] = [
      { field: 'tag', op: 'has_any', value: ['vi\u0000p'] },
      { field: 'language', op: 'is', value: ['f\u0000a'] },
      { field: 'field', key: 'si\u0000ze', op: 'is', value: ['\ud800', 3] },
    ];
    const { status, body } = await make(agent, { filter: { any: asked } });
    expect([status, body.filter]).toEqual([
      201,
      {
        any: [
          { field: 'tag', op: 'has_any', value: ['vip'] },
          { field: 'language', op: 'is', value: ['fa'] },
          { field: 'field', key: 'size', op: 'is', value: ['\ufffd', 3] },
        ],
      },
    ]);
    expect((await agent.call(`/api/conversations?saved=${body.id}`)).status).toBe(200);
    await agent.call(`/api/views/${body.id}`, { method: 'DELETE' });
  });
});

describe('a view that is shared', () => {
  it('is made and changed by supervisors, and shows each reader what they may list', async () => {
    expect((await make(agent, { sharedWith: 'everyone' })).status).toBe(403);
    const filter: ViewFilter = { all: [{ field: 'queue', op: 'is', value: [secret, open] }] };
    const { body: shared } = await make(supervisor, { name: 'Both', filter, sharedWith: 'everyone' });
    expect(await views(agent)).toMatchObject([{ id: shared.id, mayChange: false }]);
    const chief = await signedIn(
      hub,
      (await buildAgent(hub.database, { email: `${uuid()}@peyk.test`, role: 'supervisor' })).id,
    );
    const taken = { version: 1, sharedWith: 'me' };
    const kept = await chief.call(`/api/views/${shared.id}`, { method: 'PATCH', body: taken });
    expect(problem(kept)).toEqual([403, 'forbidden', undefined]);
    const refused = await agent.call(`/api/views/${shared.id}`, { method: 'DELETE' });
    expect(problem(refused)).toEqual([403, 'shared_kept', undefined]);

    for (const [caller, reader] of [
      [agent, sara.id],
      [colleague, omid.id],
    ] as const) {
      const shown = shownBy(filter, 'newest', mineOf(reader), reader).map(({ id }) => id);
      expect(await read(caller, shared.id)).toEqual(shown);
      const { count } = await preview(caller, filter);
      expect(count).toBe(Math.min(100, shown.length));
      const counts = (await caller.call<ViewCounts>('/api/views/counts')).body;
      expect(counts[`v-${shared.id}`]?.count).toBe(Math.min(100, shown.length));
    }
    const hidden = world.filter(({ queue, owner }) => queue === secret && owner !== sara.id).map(({ id }) => id);
    const asked = await agent.call<Page<ListRow>>(
      `/api/conversations?saved=${shared.id}&tickets=${hidden.slice(0, 90).join()}`,
    );
    expect(asked.body.rows).toEqual([]);
    expect((await agent.call<ViewCounts>('/api/views/counts')).body).not.toHaveProperty(`q-${secret}`);
    await supervisor.call(`/api/views/${shared.id}`, { method: 'DELETE' });
  });

  it('with some queues is seen by their agents, and is gone for one who leaves them', async () => {
    const { body: shared } = await make(supervisor, { sharedWith: [secret] });
    expect(shared.sharedWith).toEqual([secret]);
    expect(await views(agent)).toEqual([]);
    expect(await views(colleague)).toMatchObject([{ id: shared.id }]);
    await hub.database.query('delete from queue_member where queue_id = $1 and agent_id = $2', [secret, omid.id]);
    expect(await views(colleague)).toEqual([]);
    expect((await colleague.call(`/api/conversations?saved=${shared.id}`)).status).toBe(404);
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [secret, omid.id]);
    await supervisor.call(`/api/views/${shared.id}`, { method: 'DELETE' });
  });
});

describe('what a customer is owed', () => {
  it('is waited for from their first unanswered words until ours, and counts move with it', async () => {
    const zahra = await buildAgent(hub.database, { name: 'zahra', email: 'zahra@peyk.test' });
    const queueId = await buildQueue(hub.database, { members: [zahra.id] });
    const root = await buildAgent(hub.database, { name: 'root', email: 'root@peyk.test', role: 'admin' });
    const wish = { kind: 'messages', name: 'Shop', queueId, secrets: { secret: 'a secret of thirty-two characters' } };
    const { body: made } = await (await signedIn(hub, root.id)).call<{ id: string }>('/api/channels', { body: wish });
    const channel = { id: made.id, kind: 'messages' as const };
    const caller = await signedIn(hub, zahra.id);
    const console = await openedConsole(hub, zahra.id);
    const latest = () => console.of<ViewCounts>('views.counts').at(-1) ?? {};
    const counts = (name: string) => latest()[name]?.count;
    const asked = async () => (await caller.call<ViewCounts>('/api/views/counts')).body;
    const { body: unread } = await make(caller, { filter: { all: [{ field: 'unread', op: 'is', value: true }] } });
    await console.ask('views.watch', { on: true });
    await console.until('the first counts', () => counts('waiting') === 0);

    const conversation = await hearFrom(hub, channel, 'somebody', 'Where is it?');
    await console.until('one waits', () => counts('waiting') === 1 && counts(`q-${queueId}`) === 1);
    expect(latest()).toMatchObject({ open: { count: 1, isMore: false }, unassigned: { count: 1 }, mine: { count: 0 } });
    expect(counts(`v-${unread.id}`)).toBe(1);
    const waiting = async () => (await caller.call<Page<ListRow>>('/api/conversations?view=waiting')).body.rows;
    const [row] = await waiting();
    await hearFrom(hub, channel, 'somebody', 'Hello?');
    expect((await waiting())[0]?.ticket.waitingSince).toBe(row?.ticket.waitingSince);

    await caller.call(`/api/conversations/${conversation}/read`, { body: { conversation, seq: 2 } });
    await console.until('nothing is unread', () => counts(`v-${unread.id}`) === 0);
    const ticket = row?.ticket.id as string;
    const { body: view } = await caller.call<{ ways: { channelId: string; identityId: string }[] }>(
      `/api/conversations/${conversation}`,
    );
    const [way] = view.ways;
    const reply = {
      id: uuid(),
      kind: 'text',
      body: 'On its way.',
      ticketId: ticket,
      channelId: way?.channelId,
      identityId: way?.identityId,
    };
    const sent = await caller.call(`/api/conversations/${conversation}/messages`, { body: reply });
    expect([sent.status, sent.body]).toEqual([201, expect.anything()]);
    expect(await waiting()).toEqual([]);
    expect(await asked()).toMatchObject({ waiting: { count: 0 }, open: { count: 1 } });

    await hearFrom(hub, channel, 'somebody', 'Thank you, and the other one?');
    expect(await asked()).toMatchObject({ waiting: { count: 1 } });
    const since = (await waiting())[0]?.ticket.waitingSince;
    expect(since).toBeDefined();
    const put = async (state: string) => {
      const { body: all } = await caller.call<Page<ListRow>>('/api/conversations?view=all');
      const version = all.rows.find((one) => one.ticket.id === ticket)?.ticket.version;
      return (await caller.call(`/api/tickets/${ticket}`, { method: 'PATCH', body: { version, state } })).status;
    };
    expect(await put('solved')).toBe(200);
    expect(await waiting()).toEqual([]);
    expect(await put('open')).toBe(200);
    expect((await waiting()).map((one) => one.ticket.waitingSince)).toEqual([since]);
    const told = console.of('views.changed').length;
    await caller.call(`/api/views/${unread.id}`, { method: 'DELETE' });
    await console.until('the views are told of', () => console.of('views.changed').length > told);
    console.close();
  });
});

describe('beside ten thousand tickets', () => {
  const tests: ViewTest[] = [
    { field: 'state', op: 'is', value: ['open', 'pending'] },
    { field: 'queue', op: 'is_not', value: [uuid()] },
    { field: 'assignee', op: 'is', value: ['me'] },
    { field: 'channel', op: 'is', value: ['email'] },
    { field: 'tag', op: 'has_any', value: ['vip'] },
    { field: 'priority', op: 'at_least', value: 4 },
    { field: 'tier', op: 'at_least', value: 3 },
    { field: 'waiting', op: 'at_least', minutes: 60 },
    { field: 'sla', op: 'is', value: ['breached'] },
    { field: 'unread', op: 'is', value: true },
    { field: 'snoozed', op: 'is', value: true },
    { field: 'created', op: 'before', days: 7 },
    { field: 'language', op: 'is', value: ['fa'] },
    { field: 'field', key: 'size', op: 'at_least', value: 3 },
  ];
  const sorts: Partial<Record<ViewTest['field'], ViewSort>> = {
    priority: 'priority',
    waiting: 'waiting',
    sla: 'deadline',
  };

  beforeAll(async () => {
    const queue = await buildQueue(hub.database);
    const crowd = randomTickets(200, { queues: [queue], owners: [omid.id] });
    await writeTickets(hub, crowd);
    await hub.database.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(
        `insert into ticket (id, conversation_id, rev, state, priority, queue_id, owner_id, tags, fields, last_message_at, opened_at,
                             solved_at, closed_at, waiting_since, due_at)
         select gen_random_uuid(), t.conversation_id, 1, t.state, t.priority, t.queue_id, t.owner_id, t.tags, t.fields,
                t.last_message_at - n * interval '1 minute', t.opened_at, t.solved_at, t.closed_at, t.waiting_since, t.due_at
         from ticket t, generate_series(1, 50) n where t.queue_id = $1`,
        [queue],
      );
    });
    await hub.database.query('analyze ticket, conversation, customer, message, read_cursor');
  });

  it.each(tests)('a view that asks about $field reads along its index and no table from end to end', async (test) => {
    const queues = (await hub.database.query<{ id: string }>('select id from queue')).map(({ id }) => id);
    const view = compileView({ all: [test] }, firstCompiled, { reader: '$1', me: omid.id, queue: null });
    const sort = sorts[test.field] ?? 'newest';
    const parameters = viewParameters(view, { reader: omid.id, queues, place: fromViewCursor(sort, undefined) });
    // Beside a few thousand rows every way is cheap. What has an index to go by goes by it once the others are forbidden.
    const planOf = (text: string) =>
      hub.database.transaction(async (tx) => {
        await tx.query(
          'set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off',
        );
        const lines = await tx.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${text}`, parameters);
        return lines.map((line) => line['QUERY PLAN']).join('\n');
      });
    const page = await planOf(viewPage(view, { sort, queues: queues.length, limit: 50 }));
    expect(page).toContain(servedBy[test.field]);
    expect(page).not.toMatch(/Seq Scan on (ticket|customer|conversation|message|read_cursor)\b/);
    const count = await planOf(viewCount(view, { queues: queues.length, cap: 100 }));
    expect(count).not.toMatch(/Seq Scan on (ticket|customer|conversation|message|read_cursor)\b/);
  });

  it('a filter that hardly anything fulfils still ends, page by short page', async () => {
    const filter: ViewFilter = {
      all: [
        { field: 'state', op: 'is', value: ['solved', 'open'] },
        { field: 'tag', op: 'has_any', value: ['nothing'] },
      ],
    };
    const { body: view } = await make(supervisor, { filter });
    expect(await read(supervisor, view.id, 50)).toEqual([]);
    expect((await preview(supervisor, { all: [] })).isMore).toBe(true);
  });
});
