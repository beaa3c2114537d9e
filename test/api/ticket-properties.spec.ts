import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, CustomerView, MentionFrame, TagView, TicketFieldView, TicketView } from '#contract';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildQueue, openedConsole } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { problem, put, remove, TicketDesk, type Talk } from '../support/ticket-desk.js';

let desk: TicketDesk;
let hub: TestHub;
let sara: BuiltAgent;
let reza: BuiltAgent;
let asSara: Caller;
let asReza: Caller;
let asAdmin: Caller;
let queueId: string;
let keys = 0;

beforeAll(async () => {
  hub = await startTestHub();
  desk = await TicketDesk.open(hub);
  ({ queueId } = desk);
  ({ sara, reza } = desk.people);
  ({ asSara, asReza, asAdmin } = desk.callers);
});
afterAll(() => hub?.stop());

const talk: TicketDesk['talk'] = (...given) => desk.talk(...given);
const seen: TicketDesk['seen'] = (one) => desk.seen(one);
const change: TicketDesk['change'] = (...given) => desk.change(...given);
const listed: TicketDesk['listed'] = (...given) => desk.listed(...given);
const facts: TicketDesk['facts'] = (...given) => desk.facts(...given);
const lines: TicketDesk['lines'] = (...given) => desk.lines(...given);
const propertiesOf: TicketDesk['propertiesOf'] = (...given) => desk.propertiesOf(...given);

async function buildField(wish: object): Promise<TicketFieldView> {
  const answer = await asAdmin.call<TicketFieldView>('/api/ticket-fields', {
    body: { key: `field_${String(++keys)}`, name: { en: 'Field', fa: 'فیلد' }, ...wish },
  });
  expect(answer.text).toContain('"version":1');
  return answer.body;
}

