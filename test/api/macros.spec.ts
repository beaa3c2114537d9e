import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CannedReplyView, MacroPreviewView, MacroView, TicketView } from '#contract';
import type { Answered, Caller } from '../support/build-rows.js';
import { PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
let count = 0;

beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});

afterAll(() => desk?.hub.stop());

type Refusable = { code?: string; field?: string; detail?: string };
const fresh = (what: string): string => `${what} ${String((count += 1))}`;
const guide = { name: 'guide.txt', content: 'how it is done' };
const post = (body: object, caller = desk.admin): Promise<Answered<MacroView & Refusable>> =>
  caller.call('/api/macros', { body: { name: fresh('Macro'), ...body } });

async function make(actions: object[], more: object = {}, caller = desk.admin): Promise<MacroView> {
  const made = await post({ actions, ...more }, caller);
  expect(made.text).not.toContain('detail');
  return made.body;
}

/** A person who wrote, and the ticket that came of it. */
async function arrive(): Promise<Writer & { ticket: TicketView }> {
  const writer = await desk.hear({ address: `+98912${String((count += 1)).padStart(7, '0')}`, name: 'سارا احمدی' });
  return { ...writer, ticket: (await desk.open(writer.conversation)).tickets[0] as TicketView };
}

const run = (
  ticket: TicketView,
  macro: MacroView,
  caller: Caller = desk.agent,
): Promise<Answered<TicketView & Refusable>> =>
  caller.call(`/api/tickets/${ticket.id}/macros/${macro.id}`, { body: { version: ticket.version } });
const preview = (
  ticket: TicketView,
  macro: MacroView,
  caller: Caller = desk.agent,
): Promise<Answered<MacroPreviewView>> => caller.call(`/api/tickets/${ticket.id}/macros/${macro.id}/preview`);
const listed = async (macro: MacroView, caller = desk.admin): Promise<MacroView | undefined> =>
  (await caller.call<MacroView[]>('/api/macros')).body.find(({ id }) => id === macro.id);
const makeQueue = async (): Promise<string> =>
  (await desk.admin.call<{ id: string }>('/api/queues', { body: { name: fresh('Queue') } })).body.id;
const makeReply = async (body: object, caller = desk.admin): Promise<string> =>
  (
    await caller.call<CannedReplyView>('/api/canned-replies', {
      body: { short: fresh('short').replace(' ', ''), title: 'Title', ...body },
    })
  ).body.id;

