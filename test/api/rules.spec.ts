import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { DryRunView, ListRow, Page, Problem, QueueView, RuleRunView, RuleView, TicketView } from '#contract';
import { ActionRefused } from '../../apps/hub/src/automation/actions/action-place.js';
import { RunActions } from '../../apps/hub/src/automation/actions/run-actions.service.js';
import { IdleTickets } from '../../apps/hub/src/automation/rules/idle-tickets.service.js';
import { RulesSweeper } from '../../apps/hub/src/automation/rules/rules.sweeper.js';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { listRows, openConversation, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
let scene: ConnectedWorld;
let other: TestHub;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let chats = 31_000;

beforeAll(async () => {
  database = await createTestDatabase();
  scene = await startConnectedWorld({ databaseUrl: database.url, env });
  other = await startTestHub({ databaseUrl: database.url, env });
}, 90_000);

afterAll(async () => {
  await other?.stop();
  await scene?.close();
  await database?.drop();
});

const always = { all: [] };
const hasText = (...value: string[]) => ({ field: 'message.text', op: 'has_any', value });
const tag = (...tags: string[]) => ({ do: 'add_tags', tags });

async function makeRule(more: object): Promise<RuleView> {
  const body = { name: `Rule ${uuid()}`, enabled: true, conditions: always, ...more };
  const made = await scene.admin.call<RuleView>('/api/rules', { body });
  expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
  return made.body;
}

/** The only rules of a test are its own. */
async function noRules(): Promise<void> {
  for (const { id } of (await scene.admin.call<RuleView[]>('/api/rules')).body) {
    await scene.admin.call(`/api/rules/${id}`, { method: 'DELETE' });
  }
}

interface Talk {
  row: ListRow;
  say: (text: string) => void;
  ticket: () => Promise<TicketView>;
}

async function talk(text: string): Promise<Talk> {
  const chat = chats++;
  const customer = scene.world.bot.customer(chat, `Customer ${chat}`);
  customer.say(text);
  const found = async () =>
    (await listRows(scene.admin, 'open')).find((row) => row.customer.name === `Customer ${chat}`);
  const row = (await until(found, (one) => one !== undefined)) as ListRow;
  const ticket = async () =>
    (await openConversation(scene.admin, row.conversation)).tickets.find(
      ({ id }) => id === row.ticket.id,
    ) as TicketView;
  return { row, say: (words) => customer.say(words), ticket };
}

const log = async (rule: RuleView) =>
  (await scene.admin.call<Page<RuleRunView>>(`/api/rules/${rule.id}/log?limit=100`)).body.rows;
const ended = (rule: RuleView, count: number) =>
  until(
    () => log(rule),
    (rows) => rows.length >= count && rows.every(({ state }) => state !== 'due'),
  );
const settled = async () => {
  await scene.hub.app.get(RulesSweeper).sweep();
  await other.app.get(RulesSweeper).sweep();
};

describe('a rule that is on', () => {
  it('does all of its actions once for a message that it waits for, and its log says why', async () => {
    await noRules();
    const rule = await makeRule({
      event: { on: 'message_received' },
      conditions: { all: [hasText('پی‌گیری'), { not: { field: 'ticket.priority', op: 'is', value: 4 } }] },
      actions: [tag('followed'), { do: 'set_priority', priority: 4 }, { do: 'note', text: 'A rule was here.' }],
    });
    const { ticket, row } = await talk('لطفا پيگيري كنيد');
    const [run] = await ended(rule, 1);
    expect(await ticket()).toMatchObject({ tags: ['followed'], priority: 4 });
    expect(run).toMatchObject({
      state: 'done',
      event: 'message_received',
      ticket: { id: row.ticket.id, conversation: row.conversation },
      why: {
        holds: true,
        all: [
          { holds: true, saw: 'لطفا پيگيري كنيد' },
          { holds: true, not: { saw: 2 } },
        ],
      },
      effects: [
        { change: { what: 'tags', from: [], to: ['followed'] } },
        { change: { what: 'priority', from: 2, to: 4 } },
        { change: { says: 'note' } },
      ],
    });
    const causes = await scene.hub.database.query(
      `select type, cause, depth from event_log where subject_id = $1 and cause is not null and type = 'ticket.changed' order by position`,
      [row.ticket.id],
    );
    expect(causes).toEqual([
      { type: 'ticket.changed', cause: rule.id, depth: 1 },
      { type: 'ticket.changed', cause: rule.id, depth: 1 },
    ]);
    await settled();
    expect(await log(rule)).toHaveLength(1);
  });

  it('answers in the language of the customer by the way they wrote', async () => {
    await noRules();
    const rule = await makeRule({
      event: { on: 'ticket_created' },
      conditions: hasText('hours'),
      actions: [{ do: 'reply', text: { en: 'We open at nine.', fa: 'ساعت نه باز می‌کنیم.' } }],
    });
    const { row } = await talk('what are your hours?');
    const [run] = await ended(rule, 1);
    expect(run?.state).toBe('done');
    const said = await until(
      () =>
        scene.hub.database.query<{ body: string; author: string }>(
          `select body, author from message where conversation_id = $1 and direction = 'out'`,
          [row.conversation],
        ),
      (rows) => rows.length > 0,
    );
    const [{ locale } = { locale: '' }] = await scene.hub.database.query<{ locale: string }>(
      'select k.locale from customer k join conversation c on c.customer_id = k.id where c.id = $1',
      [row.conversation],
    );
    expect(said).toEqual([
      { body: locale.startsWith('fa') ? 'ساعت نه باز می‌کنیم.' : 'We open at nine.', author: 'system' },
    ]);
  });

  it('does nothing at all where one of its actions is refused, and says which', async () => {
    await noRules();
    const rule = await makeRule({
      event: { on: 'state_changed' },
      conditions: { field: 'event.to', op: 'is', value: ['solved'] },
      actions: [tag('lost'), { do: 'assign', agentId: scene.sara.id }],
    });
    const { ticket } = await talk('hello');
    const seen = await ticket();
    await scene.admin.call(`/api/tickets/${seen.id}`, {
      method: 'PATCH',
      body: { version: seen.version, state: 'solved' },
    });
    const [run] = await ended(rule, 1);
    expect(run).toMatchObject({ state: 'refused', code: 'finished', detail: '2 · assign', effects: [] });
    expect((await ticket()).tags).toEqual([]);
    const told = await scene.hub.database.query(
      `select payload ->> 'rule' as rule, payload ->> 'code' as code from event_log where type = 'rule.refused' and subject_id = $1`,
      [seen.id],
    );
    expect(told).toEqual([{ rule: rule.id, code: 'finished' }]);
  });

  it('calls a webhook, whatever types that asked for, and says so where it is off', async () => {
    await noRules();
    const webhookId = uuid();
    await scene.hub.database.query(
      `insert into webhook (id, name, url, owner_id, types, secret, cursor_xid, cursor_position)
       select $1, $2, 'https://example.com/hook', a.id, '{note.written}', '\\x01', '0', 0 from agent a where a.role = 'admin' limit 1`,
      [webhookId, `Hook ${webhookId}`],
    );
    const rule = await makeRule({ event: { on: 'ticket_created' }, actions: [{ do: 'call_webhook', webhookId }] });
    const { row } = await talk('ring the bell');
    expect((await ended(rule, 1))[0]?.state).toBe('done');
    const called = await scene.hub.database.query(
      `select type, subject_id as ticket, payload ->> 'rule' as rule from webhook_delivery where webhook_id = $1`,
      [webhookId],
    );
    expect(called).toEqual([{ type: 'ticket.called', ticket: row.ticket.id, rule: rule.id }]);
    await scene.hub.database.query('update webhook set enabled = false where id = $1', [webhookId]);
    await talk('ring it again');
    expect((await ended(rule, 2))[0]).toMatchObject({ state: 'refused', code: 'webhook_off' });
  });

  it('stops those behind it where it fires, and lets them be asked where it does not', async () => {
    await noRules();
    const first = await makeRule({
      event: { on: 'message_received' },
      conditions: hasText('stop'),
      actions: [tag('first')],
      stops: true,
    });
    const second = await makeRule({ event: { on: 'message_received' }, actions: [tag('second')] });
    const stopped = await talk('stop here');
    await ended(first, 1);
    const passed = await talk('go on');
    await ended(second, 1);
    expect((await stopped.ticket()).tags).toEqual(['first']);
    expect((await passed.ticket()).tags).toEqual(['second']);
  });

  it('rests for a ticket that it ran for too often, and its log shows it', async () => {
    await noRules();
    const rule = await makeRule({ event: { on: 'message_received' }, actions: [tag('seen')], maxPerHour: 2 });
    const { say, row } = await talk('one');
    await ended(rule, 1);
    say('two');
    await ended(rule, 2);
    say('three');
    const rows = await ended(rule, 3);
    expect(rows.map(({ state, code }) => [state, code])).toEqual([
      ['refused', 'rate'],
      ['done', ''],
      ['done', ''],
    ]);
    expect(
      await scene.hub.database.query(
        `select payload ->> 'code' as code from event_log where type = 'rule.refused' and subject_id = $1`,
        [row.ticket.id],
      ),
    ).toEqual([{ code: 'rate' }]);
  });

  it('is not woken by mail that nobody wrote', async () => {
    await noRules();
    const rule = await makeRule({ event: { on: 'message_received' }, actions: [tag('woken')] });
    const { row } = await talk('a person');
    await ended(rule, 1);
    const quiet = uuid();
    await scene.hub.database.query(
      `with said as (
         insert into message (id, conversation_id, ticket_id, channel_id, direction, author, body, content)
         select $1, conversation_id, ticket_id, channel_id, 'in', 'customer', 'I am away', '{"flags": ["automatic", "out_of_office"]}'
         from message where ticket_id = $2 and direction = 'in' limit 1 returning *)
       insert into event_log (type, conversation_id, subject_id, payload)
       select 'message.received', conversation_id, id, jsonb_build_object('seq', seq) from said`,
      [quiet, row.ticket.id],
    );
    const after = await talk('another person');
    await ended(rule, 2);
    const runs = await log(rule);
    expect(runs.map(({ ticket }) => ticket?.id)).toEqual([after.row.ticket.id, row.ticket.id]);
  });

  it('follows an idle ticket once for each time that it went quiet', async () => {
    await noRules();
    const { row, ticket } = await talk('anybody there?');
    const rule = await makeRule({
      event: { on: 'idle', state: 'new', hours: 2 },
      actions: [tag('quiet')],
    });
    await scene.hub.database.query(
      `update ticket set last_message_at = clock_timestamp() - interval '2 hours 1 second', opened_at = clock_timestamp() - interval '3 hours' where id = $1`,
      [row.ticket.id],
    );
    await scene.hub.database.query(`update rule set since = clock_timestamp() - interval '1 hour' where id = $1`, [
      rule.id,
    ]);
    const idle = scene.hub.app.get(IdleTickets);
    await Promise.all([idle.look(true), other.app.get(IdleTickets).look(true)]);
    await ended(rule, 1);
    expect((await ticket()).tags).toEqual(['quiet']);
    expect(await idle.look(true)).toBe(false);
    expect(await log(rule)).toHaveLength(1);
    const kept = async () => {
      await scene.hub.app.get(Housekeeping).run();
      return scene.hub.database.query('select 1 from rule_idle where ticket_id = $1', [row.ticket.id]);
    };
    expect(await kept()).toHaveLength(1);
    for (const end of [`'solved', solved_at = now()`, `'closed', closed_at = now() - interval '31 days'`]) {
      await scene.hub.database.query(`update ticket set state = ${end} where id = $1`, [row.ticket.id]);
    }
    expect(await kept()).toHaveLength(0);
  });
});

describe('rules that cause one another', () => {
  it('end at the fifth, which says so', async () => {
    await noRules();
    const to = (state: string, from: string) => ({
      event: { on: 'state_changed' },
      conditions: { field: 'event.to', op: 'is', value: [from] },
      actions: [{ do: 'set_state', state }],
      maxPerHour: 1000,
    });
    const ping = await makeRule(to('on_hold', 'pending'));
    const pong = await makeRule(to('pending', 'on_hold'));
    const { ticket } = await talk('hello');
    const seen = await ticket();
    await scene.admin.call(`/api/tickets/${seen.id}`, {
      method: 'PATCH',
      body: { version: seen.version, state: 'pending' },
    });
    const runs = async () => [...(await log(ping)), ...(await log(pong))];
    const all = await until(runs, (rows) => rows.length === 6 && rows.every(({ state }) => state !== 'due'));
    expect(
      all.toSorted((one, next) => one.depth - next.depth).map(({ depth, state, code }) => [depth, state, code]),
    ).toEqual([
      [0, 'done', ''],
      [1, 'done', ''],
      [2, 'done', ''],
      [3, 'done', ''],
      [4, 'done', ''],
      [5, 'refused', 'depth'],
    ]);
    await settled();
    expect(await runs()).toHaveLength(6);
  });
});

describe('a dry run over the past', () => {
  it('decides as the rule itself does on the same events, whatever happened to the tickets since', async () => {
    await noRules();
    const talks = [];
    for (let number = 0; number < 6; number++) {
      talks.push(await talk(number % 2 === 0 ? `refund number ${number}` : `thanks number ${number}`));
    }
    for (const { say, ticket } of talks) {
      const { id, version } = await ticket();
      await scene.admin.call(`/api/tickets/${id}`, { method: 'PATCH', body: { version, priority: 3, tags: ['late'] } });
      say('refund again');
    }
    await until(
      () =>
        scene.hub.database.query<{ n: number }>(`select count(*)::int as n from message where body = 'refund again'`),
      ([row]) => row?.n === 6,
    );
    for (const { ticket } of talks) {
      const { id, version } = await ticket();
      await scene.admin.call(`/api/tickets/${id}`, { method: 'PATCH', body: { version, priority: 1, tags: [] } });
    }
    const [{ from } = { from: 0 }] = await scene.hub.database.query<{ from: number }>(
      `select min(e.position)::int as from from event_log e join message m on m.id = e.subject_id where m.body like 'refund number%'`,
    );
    const terms = {
      event: { on: 'message_received' },
      conditions: {
        all: [
          hasText('refund'),
          { any: [{ field: 'ticket.tags', op: 'has_any', value: ['late'] }, hasText('number')] },
        ],
      },
      actions: [tag('money'), { do: 'set_priority', priority: 3 }],
      maxPerHour: 1,
    };
    const tried = await scene.admin.call<DryRunView>('/api/rules/dry-run', {
      body: { terms, over: { events: 12, days: 1 } },
    });
    expect(tried.body).toMatchObject({
      considered: 12,
      fired: 6,
      refused: { rate: 3, depth: 0 },
      approximate: 0,
      isCut: false,
      actions: [
        { do: 'add_tags', would: 6, already: 0, refused: 0 },
        { do: 'set_priority', would: 3, already: 3, refused: 0 },
      ],
    });
    expect((await talks[0]?.ticket())?.tags).toEqual([]);

    const rule = await makeRule({ ...terms, enabled: false });
    const tx = scene.hub.database;
    await tx.query(`update rule set enabled = true, since = '2000-01-01' where id = $1`, [rule.id]);
    await tx.query(
      `update fact_cursor c set xid = e.xid, position = e.position - 1 from event_log e where c.reader = 'rules' and e.position = $1`,
      [from],
    );
    await until(
      async () => (await log(rule)).length,
      (count) => count >= 9,
    );
    await settled();
    const live = await ended(rule, 9);
    const byTime = (one: { at: string }, another: { at: string }) => one.at.localeCompare(another.at);
    const ofDry = tried.body.cases
      .toSorted(byTime)
      .map(({ at, ticket, refused: code, why }) => ({ at, ticket, code: code ?? '', why }));
    const ofLive = live.toSorted(byTime).map(({ at, ticket, code, why }) => ({ at, ticket, code, why }));
    expect(ofDry).toEqual(ofLive);
  });
});

describe('writing a rule', () => {
  const terms = { event: { on: 'message_received' }, conditions: always, actions: [tag('a')] };
  const refused = async (more: object, path = '/api/rules') => {
    const answer = await scene.admin.call<Problem>(path, { body: { name: uuid(), ...terms, ...more } });
    return [answer.status, answer.body.field];
  };

  it('is refused with the path of what is wrong', async () => {
    expect(await refused({ event: { on: 'full_moon' } })).toEqual([422, 'event.on']);
    expect(await refused({ event: { on: 'idle', state: 'open' } })).toEqual([422, 'event.hours']);
    expect(await refused({ conditions: { all: [{ field: 'moon', op: 'is' }] } })).toEqual([
      422,
      'conditions.all.0.field',
    ]);
    expect(await refused({ conditions: { all: [], some: [] } })).toEqual([422, 'conditions.some']);
    const surplus = { field: 'ticket.priority', op: 'is', value: 1, extra: true };
    expect(await refused({ conditions: { not: { any: [surplus] } } })).toEqual([422, 'conditions.not.any.0.extra']);
    expect(await refused({ actions: [tag('a'), { do: 'explode' }] })).toEqual([422, 'actions.1.do']);
    expect(await refused({ actions: [] })).toEqual([422, 'actions']);
    const pattern = { field: 'message.text', op: 'matches', value: '(a)\\1' };
    expect(await refused({ conditions: pattern })).toEqual([422, 'conditions.value']);
    expect(await refused({ actions: [{ do: 'move_to_queue', queueId: uuid() }] })).toEqual([422, 'actions.0']);
  });

  it('is for administrators, and reading for supervisors', async () => {
    expect((await scene.agent.call('/api/rules')).status).toBe(403);
    expect((await scene.agent.call('/api/rules', { body: { name: 'mine', ...terms } })).status).toBe(403);
  });

  it('minds who changed it meanwhile, its name, and the order of all', async () => {
    await noRules();
    const [one, two] = [await makeRule(terms), await makeRule(terms)];
    const patch = (body: object) => scene.admin.call<Problem>(`/api/rules/${one.id}`, { method: 'PATCH', body });
    expect((await patch({ version: one.version, name: 'Renamed' })).status).toBe(200);
    expect((await patch({ version: one.version, name: 'Again' })).body.code).toBe('stale');
    expect((await patch({ version: one.version + 1, name: two.name })).body.code).toBe('name_taken');
    const order = (ids: string[]) => scene.admin.call<RuleView[]>('/api/rules/order', { method: 'PUT', body: { ids } });
    expect((await order([two.id, one.id])).body.map(({ id }) => id)).toEqual([two.id, one.id]);
    expect((await order([two.id])).status).toBe(409);
  });

  it('shows a rule as broken once what it names is gone, and the rule rests', async () => {
    await noRules();
    const queue = (await scene.admin.call<QueueView>('/api/queues', { body: { name: `Short-lived ${uuid()}` } })).body;
    const broken = await makeRule({
      ...terms,
      conditions: { field: 'ticket.queue', op: 'is_not', value: [queue.id] },
      actions: [tag('broken')],
    });
    const whole = await makeRule({ ...terms, actions: [tag('whole')] });
    expect((await scene.admin.call(`/api/queues/${queue.id}`, { method: 'DELETE' })).status).toBeLessThan(300);
    await scene.hub.database.query('update queue set retired_at = clock_timestamp() where id = $1', [queue.id]);
    const { ticket } = await talk('hello');
    await ended(whole, 1);
    expect((await ticket()).tags).toEqual(['whole']);
    const shown = (await scene.admin.call<RuleView[]>('/api/rules')).body.find(({ id }) => id === broken.id);
    expect(shown?.broken).toEqual([{ kind: 'queue', id: queue.id, at: 'conditions' }]);
    expect(await log(broken)).toEqual([]);
  });
});

describe('actions', () => {
  it('are previewed as what they would change, and nothing changes', async () => {
    await noRules();
    const { row, ticket } = await talk('hello');
    const effects = await scene.hub.app.get(RunActions).preview(scene.hub.database, {
      ticketId: row.ticket.id,
      actions: [
        { do: 'set_state', state: 'pending' },
        { do: 'reply', text: { en: 'One moment.' } },
        { do: 'assign', agentId: 'actor' },
      ],
      by: null,
      cause: { depth: 0 },
    });
    expect(effects?.map(({ change }) => change)).toEqual([
      { what: 'state', from: 'new', to: 'pending' },
      { says: 'reply', text: { en: 'One moment.' }, subjectId: null },
      { refused: 'nobody' },
    ]);
    expect((await ticket()).state).toBe('new');
  });

  it('are undone together where one of them is refused', async () => {
    const { row, ticket } = await talk('hello');
    const run = scene.hub.database.transaction((tx) =>
      scene.hub.app.get(RunActions).run(tx, {
        ticketId: row.ticket.id,
        actions: [
          { do: 'add_tags', tags: ['gone'] },
          { do: 'set_field', field: 'no_such_field', value: 'x' },
        ],
        by: null,
        cause: { depth: 0 },
      }),
    );
    await expect(run).rejects.toBeInstanceOf(ActionRefused);
    await expect(run).rejects.toMatchObject({ index: 1, code: 'field_gone' });
    expect((await ticket()).tags).toEqual([]);
  });
});
