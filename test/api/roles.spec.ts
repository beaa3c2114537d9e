import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ApiKeyView,
  AuditEntryView,
  AuditProofView,
  MeView,
  OwnRoleView,
  Page,
  Permission,
  QueueSettingsView,
} from '#contract';
import { buildAgent, Caller, signedIn } from '../support/build-rows.js';
import { openConsole } from '../support/live-client.js';
import { PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
let count = 0;
let own: Writer;
let foreign: Writer;
let otherQueue: string;

interface Problem {
  code: string;
  field?: string;
}

const newRole = (more: Partial<OwnRoleView> = {}): object => ({
  name: { en: `Role ${String((count += 1))}` },
  base: 'agent',
  permissions: [],
  sees: 'own_queues',
  ...more,
});
const makeRole = async (more: Partial<OwnRoleView> = {}): Promise<OwnRoleView> =>
  (await desk.admin.call<OwnRoleView>('/api/roles', { body: newRole(more) })).body;
const give = (agentId: string, ownRoleId: string, caller = desk.admin) =>
  caller.call<Problem>(`/api/agents/${agentId}`, { method: 'PATCH', body: { ownRoleId } });
const patch = (path: string, body: object, caller = desk.admin) =>
  caller.call<OwnRoleView & Problem>(path, { method: 'PATCH', body });

/** Somebody who serves the desk's queue, with a role of one's own. */
async function somebody(more: Partial<OwnRoleView>): Promise<{ id: string; role: OwnRoleView; caller: Caller }> {
  const role = await makeRole(more);
  const { id } = await buildAgent(desk.hub.database);
  expect((await give(id, role.id)).status).toBe(200);
  return { id, role, caller: await desk.member(id, desk.queue) };
}

const statusOf = async (caller: Caller, path: string): Promise<number> => (await caller.call(path)).status;

beforeAll(async () => {
  desk = await PeopleDesk.start();
  otherQueue = (await desk.admin.call<QueueSettingsView>('/api/queues', { body: { name: 'Elsewhere' } })).body.id;
  own = await desk.hear({ address: '+989120000001', name: 'Own' });
  foreign = await desk.hear({ address: '+989120000002', name: 'Foreign' });
  await desk.hub.database.query('update ticket set queue_id = $2 where conversation_id = $1', [
    foreign.conversation,
    otherQueue,
  ]);
});

afterAll(() => desk?.hub.stop());

describe('a role of the organisation', () => {
  it('opens the doors that it names, and closes those that its base alone would have opened', async () => {
    const { caller } = await somebody({ permissions: ['routing.manage'] });
    expect((await caller.call('/api/queues', { body: { name: 'Made by a planner' } })).status).toBe(201);
    expect(await statusOf(caller, '/api/roles')).toBe(403);
    const me = (await caller.call<MeView>('/api/me')).body;
    expect(me).toMatchObject({ role: 'agent', permissions: ['routing.manage'], ownRole: { sees: 'own_queues' } });
    const overseer = await somebody({ base: 'supervisor', sees: 'all' });
    expect(await statusOf(overseer.caller, '/api/segments')).toBe(403);
    expect(
      await statusOf(
        await signedIn(desk.hub, (await buildAgent(desk.hub.database, { role: 'supervisor' })).id),
        '/api/segments',
      ),
    ).toBe(200);
  });

  it('lets a supervisor of some queues read these and nothing else, as if the rest were not there', async () => {
    const { caller } = await somebody({ base: 'supervisor', permissions: ['board.watch'], sees: 'own_queues' });
    const path = (writer: Writer): string => `/api/conversations/${writer.conversation}`;
    expect(await statusOf(caller, path(own))).toBe(200);
    const [refused, absent] = await Promise.all([
      caller.call<Problem>(path(foreign)),
      caller.call<Problem>('/api/conversations/01900000-0000-7000-8000-000000000000'),
    ]);
    expect([refused.status, refused.body.code]).toEqual([absent.status, absent.body.code]);
    expect((await caller.call('/api/customers?search=Foreign')).text).not.toContain('Foreign');
    const everywhere = await somebody({ base: 'supervisor', sees: 'all' });
    expect(await statusOf(everywhere.caller, path(foreign))).toBe(200);
  });

  it('is applied within a second to a console that is open', async () => {
    const { id, role, caller } = await somebody({ base: 'supervisor', sees: 'all' });
    const console = await openConsole(desk.hub, { headers: caller.credentials });
    await console.connected();
    await desk.hear({ address: foreign.address, text: 'before the change' });
    await console.until('overhears', () => console.hasHeard('before the change'));
    const narrowed = { ...newRole({ base: 'supervisor' }), version: role.version };
    const started = performance.now();
    expect((await patch(`/api/roles/${role.id}`, narrowed)).status).toBe(200);
    await console.until('is told', () => console.heard.some(({ name }) => name === 'rights.changed'), 1_000);
    expect(performance.now() - started).toBeLessThan(1_000);
    await desk.hear({ address: foreign.address, text: 'after the change' });
    await desk.hear({ address: own.address, text: 'to the own queue' });
    await console.until('hears its own', () => console.hasHeard('to the own queue'));
    expect(console.hasHeard('after the change')).toBe(false);
    console.socket.disconnect();
    expect((await patch(`/api/agents/${id}`, { role: 'agent' })).status).toBe(200);
    expect((await caller.call<MeView>('/api/me')).body.ownRole).toBeNull();
  });

  it('is one of fifty at most, also where many are made at once', async () => {
    const count = async () =>
      (await desk.hub.database.query<{ n: number }>('select count(*)::int as n from own_role'))[0]?.n ?? 0;
    const room = 50 - (await count());
    await desk.hub.database.query(
      `insert into own_role (id, name, base, permissions, sees) select gen_random_uuid(), '{"en": "filler"}', 'agent', '{}', 'own_queues' from generate_series(1, $1)`,
      [room - 1],
    );
    const made = await Promise.all(
      Array.from({ length: 4 }, () => desk.admin.call<Problem>('/api/roles', { body: newRole() })),
    );
    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
    expect(made.flatMap(({ body }) => body.code ?? [])).toEqual(['too_many', 'too_many', 'too_many']);
    await desk.hub.database.query(`delete from own_role where name ->> 'en' = 'filler'`);
  });

  it('is never a way to what its giver lacks', async () => {
    const lead = await somebody({ permissions: ['team.manage', 'replies.manage'] });
    const post = (more: Partial<OwnRoleView>) => lead.caller.call<Problem>('/api/roles', { body: newRole(more) });
    expect((await post({ permissions: ['replies.manage'] })).status).toBe(201);
    for (const more of [{ permissions: ['audit.read'] as Permission[] }, { base: 'supervisor' as const }]) {
      expect((await post(more)).body.code).toBe('beyond_own_rights');
    }
    const strong = await makeRole({ permissions: ['people.erase'] });
    expect((await patch(`/api/roles/${strong.id}`, { ...newRole(), version: 1 }, lead.caller)).body.code).toBe(
      'beyond_own_rights',
    );
    const { id: other } = await buildAgent(desk.hub.database);
    expect((await give(other, strong.id, lead.caller)).body.code).toBe('beyond_own_rights');
    const { id: boss } = await buildAgent(desk.hub.database, { role: 'admin' });
    expect((await patch(`/api/agents/${boss}`, { disabled: true }, lead.caller)).body.code).toBe('beyond_own_rights');
    expect((await patch(`/api/agents/${lead.id}`, { role: 'agent' }, lead.caller)).body.code).toBe('own_account');
  });

  it('goes only when those who have it get another, and the last administrator stays', async () => {
    const { id, role, caller } = await somebody({ permissions: ['audit.read'] });
    const remove = (to = '') => desk.admin.call<Problem>(`/api/roles/${role.id}${to}`, { method: 'DELETE' });
    expect((await remove()).body.code).toBe('in_use');
    expect((await remove(`?to=${role.id}`)).body.field).toBe('to');
    expect((await remove('?to=supervisor')).status).toBe(204);
    expect((await caller.call<MeView>('/api/me')).body).toMatchObject({ role: 'supervisor', ownRole: null });
    await desk.hub.database.query(`update agent set role = 'agent' where id = $1`, [id]);
    const [root] = await desk.hub.database.query<{ id: string }>(
      `select id from agent where role = 'admin' and email like 'admin@%'`,
    );
    await desk.hub.database.query(`update agent set role = 'supervisor' where role = 'admin' and id <> $1`, [root?.id]);
    const other = await signedIn(desk.hub, (await buildAgent(desk.hub.database, { role: 'admin' })).id);
    const answers = await Promise.all([
      patch(`/api/agents/${root?.id ?? ''}`, { role: 'agent' }, other),
      patch(`/api/agents/${(await other.call<MeView>('/api/me')).body.id}`, { role: 'agent' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await desk.hub.database.query(`update agent set role = 'admin', own_role_id = null where id = $1`, [root?.id]);
    expect((await patch(`/api/roles/${(await makeRole()).id}`, { ...newRole(), version: 9 })).body.code).toBe('stale');
  });
});

describe('keys', () => {
  it('narrow the permissions of their account, say when they were used, and are taken away by who may', async () => {
    const { caller } = await somebody({ permissions: ['audit.read', 'board.watch'] });
    const made = await caller.call<{ id: string; key: string }>('/api/me/keys', {
      body: { name: 'Archive', scopes: ['read'] },
    });
    const program = new Caller(desk.hub.url, { authorization: `Bearer ${made.body.key}` });
    expect((await program.call<Problem>('/api/audit')).body.code).toBe('scope_missing');
    expect(await statusOf(program, '/api/me')).toBe(200);
    expect((await program.call<Problem>('/api/keys')).body.code).toBe('forbidden');
    const all = (await desk.admin.call<ApiKeyView[]>('/api/keys')).body;
    const listed = all.find(({ id }) => id === made.body.id);
    expect(Date.now() - Date.parse(listed?.lastUsedAt ?? '')).toBeLessThan(60_000);
    expect(JSON.stringify(all)).not.toContain(made.body.key);
    expect((await desk.agent.call(`/api/me/keys/${made.body.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await desk.admin.call(`/api/keys/${made.body.id}`, { method: 'DELETE' })).status).toBe(204);
    expect([await statusOf(program, '/api/me'), await statusOf(program, '/api/me')]).toEqual([401, 401]);
    const lines = desk.hub
      .logged()
      .split('\n')
      .filter((line) => line.includes(made.body.id));
    expect(lines.filter((line) => line.includes('does not hold any more'))).toHaveLength(1);
  });

  it('and roles are refused in the log once a minute, without flooding it', async () => {
    const { id, caller } = await somebody({});
    await Promise.all(Array.from({ length: 5 }, () => caller.call('/api/audit')));
    const lines = desk.hub
      .logged()
      .split('\n')
      .filter((line) => line.includes('for want of rights') && line.includes(id));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ agentId: id, door: 'AuditController.list', security: true });
  });
});

describe('the audit', () => {
  const find = async (query: string): Promise<AuditEntryView[]> =>
    (await desk.admin.call<Page<AuditEntryView>>(`/api/audit?${query}`)).body.rows;

  it('shows who changed which setting from what to what, and is searched by all of it', async () => {
    const { body: queue } = await desk.admin.call<QueueSettingsView>('/api/queues', { body: { name: 'قدیم' } });
    await patch(`/api/queues/${queue.id}`, { name: 'جدید', version: queue.version });
    const [entry] = await find(`subject=${queue.id}&action=queue.changed`);
    expect(entry).toMatchObject({ subjectName: 'جدید', actor: { id: expect.any(String) } });
    expect(entry?.changes).toContainEqual({ field: 'name', before: 'قدیم', after: 'جدید' });
    expect((await find(`q=${encodeURIComponent('قدیم')}`)).map(({ id }) => id)).toContain(entry?.id);
    expect(await find(`subject=${queue.id}&to=2020-01-01T00:00:00Z`)).toEqual([]);
    expect((await find('action=role&limit=200')).every(({ action }) => action.startsWith('role.'))).toBe(true);
    const [mine] = await find(`actor=${entry?.actor?.id ?? ''}&limit=1`);
    expect(mine?.actor?.id).toBe(entry?.actor?.id);
  });

  it('is searched by what a thing is called now, however that is spelled, by a hash, and by acts of any kind', async () => {
    const { body: queue } = await desk.admin.call<QueueSettingsView>('/api/queues', { body: { name: 'نخست' } });
    await patch(`/api/queues/${queue.id}`, { name: 'پیگیری‌ها', version: queue.version });
    const ids = async (query: string) => (await find(query)).map(({ id }) => id);
    const [made] = await find(`subject=${queue.id}&action=queue.created`);
    expect(await ids(`q=${encodeURIComponent('پيگيري ها')}`)).toContain(made?.id);
    expect(await ids(`q=${String(made?.hash)}`)).toEqual([made?.id]);
    await desk.admin.call('/api/account-rules', { method: 'PUT', body: { secondFactor: 'choice' } });
    expect((await find('action=account-rules.changed'))[0]?.action).toBe('account-rules.changed');
  });

  it('shows the same of tags, surveys, outreach, macros and replies, and nothing of what somebody keeps for themselves', async () => {
    const { admin } = desk;
    const post = async <Made extends { id: string; version?: number }>(path: string, body: object) =>
      (await admin.call<Made>(path, { body })).body;
    const texts = (text: string) => ({ en: text, fa: '' });
    const reply = await post('/api/canned-replies', {
      short: 'hi',
      title: 'Hi',
      texts: texts('Hello'),
      personal: false,
    });
    await patch(`/api/canned-replies/${reply.id}`, { texts: texts('Good day') });
    const own = await post('/api/canned-replies', { short: 'me', title: 'Me', texts: texts('mine'), personal: true });
    await patch(`/api/canned-replies/${own.id}`, { texts: texts('still mine') });
    const actions = [{ do: 'set_priority', priority: 4 }];
    const macro = await post('/api/macros', { name: 'Hurry', actions, personal: false });
    await patch(`/api/macros/${macro.id}`, { name: 'Hurry up' });
    const survey = await post('/api/surveys', { name: 'After', kind: 'csat' });
    await patch(`/api/surveys/${survey.id}`, { coolDownDays: 7 });
    const condition = { all: [] };
    const segment = await post('/api/segments', { name: 'All', condition });
    const outreach = await post('/api/outreach', { name: 'News', segmentId: segment.id });
    await patch(`/api/outreach/${outreach.id}`, { perMinute: 17 });
    await desk.hub.database.query(`insert into tag (key, name) values ('refund', 'refund')`);
    await admin.call('/api/tags/renamings', { body: { from: 'refund', to: 'Money back' } });
    const changesOf = async (subject: string, action: string) =>
      (await find(`subject=${encodeURIComponent(subject)}&action=${action}`))[0]?.changes;
    expect(await changesOf(reply.id, 'canned_reply.changed')).toEqual([
      { field: 'texts', before: { en: 'Hello' }, after: { en: 'Good day' } },
    ]);
    expect(await changesOf(own.id, 'canned_reply.changed')).toEqual([]);
    expect(await changesOf(macro.id, 'macro.changed')).toEqual([{ field: 'name', before: 'Hurry', after: 'Hurry up' }]);
    expect(await changesOf(survey.id, 'survey.changed')).toEqual([{ field: 'cool_down_days', before: 30, after: 7 }]);
    expect(await changesOf(outreach.id, 'outreach.changed')).toEqual([
      { field: 'per_minute', before: expect.anything(), after: 17 },
    ]);
    expect(await changesOf('refund', 'tag.renamed')).toContainEqual({
      field: 'name',
      before: 'refund',
      after: 'Money back',
    });
    await admin.call(`/api/macros/${macro.id}`, { method: 'DELETE' });
    expect(await changesOf(macro.id, 'macro.removed')).toContainEqual({
      field: 'name',
      before: 'Hurry up',
      after: null,
    });
  });

  it('is read in pages without a gap, and as a file with every entry', async () => {
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: Page<AuditEntryView> = (
        await desk.admin.call<Page<AuditEntryView>>(`/api/audit?limit=7&before=${next}`)
      ).body;
      seen.push(...page.rows.map(({ id }) => id));
      next = page.next;
    }
    const [row] = await desk.hub.database.query<{ all: number }>('select count(*)::int as all from audit');
    expect(seen).toHaveLength(row?.all ?? 0);
    expect(new Set(seen).size).toBe(seen.length);
    const { credentials } = desk.admin;
    const file = await fetch(`${desk.hub.url}/api/audit/download?format=jsonl`, { headers: credentials });
    const lines = (await file.text()).trim().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as AuditEntryView).id);
    expect(ids.slice(1)).toEqual(seen);
    const csv = await desk.admin.call('/api/audit/download?format=csv&action=queue.changed');
    expect(csv.headers.get('content-disposition')).toContain('audit.csv');
    expect(csv.text).toContain('جدید');
  });

  it('proves its chain, and names the entry that somebody changed behind its back', async () => {
    const verify = async (): Promise<AuditProofView> =>
      (await desk.admin.call<AuditProofView>('/api/audit/verify')).body;
    const whole = await verify();
    expect(whole).toMatchObject({ intact: true, broken: null });
    const [newest] = await find('limit=1');
    expect(whole.newest).toMatchObject({ id: newest?.id, hash: newest?.hash });
    const victim = (await find(`action=queue.changed&q=${encodeURIComponent('جدید')}`))[0]?.id ?? '';
    const tamper = async (sql: string): Promise<void> => {
      await desk.hub.database.query('alter table audit disable trigger user');
      await desk.hub.database.query(sql, [victim]);
    };
    await tamper(`update audit set action = 'queue.praised' where id = $1`);
    expect(await verify()).toMatchObject({ intact: false, broken: { id: victim, why: 'columns' } });
    await tamper(`update audit set action = 'queue.changed' where id = $1`);
    await desk.hub.database.query('alter table audit drop constraint audit_check');
    await tamper(`update audit set entry = replace(entry, 'جدید', 'بهتر') where id = $1`);
    expect(await verify()).toMatchObject({ intact: false, broken: { id: victim, why: 'content' } });
    await tamper(`update audit set entry = replace(entry, 'بهتر', 'جدید') where id = $1`);
    expect((await verify()).intact).toBe(true);
    await desk.hub.database.query('alter table audit drop constraint audit_prev_hash_fkey');
    await tamper('delete from audit where id = $1');
    expect(await verify()).toMatchObject({ intact: false, broken: { why: 'link' } });
  });
});