/** The names under which the hub keeps files. */
async function storedFiles(): Promise<string[]> {
  const found = await readdir(join(desk.hub.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();
}

async function arriveByMail(name: string): Promise<TicketView> {
  const mail = {
    messageId: `<${name}@example.org>`,
    inReplyTo: null,
    references: [],
    subject: name,
    to: ['support@peyk.test'],
    cc: [],
    threadToken: null,
  };
  const said = { kind: 'email' as const, address: `${name}@example.org`, name, text: 'hello', event: { mail } };
  const { conversation } = await desk.hear(said, desk.mail);
  return (await desk.open(conversation)).tickets[0] as TicketView;
}

const urgent = [
  { do: 'set_priority', priority: 4 },
  { do: 'add_tags', tags: ['late'] },
  { do: 'note', text: 'Checked with the courier.' },
];

describe('a macro', () => {
  it('is shown as a diff before it runs, and the diff changes nothing', async () => {
    const { ticket, conversation } = await arrive();
    const macro = await make(urgent);
    const { body } = await preview(ticket, macro);
    expect(body).toMatchObject({ version: ticket.version, broken: [], runs: true });
    expect(body.effects.map(({ change }) => change)).toEqual([
      { what: 'priority', from: 2, to: 4 },
      { what: 'tags', from: [], to: ['late'] },
      { says: 'note', text: { en: 'Checked with the courier.' }, subjectId: null },
    ]);
    expect((await desk.open(conversation)).tickets[0]).toEqual(ticket);
  });

  it('does all that it says in one go, and counts it', async () => {
    const { ticket, conversation } = await arrive();
    const macro = await make(urgent);
    const done = await run(ticket, macro);
    expect(done).toMatchObject({ status: 200, body: { priority: 4, tags: ['late'] } });
    const { messages } = await desk.open(conversation);
    expect(messages.filter(({ kind }) => kind === 'note').map(({ body, author }) => [body, author.id])).toEqual([
      ['Checked with the courier.', desk.agentId],
    ]);
    expect(await listed(macro)).toMatchObject({ used: 1, usedAt: expect.any(String) });
    const acts = await desk.hub.database.query(
      `select 1 from audit where action = 'macro.run' and entry::jsonb ->> 'subject' = $1`,
      [ticket.id],
    );
    expect(acts).toHaveLength(1);
  });

  it('names the queues and agents of its diff', async () => {
    const { ticket } = await arrive();
    const queueId = await makeQueue();
    const macro = await make([
      { do: 'move_to_queue', queueId },
      { do: 'assign', agentId: 'actor' },
    ]);
    const { body } = await preview(ticket, macro);
    expect(body.names).toMatchObject({ [queueId]: expect.stringContaining('Queue'), [desk.agentId]: 'Sara' });
    expect((await run(ticket, macro)).body).toMatchObject({ queueId, ownerId: desk.agentId });
  });

  it('sends a canned reply in the language of its customer, with its files', async () => {
    const mail = {
      messageId: '<1@example.org>',
      inReplyTo: null,
      references: [],
      subject: 'سفارش',
      to: ['support@peyk.test'],
      cc: [],
      threadToken: null,
    };
    const said = {
      kind: 'email' as const,
      address: 'sara@example.org',
      name: 'سارا احمدی',
      text: 'سلام',
      event: { mail },
    };
    const writer = await desk.hear(said, desk.mail);
    const ticket = (await desk.open(writer.conversation)).tickets[0] as TicketView;
    const upload = await desk.admin.call<{ id: string }>('/api/canned-replies/files', { file: guide });
    const { id: fileId } = upload.body;
    const reply = await makeReply({
      texts: { en: 'Hello {{ customer.first_name }}', fa: 'سلام {{ customer.first_name }}' },
      fileIds: [fileId],
    });
    const macro = await make([{ do: 'canned_reply', cannedReplyId: reply }]);
    expect((await preview(ticket, macro)).body.effects[0]?.change).toMatchObject({
      says: 'reply',
      text: { fa: 'سلام سارا' },
    });
    const done = await run(ticket, macro);
    expect([done.status, done.body.detail]).toEqual([200, undefined]);
    const sent = (await desk.open(writer.conversation)).messages.filter(({ direction }) => direction === 'out');
    expect(sent).toMatchObject([
      { body: 'سلام سارا', author: { id: desk.agentId }, attachments: [{ name: 'guide.txt' }] },
    ]);
    expect((await desk.agent.call(sent[0]?.attachments[0]?.url ?? '')).text).toBe('how it is done');
    const replies = (await desk.admin.call<CannedReplyView[]>('/api/canned-replies')).body;
    expect(replies.find(({ id }) => id === reply)?.used).toBe(1);
  });

  it('leaves no copy of a file behind that no message took', async () => {
    const upload = await desk.admin.call<{ id: string }>('/api/canned-replies/files', { file: guide });
    const { id: fileId } = upload.body;
    const reply = await makeReply({ texts: { en: 'See the guide.' }, fileIds: [fileId] });
    const macro = await make([
      { do: 'canned_reply', cannedReplyId: reply },
      { do: 'set_state', state: 'solved' },
      { do: 'set_state', state: 'pending' },
    ]);
    const before = await storedFiles();
    expect(before.length).toBeGreaterThan(0);
    expect((await run(await arriveByMail('three'), macro)).body).toMatchObject({ field: 'actions.2' });
    expect(await storedFiles()).toEqual(before);
    const loose = await desk.hub.database.query('select id from attachment where seq is null');
    expect(loose).toEqual([]);
  });

  it('is not run on a ticket that somebody else changed', async () => {
    const { ticket, conversation } = await arrive();
    const macro = await make(urgent);
    await desk.admin.call(`/api/tickets/${ticket.id}`, {
      method: 'PATCH',
      body: { version: ticket.version, priority: 3 },
    });
    expect(await run(ticket, macro)).toMatchObject({ status: 409, body: { code: 'stale', field: 'version' } });
    expect((await desk.open(conversation)).tickets[0]).toMatchObject({ priority: 3, tags: [] });
    expect(await listed(macro)).toMatchObject({ used: 0, usedAt: null });
  });

  it('runs once where it is pressed twice', async () => {
    const { ticket } = await arrive();
    const macro = await make(urgent);
    const statuses = (await Promise.all([run(ticket, macro), run(ticket, macro), run(ticket, macro)])).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 409, 409]);
    expect((await listed(macro))?.used).toBe(1);
  });

  it('says something once where it is pressed twice', async () => {
    const { ticket, conversation } = await arrive();
    const macro = await make([{ do: 'note', text: 'Called them back.' }]);
    const statuses = (await Promise.all([run(ticket, macro), run(ticket, macro)])).map(({ status }) => status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 409]);
    expect((await desk.open(conversation)).messages.filter(({ kind }) => kind === 'note')).toHaveLength(1);
  });

  it('gives an unowned ticket to whoever answers with it, unless it says whose it becomes', async () => {
    const reply = { do: 'reply', text: { en: 'One moment.' } };
    const back = await make([reply, { do: 'assign', agentId: null }]);
    expect((await run(await arriveByMail('one'), await make([reply]))).body).toMatchObject({ ownerId: desk.agentId });
    expect((await run(await arriveByMail('two'), back)).body).toMatchObject({ ownerId: null });
  });

  it('keeps tags in the spelling in which they are known', async () => {
    const { ticket } = await arrive();
    const known = await run(ticket, await make([{ do: 'add_tags', tags: ['پیگیری فوری'] }]));
    expect(known.body.tags).toEqual(['پیگیری فوری']);
    const again = await make([{ do: 'add_tags', tags: ['پيگيري فوري', 'late'] }]);
    expect((await preview(known.body, again)).body.effects[0]?.change).toMatchObject({ to: ['پیگیری فوری', 'late'] });
    const { body } = await run(known.body, again);
    expect(body.tags).toEqual(['پیگیری فوری', 'late']);
    const other = await arrive();
    expect((await run(other.ticket, again)).body.tags).toEqual(['پیگیری فوری', 'late']);
    const away = await make([{ do: 'remove_tags', tags: ['پيگيري فوري'] }]);
    expect((await run(body, away)).body.tags).toEqual(['late']);
  });

  it('does nothing when its third action is refused', async () => {
    const { ticket, conversation } = await arrive();
    const reply = await makeReply({ texts: { en: '{{ customer.company }}', fa: '' } });
    const macro = await make([...urgent.slice(0, 2), { do: 'canned_reply', cannedReplyId: reply }]);
    const refused = await run(ticket, macro);
    expect(refused).toMatchObject({ status: 409, body: { field: 'actions.2' } });
    expect(refused.body.detail).toMatch(/^Step 3\b.*Nothing was changed\.$/u);
    const now = await desk.open(conversation);
    expect(now.tickets[0]).toEqual(ticket);
    expect(now.messages).toHaveLength(1);
    expect((await preview(ticket, macro)).body).toMatchObject({ runs: false });
    expect(await listed(macro)).toMatchObject({ used: 0, broken: [] });
  });

  it('says which step cannot be done where the ticket stands in its way', async () => {
    const { ticket } = await arrive();
    const macro = await make([
      { do: 'set_state', state: 'solved' },
      { do: 'set_state', state: 'pending' },
    ]);
    expect((await preview(ticket, macro)).body.effects[1]?.change).toEqual({ refused: 'illegal_state' });
    const refused = await run(ticket, macro);
    expect(refused.body).toMatchObject({ code: 'illegal_state', field: 'actions.1' });
  });
});