describe('fields of tickets', () => {
  it('take values that fit, show them on the ticket, and leave a line and a fact', async () => {
    const number = await buildField({ kind: 'number' });
    const day = await buildField({ kind: 'date' });
    const one = await talk();
    const answer = await put(asSara, `/api/tickets/${one.ticketId}/fields`, {
      values: { [number.key]: 12, [day.key]: '2026-12-01' },
    });
    expect(answer.body.fields).toEqual({ [number.key]: 12, [day.key]: '2026-12-01' });
    await put(asSara, `/api/tickets/${one.ticketId}/fields`, { values: { [number.key]: 12, [day.key]: null } });
    expect((await seen(one)).fields).toEqual({ [number.key]: 12 });
    expect(await lines(one.ticketId, 'ticket.fields')).toMatchObject([
      {
        event: {
          changes: [
            { field: number.key, from: null, to: 12 },
            { field: day.key, from: null },
          ],
        },
      },
      { event: { changes: [{ field: day.key, from: '2026-12-01', to: null }] } },
    ]);
    expect(
      (await facts(one.ticketId, 'ticket.field_changed')).map(({ actor_id, payload }) => [actor_id, payload]),
    ).toEqual([
      [sara.id, { fields: [number.key, day.key] }],
      [sara.id, { fields: [day.key] }],
    ]);
  });

  it('refuse what is unknown or does not fit, all of it or nothing', async () => {
    const number = await buildField({ kind: 'number' });
    const one = await talk();
    const set = (values: object) => put(asSara, `/api/tickets/${one.ticketId}/fields`, { values });
    expect(problem(await set({ [number.key]: 1, nothing: 2 }))).toEqual([422, 'unknown_field', 'values.nothing']);
    expect(problem(await set({ [number.key]: 'one' }))).toEqual([422, 'not_a_number', `values.${number.key}`]);
    expect(problem(await set([]))).toEqual([422, 'invalid', 'values']);
    expect(problem(await set({ 'no\u0000thing': 2 }))[1]).toBe('unknown_field');
    expect((await seen(one)).fields).toEqual({});
  });

  it('keep of a text what can be stored', async () => {
    const text = await buildField({ kind: 'text' });
    const one = await talk();
    const { status, body } = await put(asSara, `/api/tickets/${one.ticketId}/fields`, {
      values: { [text.key]: ' a\u0000b\ud800 ' },
    });
    expect([status, body.fields?.[text.key]]).toEqual([200, expect.stringMatching(/^a.?b.?$/u)]);
  });

  it('that have values cannot be deleted, and once retired stay readable and take no new ones', async () => {
    const field = await buildField({
      kind: 'choice',
      choices: [
        { value: 'a', name: { en: 'A' } },
        { value: 'b', name: { fa: 'ب' } },
      ],
    });
    const one = await talk();
    const set = (value: string | null) =>
      put(asSara, `/api/tickets/${one.ticketId}/fields`, { values: { [field.key]: value } });
    await set('a');
    expect(problem(await remove(asAdmin, `/api/ticket-fields/${field.id}`)).slice(0, 2)).toEqual([409, 'in_use']);
    const patch = (body: object) => asAdmin.call(`/api/ticket-fields/${field.id}`, { method: 'PATCH', body });
    expect(problem(await patch({ version: 1, choices: [{ value: 'b', name: { fa: 'ب' } }] }))).toEqual([
      409,
      'choice_in_use',
      'choices',
    ]);
    expect((await patch({ version: 1, isRetired: true })).status).toBe(200);
    expect(problem(await patch({ version: 1, isRetired: false }))).toEqual([409, 'stale', 'version']);
    expect((await seen(one)).fields).toEqual({ [field.key]: 'a' });
    expect(problem(await set('b'))).toEqual([422, 'retired', `values.${field.key}`]);
    expect((await set(null)).status).toBe(200);
    expect((await remove(asAdmin, `/api/ticket-fields/${field.id}`)).status).toBe(204);
  });

  it('that must be there keep a ticket of their queue from being solved, and no other', async () => {
    const own = await buildQueue(hub.database, { members: [sara.id] });
    const field = await buildField({ kind: 'text', requiredToSolve: true, queueIds: [own] });
    const [one, other] = [await talk(), await talk()];
    await change(asSara, one, { queueId: own });
    expect(problem(await change(asSara, one, { state: 'solved' }))).toEqual([
      422,
      'field_missing',
      `fields.${field.key}`,
    ]);
    expect(problem(await change(asSara, other, { state: 'solved', queueId: own }))[1]).toBe('field_missing');
    expect((await change(asSara, other, { state: 'solved' })).status).toBe(200);
    const named = await asAdmin.call<{ id: string }>('/api/ticket-states', {
      body: { state: 'solved', name: { en: 'Repaired' } },
    });
    expect(problem(await change(asSara, one, { stateNameId: named.body.id }))[1]).toBe('field_missing');
    expect(problem(await change(asSara, one, { subject: null }))).toEqual([422, 'invalid', 'subject']);
    await put(asSara, `/api/tickets/${one.ticketId}/fields`, { values: { [field.key]: 'x' } });
    expect((await change(asSara, one, { stateNameId: named.body.id })).body.state).toBe('solved');
  });

  it('are set up by administrators, with what is wrong named', async () => {
    const create = (body: object) => asAdmin.call('/api/ticket-fields', { body: { name: { en: 'X' }, ...body } });
    expect((await asSara.call('/api/ticket-fields', { body: {} })).status).toBe(403);
    expect(problem(await create({ key: 'Bad key', kind: 'text' }))).toEqual([422, 'invalid', 'key']);
    expect(problem(await create({ key: 'empty', kind: 'choice', choices: [] }))).toEqual([422, 'invalid', 'choices']);
    expect(problem(await create({ key: 'nameless', kind: 'text', name: { en: ' ' } }))).toEqual([
      422,
      'invalid',
      'name',
    ]);
    expect(problem(await create({ key: 'lost', kind: 'text', queueIds: [uuid()] }))).toEqual([
      422,
      'invalid',
      'queueIds',
    ]);
    const { key } = await buildField({ kind: 'text' });
    expect(problem(await create({ key, kind: 'text' }))).toEqual([409, 'key_taken', 'key']);
  });
});

