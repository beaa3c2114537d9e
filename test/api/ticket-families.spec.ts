import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  IncidentAnswerView,
  QueueSettingsView,
  TicketDetailView,
  TicketStateNameView,
  TicketView,
} from '#contract';
import { type Answered } from '../support/build-rows.js';
import { buildQueue } from '../support/live-client.js';
import { freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';
import { ticketActs } from '../support/ticket-acts.js';

let desk: PeopleDesk;

beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk?.stop());

type Problem = { code: string; field?: string };

const { buildTickets, detail, ticketOf, change, solved, textsOf, factsOf, saidIn } = ticketActs(() => desk);

describe('names of states', () => {
  const names = (body: object) => desk.admin.call<TicketStateNameView & Problem>('/api/ticket-states', { body });

  it('are set up by administrators, in one language or both, and a ticket carries one beside its state', async () => {
    const { status, body: bank } = await names({
      state: 'pending',
      name: { en: 'Waiting for the bank', fa: 'در انتظار بانک' },
    });
    expect([status, bank.name.fa]).toEqual([201, 'در انتظار بانک']);
    expect((await names({ state: 'pending', name: { en: ' ' } })).body).toMatchObject({ status: 422, field: 'name' });
    expect((await names({ state: 'closed', name: { en: 'x' } })).status).toBe(422);
    expect((await desk.agent.call('/api/ticket-states', { body: { state: 'open', name: { en: 'x' } } })).status).toBe(
      403,
    );
    const { tickets } = await buildTickets('loan');
    const named = (await change(tickets[0] as TicketView, { stateNameId: bank.id })).body;
    expect(named).toMatchObject({ state: 'pending', stateNameId: bank.id });
    const list = (await desk.agent.call<TicketStateNameView[]>('/api/ticket-states')).body;
    expect(list.find(({ id }) => id === bank.id)).toMatchObject({ tickets: 1, retired: false });
    expect((await change(named, { state: 'open' })).body).toMatchObject({ state: 'open', stateNameId: null });
  });

  it('are let go when the customer answers, and refused for another state or once retired', async () => {
    const { body: bank } = await names({ state: 'pending', name: { fa: 'بانک' } });
    const { one, tickets } = await buildTickets('loan');
    const ticket = tickets[0] as TicketView;
    expect((await change<Problem>(ticket, { stateNameId: bank.id, state: 'open' })).body).toMatchObject({
      status: 422,
      field: 'stateNameId',
    });
    const named = (await change(ticket, { stateNameId: bank.id })).body;
    await desk.hear({ address: one.address, text: 'any news?' });
    expect(await ticketOf(named.id)).toMatchObject({ state: 'open', stateNameId: null });
    await desk.admin.call(`/api/ticket-states/${bank.id}`, { method: 'PATCH', body: { retired: true } });
    expect((await change<Problem>(await ticketOf(ticket.id), { stateNameId: bank.id })).status).toBe(422);
  });
});

describe('a solved ticket', () => {
  const reopenHours = (hours: number): Promise<Answered<QueueSettingsView>> =>
    desk.admin.call<QueueSettingsView>(`/api/queues/${desk.queue}`, { method: 'PATCH', body: { reopenHours: hours } });

  it('can be reopened as long as its queue says', async () => {
    expect((await reopenHours(5)).body.reopenHours).toBe(5);
    const { tickets } = await buildTickets('lamp');
    await solved(tickets[0] as TicketView);
    const [row] = await desk.hub.database.query<{ hours: number }>(
      'select extract(epoch from reopen_until - solved_at)::float8 / 3600 as hours from ticket where id = $1',
      [tickets[0]?.id],
    );
    expect(row?.hours).toBeCloseTo(5, 2);
    expect((await reopenHours(-1)).status).toBe(422);
    await reopenHours(72);
  });

  it('is not reopened by a bare thank-you, which joins it, and is by anything more', async () => {
    const { one, tickets } = await buildTickets('lamp');
    const [lamp] = tickets as [TicketView];
    await solved(lamp);
    for (const text of ['ممنون 🌹', 'thanks!']) {
      await desk.hear({ address: one.address, text });
    }
    expect(await ticketOf(lamp.id)).toMatchObject({ state: 'solved' });
    expect((await saidIn(one)).map(({ ticketReason }) => ticketReason)).toEqual(['new_ticket', 'thanks', 'thanks']);
    expect(await textsOf(lamp.id)).toEqual(['lamp', 'ممنون 🌹', 'thanks!']);
    await desk.hear({ address: one.address, text: 'thanks, but it still flickers' });
    expect(await ticketOf(lamp.id)).toMatchObject({ state: 'open' });
    expect(await factsOf(lamp.id)).toContain('ticket.reopened');
  });

  it('stays solved by a thank-you among messages that wake others', async () => {
    const people = await Promise.all([buildTickets('a'), buildTickets('b')]);
    const tickets = people.map((person) => person.tickets[0] as TicketView);
    await Promise.all(tickets.map(solved));
    await Promise.all(
      people.map(({ one }, index) =>
        desk.hear({ address: one.address, text: index === 0 ? 'مرسی' : 'it broke again' }),
      ),
    );
    const states = await Promise.all(tickets.map(async ({ id }) => (await ticketOf(id)).state));
    expect(states).toEqual(['solved', 'open']);
  });

  it('gets a follow-up that names it once it is closed and somebody answers what was said in it', async () => {
    const external = `m-${uuid()}`;
    const one = await desk.hear({ address: freshPhone(), text: 'lamp', event: { externalId: external } });
    const [lamp] = (await desk.open(one.conversation)).tickets as [TicketView];
    await solved(lamp);
    await change(await ticketOf(lamp.id), { state: 'closed' });
    await desk.hear({ address: one.address, text: 'about this', event: { replyTo: external } });
    const last = (await saidIn(one)).at(-1);
    expect(last?.ticketReason).toBe('follow_up');
    expect((await detail(last?.ticketId ?? '')).follows).toMatchObject({ as: 'follow_up', number: lamp.number });
    expect((await detail(lamp.id)).followedBy.map(({ id }) => id)).toEqual([last?.ticketId]);
  });
});