describe('a macro that names something', () => {
  it('is broken, and says so, once its canned reply was deleted', async () => {
    const { ticket } = await arrive();
    const reply = await makeReply({ texts: { en: 'Hello', fa: 'سلام' } });
    const macro = await make([urgent[0] as object, { do: 'canned_reply', cannedReplyId: reply }]);
    expect(macro.broken).toEqual([]);
    await desk.admin.call(`/api/canned-replies/${reply}`, { method: 'DELETE' });
    expect((await listed(macro))?.broken).toEqual([{ index: 1, what: 'canned_reply' }]);
    expect((await preview(ticket, macro)).body).toMatchObject({
      runs: false,
      broken: [{ index: 1, what: 'canned_reply' }],
    });
    const refused = await run(ticket, macro);
    expect(refused).toMatchObject({ status: 409, body: { code: 'macro_broken', field: 'actions.1' } });
    expect(refused.body.detail).toBe('Step 2 names a canned reply that is gone. Change the macro.');
  });

  it('is broken once its queue was retired', async () => {
    const queueId = await makeQueue();
    const macro = await make([{ do: 'move_to_queue', queueId }]);
    await desk.hub.database.query('update queue set retired_at = now() where id = $1', [queueId]);
    expect((await listed(macro))?.broken).toEqual([{ index: 0, what: 'queue' }]);
  });

  it('is shown as broken when it was stored in a way that nobody understands any more', async () => {
    const { ticket } = await arrive();
    const macro = await make(urgent);
    await desk.hub.database.query(`update macro set actions = '[{"do": "dance"}]' where id = $1`, [macro.id]);
    expect((await listed(macro))?.broken).toEqual([{ index: 0, what: 'unreadable' }]);
    expect(await run(ticket, macro)).toMatchObject({ status: 409, body: { code: 'macro_broken' } });
  });

  it.each([
    [[], 'actions'],
    [[{ do: 'dance' }], 'actions.0'],
    [[{ do: 'set_priority', priority: 9 }], 'actions.0.priority'],
    [[{ do: 'move_to_queue', queueId: uuid() }], 'actions.0'],
    [[{ do: 'assign', agentId: uuid() }], 'actions.0'],
    [[{ do: 'set_field', field: 'nothing', value: 1 }], 'actions.0'],
    [[{ do: 'canned_reply', cannedReplyId: uuid() }], 'actions.0'],
    [[{ do: 'call_webhook', webhookId: uuid() }], 'actions.0'],
  ])('is not saved as %j', async (actions, field) => {
    const refused = await post({ actions });
    expect(refused.status).toBeGreaterThanOrEqual(409);
    expect(refused.body.field).toContain(field);
  });
});

