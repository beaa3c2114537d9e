import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  ConversationView,
  HistoryFindingsView,
  HistoryImportView,
  HistoryTermsView,
  MessageView,
} from '#contract';
import { undoMerge } from '#channels';
import { HubConfig } from '#config';
import { Database } from '../../apps/hub/src/database/database.js';
import { HistoryJobs } from '../../apps/hub/src/intake/history/history-jobs.service.js';
import { ErasureSteps } from '../../apps/hub/src/privacy/erasures/erasure-steps.service.js';
import { ReportFacts } from '../../apps/hub/src/supervision/reports/facts/report-facts.sweeper.js';
import { recount } from '../../apps/hub/src/supervision/reports/facts/report-facts.query.js';
import { Caller } from '../support/build-rows.js';
import {
  chatwoot,
  freescout,
  longZendesk,
  zammad,
  zendesk,
  type ExportFile,
} from '../support/history-exports/four-products.js';
import { PeopleDesk } from '../support/people-desk.js';
import { spawnNode } from '../support/spawn-node.js';

let desk: PeopleDesk;

async function erase(customer: string, confirm: string): Promise<void> {
  const asked = await desk.customer(
    customer,
    '/erasure',
    { method: 'POST', body: { confirm, remember: true } },
    desk.admin,
  );
  expect(asked.status).toBe(202);
  while ((await desk.hub.app.get(ErasureSteps, { strict: false }).step()) !== 'idle') {
    // The next step.
  }
}

beforeAll(async () => {
  // Its own jobs stay asleep: histories are brought here, when it suits.
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
  await desk.hub.database.query(`update agent set email = 'sara@peyk.test' where id = $1`, [desk.agentId]);
});
afterAll(() => desk?.hub.stop());

const call = <T>(path: string, more: object = {}) => desk.admin.call<T>(`/api/history-imports${path}`, more);
const sql = <T extends object>(statement: string, parameters: unknown[] = []) =>
  desk.hub.database.query<T & Record<string, unknown>>(statement, parameters);

const give = async (id: string, { name, content }: ExportFile): Promise<number> =>
  (await call(`/${id}/files`, { file: { name, content } })).status;

const work = (id: string) => desk.hub.app.get(HistoryJobs).work(id);
const seen = async (id: string) => (await call<HistoryImportView>(`/${id}`)).body;

/** Gives the files and has them read. */
async function read(system: string, files: ExportFile[], account = ''): Promise<HistoryImportView> {
  const { body } = await call<HistoryImportView>('', { body: { system, account } });
  for (const file of files) {
    expect(await give(body.id, file)).toBe(201);
  }
  expect((await call<HistoryImportView>(`/${body.id}/read`, { method: 'POST' })).body.state).toBe('reading');
  await work(body.id);
  return seen(body.id);
}

async function start(id: string, openAs: HistoryTermsView['openAs'] = 'closed'): Promise<HistoryImportView> {
  const { body: found } = await call<HistoryFindingsView>(`/${id}/findings`);
  const inboxes = found.inboxes.map(({ key }) => ({ key, queueId: desk.queue, channelId: desk.mail.id }));
  const started = await call<HistoryImportView>(`/${id}/start`, {
    body: {
      inboxes: inboxes.length > 0 ? inboxes : [{ key: '', queueId: desk.queue, channelId: desk.mail.id }],
      openAs,
    },
  });
  expect(started.body).toMatchObject({ state: 'running' });
  return started.body;
}

async function bring(system: string, files: ExportFile[], account = ''): Promise<HistoryImportView> {
  const { id } = await read(system, files, account);
  await start(id);
  await work(id);
  return seen(id);
}

async function timelineOf(address: string, kind = 'email'): Promise<ConversationView> {
  const { conversation } = await desk.writer(kind, address);
  return (await desk.admin.call<ConversationView>(`/api/conversations/${conversation}`)).body;
}

const lines = (view: { messages: MessageView[] }) =>
  view.messages
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map((one) => `${one.author.name} ${one.kind === 'note' ? 'noted' : one.direction}: ${one.body}`);

/** Everything by which anybody would hear of something. */
const heard = () =>
  sql(`select (select count(*) from event_log) as facts, (select count(*) from delivery) as deliveries, (select count(*) from notice) as notices,
              (select count(*) from webhook_delivery) as webhooks, (select count(*) from work_item) as work, (select count(*) from survey_ask) as asked`);