describe('followers and mentions', () => {
  const note = (one: Talk, body: string, caller = asSara) =>
    caller.call(`/api/conversations/${one.conversation}/messages`, { body: { id: uuid(), kind: 'note', body } });

  it('show a followed ticket in a list of one’s own until it is no longer followed', async () => {
    const one = await talk();
    const path = `/api/tickets/${one.ticketId}/followers/${reza.id}`;
    expect((await put(asReza, path)).status).toBe(204);
    expect((await put(asReza, path)).status).toBe(204);
    expect((await propertiesOf(one)).followers).toEqual([{ id: reza.id, name: reza.name, why: 'chose' }]);
    expect(await listed(asReza, 'following')).toContain(one.ticketId);
    expect(await listed(asSara, 'following')).not.toContain(one.ticketId);
    await remove(asReza, path);
    expect(await listed(asReza, 'following')).not.toContain(one.ticketId);
  });

  it('tell an agent at once whom a note names, in whatever spelling, and let them follow', async () => {
    const one = await talk();
    const console = await openedConsole(hub, reza.id);
    expect((await note(one, 'سلام @رضا كريمي، ببین')).status).toBe(201);
    await console.until('the named agent hears', () =>
      console
        .of<MentionFrame>('agent.mentioned')
        .some(({ ticketId, by }) => ticketId === one.ticketId && by.name === 'Sara'),
    );
    console.close();
    expect(await listed(asReza, 'mentions')).toEqual([one.ticketId]);
    expect((await propertiesOf(one)).followers).toEqual([{ id: reza.id, name: reza.name, why: 'mentioned' }]);
    await note(one, '@Sara to myself');
    expect(await listed(asSara, 'mentions')).toEqual([]);
  });

  it('refuse whoever may not read the ticket, and show nothing to those who lost that right', async () => {
    const stranger = await buildAgent(hub.database, { name: 'Stranger' });
    const one = await talk();
    const answer = await note(one, 'look @Stranger');
    expect(problem(answer)).toEqual([422, 'may_not_read', 'body']);
    const [count] = await hub.database.query(`select 1 from message where conversation_id = $1 and kind = 'note'`, [
      one.conversation,
    ]);
    expect(count).toBeUndefined();
    const path = `/api/tickets/${one.ticketId}/followers/${stranger.id}`;
    expect(problem(await put(asSara, path))).toEqual([422, 'may_not_read', 'agentId']);
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, stranger.id]);
    expect((await put(asSara, path)).status).toBe(204);
    const asStranger = await signedIn(hub, stranger.id);
    expect(await listed(asStranger, 'following')).toEqual([one.ticketId]);
    await hub.database.query('delete from queue_member where agent_id = $1', [stranger.id]);
    expect(await listed(asStranger, 'following')).toEqual([]);
  });
});

describe('tags', () => {
  const tagged = async (one: Talk, tags: string[]) => (await change(asSara, one, { tags })).body.tags;
  const find = async (q: string) => (await asSara.call<TagView[]>(`/api/tags?q=${encodeURIComponent(q)}`)).body;
  const rename = (from: string, to: string) => asAdmin.call<TagView>('/api/tags/renamings', { body: { from, to } });

  it('are kept in the spelling in which they are known, and found by any', async () => {
    const [one, two] = [await talk(), await talk()];
    expect(await tagged(one, ['پیگیری', 'VIP', 'vip'])).toEqual(['پیگیری', 'VIP']);
    expect(await tagged(two, ['پيگيري', '  '])).toEqual(['پیگیری']);
    expect(await find('پیگ')).toMatchObject([{ name: 'پیگیری', uses: 2 }]);
    expect(await find('vi')).toMatchObject([{ name: 'VIP', uses: 1 }]);
  });

  it('that are renamed carry their tickets along, and are written by either name', async () => {
    const one = await talk();
    await tagged(one, ['refnud']);
    expect((await rename('Refnud', 'Refund')).body).toMatchObject({
      name: 'Refund',
      uses: 1,
      formerly: [{ name: 'refnud' }],
    });
    expect((await seen(one)).tags).toEqual(['Refund']);
    expect(await tagged(await talk(), ['REFNUD'])).toEqual(['Refund']);
    expect(await find('refnud')).toMatchObject([{ name: 'Refund', uses: 2 }]);
    expect((await rename('refund', 'REFUND')).body.name).toBe('REFUND');
    expect((await seen(one)).tags).toEqual(['REFUND']);
  });

  it('become one when one is given the name of another, and closed tickets keep what they say', async () => {
    const [one, closed] = [await talk(), await talk()];
    await tagged(one, ['delay', 'late']);
    await tagged(closed, ['late']);
    await change(asSara, closed, { state: 'solved' });
    await change(asSara, closed, { state: 'closed' });
    expect((await rename('late', 'delay')).body).toMatchObject({ name: 'delay', uses: 2 });
    expect((await seen(one)).tags).toEqual(['delay']);
    expect((await seen(closed)).tags).toEqual(['late']);
  });

  it('are renamed by administrators, and only if they are there', async () => {
    expect((await asSara.call('/api/tags/renamings', { body: { from: 'delay', to: 'x' } })).status).toBe(403);
    expect(problem(await rename('never used', 'x')).slice(0, 2)).toEqual([404, 'not_found']);
    expect(problem(await rename('delay', '…'))).toEqual([422, 'invalid', 'to']);
  });
});