describe('whose a macro is', () => {
  it('a colleague’s personal one is not there for anybody else', async () => {
    const { ticket } = await arrive();
    const own = await make(urgent, { personal: true }, desk.agent);
    expect((await run(ticket, own, desk.admin)).status).toBe(404);
    expect((await preview(ticket, own, desk.admin)).status).toBe(404);
    expect(await listed(own)).toBeUndefined();
    expect((await desk.admin.call(`/api/macros/${own.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await run(ticket, own)).status).toBe(200);
  });

  it('everybody’s are changed by supervisors, and name nobody’s own replies', async () => {
    const shared = await make(urgent);
    expect(await post({ actions: urgent }, desk.agent)).toMatchObject({ status: 403, body: { code: 'shared_kept' } });
    expect((await desk.agent.call(`/api/macros/${shared.id}`, { method: 'PATCH', body: { name: 'x' } })).status).toBe(
      403,
    );
    const mine = await makeReply({ texts: { en: 'x', fa: '' }, personal: true }, desk.agent);
    const actions = [{ do: 'canned_reply', cannedReplyId: mine }];
    expect(await post({ actions })).toMatchObject({ status: 409, body: { code: 'macro_broken' } });
    expect((await post({ actions, personal: true }, desk.agent)).status).toBe(201);
  });

  it('nobody runs one on a ticket that they may not work on', async () => {
    const { ticket } = await arrive();
    const macro = await make(urgent);
    const stranger = await desk.member(null);
    expect((await run(ticket, macro, stranger)).status).toBe(404);
    expect((await preview(ticket, macro, stranger)).status).toBe(404);
    expect((await stranger.call(`/api/tickets/${ticket.id}/macros`)).status).toBe(404);
  });

  it('agents make none that calls a webhook', async () => {
    const actions = [{ do: 'call_webhook', webhookId: uuid() }];
    expect(await post({ actions, personal: true }, desk.agent)).toMatchObject({ body: { code: 'webhook_not_yours' } });
  });

  it('is offered for the queues that it is for', async () => {
    const { ticket } = await arrive();
    const [here, elsewhere] = [
      await make(urgent, { queueIds: [desk.queue] }),
      await make(urgent, { queueIds: [await makeQueue()] }),
    ];
    const offered = (await desk.agent.call<MacroView[]>(`/api/tickets/${ticket.id}/macros`)).body.map(({ id }) => id);
    expect(offered).toContain(here.id);
    expect(offered).not.toContain(elsewhere.id);
  });
});

describe('the list of macros', () => {
  it('keeps a name once, however it is spelled, and is changed by one at a time', async () => {
    const macro = await make(urgent, { name: 'بستن كار' });
    expect(await post({ name: 'بستن کار', actions: urgent })).toMatchObject({
      status: 409,
      body: { code: 'name_taken' },
    });
    const change = (body: object) =>
      desk.admin.call<MacroView & Refusable>(`/api/macros/${macro.id}`, { method: 'PATCH', body });
    expect((await change({ version: 1, name: 'دیگر' })).body).toMatchObject({
      version: 2,
      name: 'دیگر',
      actions: urgent,
    });
    expect(await change({ version: 1, name: 'سوم' })).toMatchObject({ status: 409, body: { code: 'stale' } });
    expect((await desk.admin.call(`/api/macros/${macro.id}`, { method: 'DELETE' })).status).toBe(204);
    const { ticket } = await arrive();
    expect(await run(ticket, macro)).toMatchObject({ status: 404, body: { detail: 'This macro does not exist.' } });
  });
});