describe('a parent and its children', () => {
  const setParent = <Body = TicketDetailView>(id: string, parentId: string | null, caller = desk.agent) =>
    caller.call<Body>(`/api/tickets/${id}/parent`, { method: 'PUT', body: { parentId } });

  async function buildFamily(): Promise<{ parent: TicketView; children: TicketView[]; writers: Writer[] }> {
    const {
      tickets: [parent],
    } = await buildTickets('the network is down');
    const writers: Writer[] = [];
    for (const text of ['no internet', 'اینترنت قطع است']) {
      writers.push(await desk.hear({ kind: 'email', address: `${uuid()}@customer.test`, text }, desk.mail));
    }
    const children: TicketView[] = [];
    for (const { conversation } of writers) {
      children.push((await desk.open(conversation)).tickets[0] as TicketView);
    }
    for (const { id } of children) {
      expect((await setParent(id, (parent as TicketView).id)).status).toBe(200);
    }
    return { parent: parent as TicketView, children, writers };
  }

  it('keeps the parent open while a child is, unless its queue does not mind', async () => {
    const { parent, children } = await buildFamily();
    const refused = await change<Problem & { detail: string }>(await ticketOf(parent.id), { state: 'solved' });
    expect([refused.status, refused.body.code]).toEqual([409, 'children_open']);
    expect(refused.body.detail).toContain(`#${String(children[0]?.number)}`);
    await desk.admin.call(`/api/queues/${desk.queue}`, { method: 'PATCH', body: { childrenFirst: false } });
    expect((await change(await ticketOf(parent.id), { state: 'solved' })).status).toBe(200);
    await desk.admin.call(`/api/queues/${desk.queue}`, { method: 'PATCH', body: { childrenFirst: true } });
  });

  it('solves the children together, and then the parent', async () => {
    const { parent, children } = await buildFamily();
    const { body } = await desk.agent.call(`/api/tickets/${parent.id}/children/solve`, { method: 'POST' });
    expect(body).toEqual({ solved: children.map(({ number }) => number).toSorted((a, b) => a - b), left: [] });
    expect((await change(await ticketOf(parent.id), { state: 'solved' })).status).toBe(200);
  });

  it('has two generations and nothing that is closed', async () => {
    const { parent, children } = await buildFamily();
    const other = (await buildTickets('x')).tickets[0] as TicketView;
    expect((await setParent<Problem>(parent.id, other.id)).body.code).toBe('too_deep');
    expect((await setParent<Problem>(other.id, children[0]?.id ?? '')).body.code).toBe('too_deep');
    expect((await setParent<Problem>(other.id, other.id)).body).toMatchObject({ code: 'invalid', field: 'parentId' });
    expect((await setParent<Problem>(other.id, uuid())).body).toMatchObject({ code: 'invalid', field: 'parentId' });
    expect((await setParent(children[0]?.id ?? '', null)).body.parent).toBeNull();
    expect((await detail(parent.id)).children.map(({ id }) => id)).toEqual([children[1]?.id]);
  });

  it('hears one answer, each child once and by its own way, whoever sends the order twice', async () => {
    const { parent, children, writers } = await buildFamily();
    const answer = { id: uuid(), body: 'It works again. درست شد.' };
    const send = () => desk.agent.call<IncidentAnswerView>(`/api/tickets/${parent.id}/answers`, { body: answer });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    await desk.agent.call(`/api/tickets/${parent.id}/answers`, { body: { ...answer, body: 'something else' } });
    for (const [index, one] of writers.entries()) {
      const said = await saidIn(one);
      expect(said.filter(({ body: text }) => text === answer.body)).toHaveLength(1);
      expect(said.at(-1)).toMatchObject({
        ticketId: children[index]?.id,
        direction: 'out',
        author: { id: desk.agentId },
      });
    }
    const sent = await desk.hub.database.query(`select 1 from delivery where conversation_id = any ($1)`, [
      writers.map(({ conversation }) => conversation),
    ]);
    expect(sent).toHaveLength(2);
    expect(await ticketOf(children[0]?.id ?? '')).toMatchObject({ state: 'open', ownerId: null });
    const list = (await desk.agent.call<IncidentAnswerView[]>(`/api/tickets/${parent.id}/answers`)).body;
    expect(list).toMatchObject([{ id: answer.id, body: answer.body, written: 2, waiting: 0, refused: [] }]);
  });

  it('answers only children that the agent may work on, and refuses where there are none', async () => {
    const { parent, children, writers } = await buildFamily();
    const foreign = await buildQueue(desk.hub.database, { restricted: true, members: [] });
    await desk.hub.database.query('update ticket set queue_id = $2 where id = $1', [children[0]?.id, foreign]);
    const { body } = await desk.agent.call<IncidentAnswerView>(`/api/tickets/${parent.id}/answers`, {
      body: { id: uuid(), body: 'news' },
    });
    expect(body).toMatchObject({ written: 1, waiting: 0, refused: [] });
    expect((await saidIn(writers[0] as Writer)).map(({ body: text }) => text)).not.toContain('news');
    const childless = (await buildTickets('y')).tickets[0] as TicketView;
    const refused = await desk.agent.call<Problem>(`/api/tickets/${childless.id}/answers`, {
      body: { id: uuid(), body: 'news' },
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'no_children']);
  });
});