describe('another ticket about the same', () => {
  /** A second ticket of the same person, opened by an agent, in whose place their customer says something. */
  async function second(one: Talk, subject: string): Promise<TicketView> {
    return (
      await asSara.call<TicketView>(`/api/conversations/${one.conversation}/tickets`, { body: { subject, queueId } })
    ).body;
  }

  it('is told where its subject is the same or it was opened shortly before, and no longer once it is solved', async () => {
    const one = await talk('My order 12 did not arrive');
    const two = await second(one, 'Order');
    const three = await second(one, 'order');
    expect((await propertiesOf({ ...one, ticketId: three.id })).duplicates).toMatchObject([
      { ticketId: two.id, reason: 'same_subject' },
      { ticketId: one.ticketId, reason: 'opened_together' },
    ]);
    await hub.database.query(`update ticket set opened_at = opened_at - interval '25 hours' where id = $1`, [
      one.ticketId,
    ]);
    await change(asSara, { ...one, ticketId: two.id }, { state: 'solved' });
    expect((await propertiesOf({ ...one, ticketId: three.id })).duplicates).toEqual([]);
  });

  it('is not told of to whoever may not read it', async () => {
    const hidden = await buildQueue(hub.database, { restricted: true });
    const one = await talk('My order 12 did not arrive');
    const two = await asAdmin.call<TicketView>(`/api/conversations/${one.conversation}/tickets`, {
      body: { subject: 'Secret', queueId: hidden },
    });
    expect((await propertiesOf(one)).duplicates).toEqual([]);
    expect((await propertiesOf(one, asAdmin)).duplicates).toMatchObject([{ ticketId: two.body.id }]);
  });
});

describe('spam', () => {
  it('closes the ticket, blocks its sender if so wished, and all of that can be taken back', async () => {
    const one = await talk('Buy now!');
    const marked = await asSara.call<TicketView>(`/api/tickets/${one.ticketId}/spam`, { body: { block: true } });
    expect(marked.body).toMatchObject({ state: 'closed', isSpam: true });
    const customer = async () =>
      (await asSara.call<ConversationView>(`/api/conversations/${one.conversation}`)).body.customer as CustomerView;
    expect((await customer()).blocked).toMatchObject({ reason: 'spam' });
    const other = await asSara.call<TicketView>(`/api/conversations/${one.conversation}/tickets`, {
      body: { subject: 'A call', queueId },
    });
    await remove(asSara, `/api/tickets/${other.body.id}/spam`);
    expect((await customer()).blocked).toMatchObject({ reason: 'spam' });
    expect((await asSara.call<TicketView>(`/api/tickets/${one.ticketId}/spam`, { body: {} })).status).toBe(200);
    const back = await remove<TicketView>(asSara, `/api/tickets/${one.ticketId}/spam`);
    expect(back.body).toMatchObject({ state: 'open', isSpam: false, solvedAt: null });
    expect((await customer()).blocked).toBeNull();
    expect((await facts(one.ticketId, 'ticket.spam')).map(({ payload }) => payload)).toEqual([
      { spam: true },
      { spam: false },
    ]);
    const work = await hub.database.query(`select state from work_item where ticket_id = $1 and ended_at is null`, [
      one.ticketId,
    ]);
    expect(work).toEqual([{ state: 'queued' }]);
  });

  it('taken back in a queue that is gone comes to the one that took over, with its work', async () => {
    const own = await buildQueue(hub.database, { members: [sara.id] });
    const one = await talk('Buy now!');
    await change(asSara, one, { queueId: own });
    await asSara.call(`/api/tickets/${one.ticketId}/spam`, { body: {} });
    expect((await remove(asAdmin, `/api/queues/${own}?moveTo=${queueId}`)).status).toBe(204);
    expect((await remove<TicketView>(asSara, `/api/tickets/${one.ticketId}/spam`)).body).toMatchObject({ queueId });
    const work = await hub.database.query(`select queue_id from work_item where ticket_id = $1 and ended_at is null`, [
      one.ticketId,
    ]);
    expect(work).toEqual([{ queue_id: queueId }]);
  });

  it('leaves the sender alone unless wished, and whoever was blocked for another reason blocked', async () => {
    const one = await talk('Buy now!');
    await asSara.call(`/api/tickets/${one.ticketId}/spam`, { body: {} });
    const { customer } = (await asSara.call<ConversationView>(`/api/conversations/${one.conversation}`)).body;
    expect(customer.blocked).toBeNull();
    await asSara.call(`/api/customers/${customer.id}/block`, { body: { reason: 'rude' } });
    await remove(asSara, `/api/tickets/${one.ticketId}/spam`);
    const after = await asSara.call<ConversationView>(`/api/conversations/${one.conversation}`);
    expect(after.body.customer.blocked).toMatchObject({ reason: 'rude' });
  });

  it('is not said of what was closed as something else', async () => {
    const one = await talk();
    await change(asSara, one, { state: 'solved' });
    await change(asSara, one, { state: 'closed' });
    expect(problem(await asSara.call(`/api/tickets/${one.ticketId}/spam`, { body: {} })).slice(0, 2)).toEqual([
      409,
      'closed',
    ]);
  });
});