describe('a history of another product', () => {
  it('comes from Zendesk as one thread per person, at its own times, and nobody hears of it', async () => {
    const before = await heard();
    const given = await read('zendesk', zendesk);
    expect(given).toMatchObject({ state: 'read', people: 2, tickets: 2, messages: 5, refused: 0 });
    const { body: found } = await call<HistoryFindingsView>(`/${given.id}/findings`);
    expect(found).toMatchObject({
      openTickets: 1,
      inboxes: [{ key: '7', name: 'Support', tickets: 2 }],
      agents: [{ name: 'Sara', agent: 'Sara' }],
      hereCount: 0,
    });
    expect(found.matches).toEqual([
      expect.objectContaining({ kind: 'email', value: 'nora@example.com', count: 2, isJoined: true }),
    ]);
    await start(given.id);
    await work(given.id);
    expect(await seen(given.id)).toMatchObject({
      state: 'done',
      addedPeople: 2,
      addedTickets: 2,
      addedMessages: 5,
      refused: 0,
    });

    const view = await timelineOf('nora@example.com');
    expect(lines(view)).toEqual([
      'Nora Vale in: Where is it?\n📎 far.png http://127.0.0.1:9/secret.png',
      'Nora Vale in: An invoice, please.',
      'Kim Gone out: Gone agent says yes.',
      'Sara out: On its way.',
      'Sara noted: Called the driver.',
    ]);
    expect(view.messages.map(({ at }) => at).toSorted()[0]).toBe('2025-03-01T09:00:00.000Z');
    expect(view.messages.flatMap(({ attachments }) => attachments)).toEqual([
      expect.objectContaining({ name: 'receipt.txt', bytes: 4 }),
    ]);
    expect(view.unread).toBe(0);
    expect(
      view.tickets
        .map(({ subject, state, tags }) => ({ subject, state, tags }))
        .toSorted((a, b) => a.subject.localeCompare(b.subject)),
    ).toEqual([
      { subject: 'Invoice', state: 'closed', tags: ['open-when-imported'] },
      { subject: 'Late parcel', state: 'closed', tags: ['delivery', 'vip'] },
    ]);
    expect(await heard()).toEqual(before);
    // Nothing of what was read is left.
    expect(
      await sql(
        'select 1 from history_person union all select 1 from history_message union all select 1 from history_match',
      ),
    ).toEqual([]);
    expect(await sql('select 1 from history_file where storage_key is not null')).toEqual([]);
  });

  it('comes once, however often its file is given', async () => {
    const count = () =>
      sql(
        `select (select count(*) from message) as messages, (select count(*) from ticket) as tickets, (select count(*) from customer) as people`,
      );
    const before = await count();
    expect(await bring('zendesk', zendesk)).toMatchObject({
      state: 'done',
      addedPeople: 0,
      addedTickets: 0,
      addedMessages: 0,
      known: 5,
    });
    expect(await count()).toEqual(before);
  });

  it.each([
    ['chatwoot', chatwoot, '+989121110005', 'phone', ['Pari Karimi in: سفارشم نرسید', 'Sara out: حتماً'], 2],
    [
      'zammad',
      zammad,
      'lena@example.com',
      'email',
      ['Lena Maas in: It does not print.\n📎 log.txt', 'Sara out: Turn it off.'],
      1,
    ],
    [
      'freescout',
      freescout,
      'max@example.com',
      'email',
      ['Max Moor in: Money back?\nThanks\n📎 a.pdf https://old.example/a.pdf', 'Sara out: Paid back.'],
      1,
    ],
  ] as const)('comes from %s', async (system, files, address, kind, said, people) => {
    const done = await bring(system, [...files]);
    expect(done).toMatchObject({ state: 'done', addedPeople: people, addedTickets: 1, addedMessages: 2, refused: 0 });
    expect(lines(await timelineOf(address, kind))).toEqual(said);
  });

  it('stands before what a customer who is here already said, and is theirs', async () => {
    const { conversation } = await desk.hear(
      { kind: 'email', address: 'here@example.com', name: 'Hana Here', text: 'now' },
      desk.mail,
    );
    const [ticket] = JSON.parse(`[${zendesk[0]!.content.split('\n')[0]!}]`) as Record<string, unknown>[];
    const file = {
      name: 't.json',
      content: JSON.stringify({ ...ticket, requester: { id: 10, name: 'Hana', email: 'here@example.com' } }),
    };
    const { id } = await read('zendesk', [file], 'other');
    expect((await call<HistoryFindingsView>(`/${id}/findings`)).body.here).toMatchObject([
      { customerName: 'Hana Here' },
    ]);
    await start(id);
    await work(id);
    expect(await seen(id)).toMatchObject({ addedPeople: 0, joinedPeople: 1, addedMessages: 3 });
    const { body: view } = await desk.admin.call<ConversationView>(`/api/conversations/${conversation}`);
    expect(lines(view).at(-1)).toBe('Hana Here in: now');
    expect(lines(view)).toHaveLength(4);
    // Who writes next goes on with the same person.
    await desk.hear({ kind: 'email', address: 'nora@example.com', text: 'again' }, desk.mail);
    expect(lines(await timelineOf('nora@example.com')).at(-1)).toMatch(/in: again$/);
  });

  it('leaves doubtful people apart until somebody says otherwise', async () => {
    const users = [
      { id: 1, name: 'Ali Rezaei', email: 'ali1@example.com', role: 'end-user' },
      { id: 2, name: 'Ali Rezaei', email: 'ali2@example.com', role: 'end-user' },
      { id: 3, name: 'Front', email: 'info@shop.example', role: 'end-user' },
      { id: 4, name: 'Desk', email: 'info@shop.example', role: 'end-user' },
    ];
    const given = await read('zendesk', [{ name: 'users.json', content: JSON.stringify({ users }) }], 'doubt');
    expect(given.people).toBe(4);
    const { matches } = (await call<HistoryFindingsView>(`/${given.id}/findings`)).body;
    expect(matches.map(({ kind, isJoined }) => `${kind} ${String(isJoined)}`)).toEqual(['email false', 'name false']);
    const named = matches.find(({ kind }) => kind === 'name');
    const chosen = await call<HistoryImportView>(`/${given.id}/matches/${named!.id}`, {
      method: 'PUT',
      body: { isJoined: true },
    });
    expect(chosen.body.people).toBe(3);
    await start(given.id);
    await work(given.id);
    const owners = await sql(
      `select distinct customer_id from identity where address in ('ali1@example.com', 'ali2@example.com')`,
    );
    expect(owners).toHaveLength(1);
  });

  it('brings what was open as work of its queue where that is asked for, and still tells nobody', async () => {
    const ticket = {
      ...(JSON.parse(zendesk[0]!.content.split('\n')[1]!) as Record<string, unknown>),
      requester: { id: 77, name: 'Ola Open', email: 'ola@example.com' },
    };
    const told = () => sql(`select count(*) from event_log`);
    const before = await told();
    const { id } = await read('zendesk', [{ name: 'open.json', content: JSON.stringify(ticket) }], 'open');
    await start(id, 'open');
    await work(id);
    expect((await timelineOf('ola@example.com')).tickets).toMatchObject([{ state: 'open', tags: [] }]);
    expect(
      await sql(
        `select w.state from work_item w join ticket t on t.id = w.ticket_id where t.subject = 'Invoice' and t.state = 'open'`,
      ),
    ).toEqual([{ state: 'queued' }]);
    expect(await told()).toEqual(before);
  });

  it('can be stopped and gone on with, and refuses places that are not there', async () => {
    const { id } = await read('zammad', zammad, 'stop');
    const nowhere = { inboxes: [{ key: '1', queueId: desk.queue, channelId: desk.queue }], openAs: 'closed' };
    expect((await call(`/${id}/start`, { body: nowhere })).status).toBe(422);
    expect(
      (await call(`/${id}/start`, { body: { ...nowhere, inboxes: [{ ...nowhere.inboxes[0], key: 'x' }] } })).status,
    ).toBe(422);
    await start(id);
    expect((await call<HistoryImportView>(`/${id}/stop`, { method: 'POST' })).body.state).toBe('stopped');
    await work(id);
    expect(await seen(id)).toMatchObject({ state: 'stopped', addedMessages: 0 });
    // Of one that was left for too long nothing waits any more.
    await sql(`update history_import set state = 'failed', why = 'too_old' where id = $1`, [id]);
    const terms = { ...nowhere, inboxes: [{ ...nowhere.inboxes[0], channelId: desk.mail.id }] };
    expect((await call(`/${id}/start`, { body: terms })).status).toBe(409);
    await sql(`update history_import set state = 'stopped', why = '' where id = $1`, [id]);
    await start(id);
    await work(id);
    expect(await seen(id)).toMatchObject({ state: 'done', addedMessages: 2, joinedPeople: 1 });
    expect((await call(`/${id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it.each([
    ['history.after-read-commit', 'reading'],
    ['history.after-portion-commit:kill:3', 'running'],
  ])(
    'goes on where a node died at %s, to the same end',
    async (place, state) => {
      const { databaseUrl } = desk.hub.app.get(HubConfig);
      const folder = await mkdtemp(join(tmpdir(), 'peyk-doomed-'));
      await mkdir(join(desk.hub.dataDir, 'files'), { recursive: true });
      await symlink(join(desk.hub.dataDir, 'files'), join(folder, 'files'));
      const doomed = await spawnNode({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: folder });
      const there = new Caller(doomed.url, desk.admin.credentials);
      try {
        const { body } = await call<HistoryImportView>('', { body: { system: 'zendesk', account: place } });
        const { id } = body;
        expect(await give(id, longZendesk(4, 400))).toBe(201);
        if (state === 'running') {
          await call(`/${id}/read`, { method: 'POST' });
          await work(id);
        }
        await doomed.dieAt(place);
        const path = `/api/history-imports/${id}/${state === 'running' ? 'start' : 'read'}`;
        const terms = { inboxes: [{ key: '7', queueId: desk.queue, channelId: desk.mail.id }], openAs: 'closed' };
        await there.call(path, state === 'running' ? { body: terms } : { method: 'POST' }).catch(() => undefined);
        await doomed.gone;
        const half = await seen(id);
        expect(half.state).toBe(state);
        expect(half.addedMessages > 0).toBe(state === 'running');
        await sql(`update history_import set held_until = null where id = $1`, [id]);
        await work(id);
        if (state === 'reading') {
          expect(await seen(id)).toMatchObject({ state: 'read', people: 4, tickets: 4, messages: 1600, refused: 0 });
          await start(id);
          await work(id);
        }
        expect(await seen(id)).toMatchObject({
          state: 'done',
          peopleDone: 4,
          addedTickets: 4,
          addedMessages: 1600,
          known: 0,
        });
        expect(lines(await timelineOf('long3@example.com')).at(-1)).toBe(' out: word 399');
      } finally {
        await doomed.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    40_000,
  );

  it('is brought by one alone where it is stopped and gone on with while a portion is under way', async () => {
    const { id } = await read('zendesk', [longZendesk(2, 5)], 'raced');
    await start(id);
    const database = desk.hub.app.get(Database);
    const transaction = database.transaction.bind(database);
    const late = jest.spyOn(database, 'transaction').mockImplementationOnce(async (does) => {
      await call(`/${id}/stop`, { method: 'POST' });
      await start(id);
      await work(id);
      await sql(`update history_import set state = 'running' where id = $1`, [id]);
      return transaction(does);
    });
    await work(id);
    late.mockRestore();
    expect(await seen(id)).toMatchObject({ state: 'running', peopleDone: 2, addedMessages: 10, known: 0 });
    await sql(`update history_import set held_until = null where id = $1`, [id]);
    await work(id);
    expect(await seen(id)).toMatchObject({ state: 'done', peopleDone: 2, addedMessages: 10, known: 0 });
  });

  it('never makes public what one of its files calls a note', async () => {
    const ticket = (comment: object): string =>
      JSON.stringify({
        id: 1,
        subject: 'Twice',
        requester: { id: 1, name: 'Tia', email: 'tia@example.com' },
        comments: [{ id: 1, body: 'between us', created_at: '2025-03-01T09:00:00Z', ...comment }],
      });
    const [open, hidden] = [ticket({ author_id: 90, public: true }), ticket({ public: false })];
    for (const [place, files] of [
      [open, hidden],
      [hidden, open],
    ].entries()) {
      const given = files.map((content, at) => ({ name: `${String(at)}.json`, content }));
      await bring('zendesk', given, `twice${String(place)}`);
    }
    await bring('zendesk', [{ name: 'both.json', content: `${open}\n${hidden}` }], 'twice-in-one');
    const said = (await timelineOf('tia@example.com')).messages;
    expect(said.map(({ kind }) => kind)).toEqual(['note', 'note', 'note']);
  });

  it('follows whoever was parted from it, and does not bring back whoever was erased since', async () => {
    const users = {
      name: 'users.json',
      content: JSON.stringify([
        { id: 8, login: 'x', firstname: 'Pia', lastname: 'Part', email: 'pia@example.com', roles: ['Customer'] },
      ]),
    };
    const [tickets, articles] = zammad as [ExportFile, ExportFile];
    const later = {
      name: 'later.json',
      content: JSON.stringify([
        {
          id: 59,
          ticket_id: 41,
          sender: 'Customer',
          body: 'And again.',
          internal: false,
          created_at: '2025-04-01T09:00:00Z',
          created_by_id: 8,
        },
      ]),
    };
    await desk.hear({ kind: 'email', address: 'pia@example.com', name: 'Pia', text: 'now' }, desk.mail);
    await bring('zammad', [tickets, articles, users], 'parted');
    const [ticket] = await sql<{ customer: string; conversation: string }>(
      `select c.customer_id as customer, c.id as conversation from history_brought b join ticket t on t.id = b.target join conversation c on c.id = t.conversation_id
       where b.source = 'zammad:parted' and b.kind = 'ticket'`,
    );
    await desk.hub.app.get(Database).transaction((tx) => undoMerge(tx, ticket!.customer, null));
    expect(await bring('zammad', [tickets, later], 'parted')).toMatchObject({ state: 'done', addedMessages: 1 });
    const { body: parted } = await desk.admin.call<ConversationView>(`/api/conversations/${ticket!.conversation}`);
    expect(lines(parted).at(-1)).toMatch(/in: And again\.$/);

    await erase(ticket!.customer, 'Pia Part');
    const people = () => sql(`select count(*) from customer`);
    const before = await people();
    const again = { name: 'again.json', content: later.content.replace('"id":59', '"id":60') };
    expect(await bring('zammad', [tickets, again], 'parted')).toMatchObject({
      state: 'done',
      addedPeople: 0,
      addedMessages: 0,
      refused: 1,
    });
    expect(await people()).toEqual(before);
  });

  it('keeps no address of whoever was erased and is in a file again', async () => {
    const list = { name: 'people.csv', content: 'name,email\nEva Gone,Eva@example.com\n' };
    const said = {
      name: 'said.json',
      content: JSON.stringify([{ id: 41, title: 'x', customer_id: 'Eva@example.com', group_id: 1, state: 'closed' }]),
    };
    expect(await bring('zammad', [list, said], 'forgotten')).toMatchObject({ addedPeople: 1 });
    const [eva] = await sql<{ id: string }>(`select id from customer where name = 'Eva Gone'`);
    await erase(eva!.id, 'Eva Gone');
    expect(await bring('zammad', [list], 'forgotten')).toMatchObject({ addedPeople: 0, refused: 1 });
    expect(await sql(`select part from history_fault where part ilike '%eva@example.com%'`)).toEqual([]);
  });

  it('names what could not be taken, and counts in reports as it was', async () => {
    const broken = await read(
      'zendesk',
      [
        {
          name: 'odd.json',
          content:
            '{"what":1}\n{"id":9,"subject":"x","requester":{"id":1},"comments":[{"id":1,"author_id":1,"body":"no time"}]}',
        },
      ],
      'odd',
    );
    const table = await fetch(`${desk.hub.url}/api/history-imports/${broken.id}/faults.csv?language=fa`, {
      headers: desk.admin.credentials,
    });
    expect(await table.text()).toMatch(/odd\.json.*رکوردی از این محصول نیست[\s\S]*message 1.*معلوم نیست کی/);
    const cut = await read('zendesk', [{ name: 'cut.json', content: '{"tickets":[{"id":1' }], 'cut');
    expect(cut).toMatchObject({ state: 'failed', why: 'ends_within' });

    const facts = desk.hub.app.get(ReportFacts);
    await facts['facts'].begin();
    await facts.sweep();
    expect(await sql(recount, [10])).toEqual([]);
    const [counted] = await sql<{ n: number }>(
      `select count(*)::int as n from report_fact where kind = 'solved' and at < '2025-03-02'`,
    );
    expect(counted!.n).toBeGreaterThanOrEqual(5);

    // What a later file adds to a ticket of before counts as well.
    const [line = ''] = zendesk[0]!.content.split('\n');
    const { comments, ...ticket } = JSON.parse(line) as { comments: object[] };
    const later = { ...comments[1], id: 104, created_at: '2025-03-01T10:30:00Z' };
    const more = { name: 'more.json', content: JSON.stringify({ ...ticket, comments: [later] }) };
    expect(await bring('zendesk', [more])).toMatchObject({ addedTickets: 0, addedMessages: 1 });
    await facts.sweep();
    expect(await sql(recount, [10])).toEqual([]);
  });

  it('is for administrators', async () => {
    expect((await desk.agent.call('/api/history-imports')).status).toBe(403);
  });
});
