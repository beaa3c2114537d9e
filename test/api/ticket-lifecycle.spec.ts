import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, MessageView, TicketDetailView, TicketMergePreview, TicketView } from '#contract';
import { buildAgent, type Caller } from '../support/build-rows.js';
import { buildQueue } from '../support/live-client.js';
import { freshPhone, PeopleDesk } from '../support/people-desk.js';
import { ticketActs } from '../support/ticket-acts.js';

let desk: PeopleDesk;

beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk?.stop());

type Problem = { code: string; field?: string };

const {
  buildTickets,
  openTicket,
  detail,
  ticketOf,
  merge,
  undo,
  move,
  split,
  change,
  snapshot,
  solved,
  textsOf,
  factsOf,
  saidIn,
} = ticketActs(() => desk);

describe('merging two tickets', () => {
  it('says first what it would do, and does nothing', async () => {
    const { one, tickets } = await buildTickets('lamp', 'lamp again');
    const before = await snapshot(one);
    const { body } = await desk.agent.call<TicketMergePreview>(
      `/api/tickets/${tickets[1]?.id}/merge?into=${tickets[0]?.id}`,
    );
    expect(body).toMatchObject({ messages: 1, holder: null, refused: null, into: { number: tickets[0]?.number } });
    expect(await snapshot(one)).toEqual(before);
  });

  it('closes the loser, ends its work, moves its messages in their places, and its number leads to the winner', async () => {
    const { one, tickets } = await buildTickets('lamp', 'lamp again');
    const [winner, loser] = tickets as [TicketView, TicketView];
    await desk.agent.call(`/api/tickets/${loser.id}/assignment`, { body: { agentId: desk.agentId, expected: null } });
    const places = (await saidIn(one)).map(({ seq, body }) => [seq, body]);
    const { status, body } = await merge(loser.id, winner.id);
    expect([status, body.kind, body.messages > 0]).toEqual([200, 'ticket_merge', true]);
    expect(await ticketOf(winner.id)).toMatchObject({ state: 'new', mergedInto: null });
    expect(await detail(loser.number)).toMatchObject({ ticket: { id: winner.id }, mergedFrom: loser.number });
    expect((await detail(winner.id)).merged.map(({ number }) => number)).toEqual([loser.number]);
    expect(await textsOf(loser.id)).toEqual([]);
    expect(await textsOf(winner.id)).toEqual(['lamp', 'about lamp again']);
    expect((await saidIn(one)).map(({ seq, body: text }) => [seq, text])).toEqual(places);
    const live = await desk.hub.database.query(
      `select 1 from work_item where ticket_id = $1 and state in ('queued', 'offered', 'assigned')`,
      [loser.id],
    );
    const [load] = await desk.hub.database.query<{ held: number }>(
      `select count(*)::int as held from assignment h join work_item w on w.id = h.work_item_id
       where w.ticket_id = $1 and h.state in ('offered', 'accepted')`,
      [loser.id],
    );
    expect([live, load?.held]).toEqual([[], 0]);
    expect(await factsOf(loser.id)).toContain('ticket.merged');
  });

  it('is taken back exactly, with the hold that its agent had', async () => {
    const { one, tickets } = await buildTickets('lamp', 'lamp again');
    const [winner, loser] = tickets as [TicketView, TicketView];
    await desk.agent.call(`/api/tickets/${loser.id}/assignment`, { body: { agentId: desk.agentId, expected: null } });
    const before = await snapshot(one);
    const { body: made } = await merge(loser.id, winner.id);
    expect((await detail(winner.id)).changes.map(({ id }) => id)).toEqual([made.id]);
    const { status, body } = await undo(made.id);
    expect([status, body.kept]).toEqual([200, 0]);
    expect(await snapshot(one)).toEqual(before);
    expect((await undo<Problem>(made.id)).body.code).toBe('undone_already');
    expect(await detail(loser.number)).toMatchObject({ ticket: { id: loser.id }, mergedFrom: null });
    expect((await detail(winner.id)).changes).toEqual([]);
  });

  it('lets a sleeping ticket sleep on when it is taken back, also in the queue that took over', async () => {
    const { tickets } = await buildTickets('lamp', 'lamp again');
    const [winner, loser] = tickets as [TicketView, TicketView];
    const own = await buildQueue(desk.hub.database, { members: [desk.agentId] });
    await change(await ticketOf(loser.id), { queueId: own });
    await desk.agent.call(`/api/tickets/${loser.id}/snooze`, { method: 'PUT', body: { until: { reply: true } } });
    const { body: made } = await merge(loser.id, winner.id);
    const gone = await desk.admin.call(`/api/queues/${own}?moveTo=${desk.queue}`, { method: 'DELETE' });
    expect([gone.status, (await undo(made.id)).status]).toEqual([204, 200]);
    expect(await ticketOf(loser.id)).toMatchObject({ queueId: desk.queue, snoozedUntil: 'reply' });
  });

  it('keeps with the winner what came in meanwhile when it is taken back', async () => {
    const { one, tickets } = await buildTickets('lamp', 'lamp again');
    const [winner, loser] = tickets as [TicketView, TicketView];
    const { body: made } = await merge(loser.id, winner.id);
    await desk.hear({ address: one.address, text: 'and now the cable' });
    await undo(made.id);
    expect(await textsOf(winner.id)).toEqual(['lamp', 'and now the cable']);
    expect(await textsOf(loser.id)).toEqual(['about lamp again']);
  });

  it('follows a chain of merges to its end, and back in any order', async () => {
    const { one, tickets } = await buildTickets('a', 'b', 'c');
    const [a, b, c] = tickets as [TicketView, TicketView, TicketView];
    const before = await snapshot(one);
    const first = (await merge(c.id, b.id)).body;
    const second = (await merge(b.id, a.id)).body;
    expect((await detail(c.number)).ticket.id).toBe(a.id);
    expect((await undo(first.id)).status).toBe(200);
    expect(await ticketOf(c.id)).toMatchObject({ id: c.id, mergedInto: null });
    expect((await undo(second.id)).status).toBe(200);
    expect(await snapshot(one)).toEqual(before);
  });

  it('cannot be taken back after a day', async () => {
    const { tickets } = await buildTickets('lamp', 'lamp again');
    const { body: made } = await merge((tickets[1] as TicketView).id, (tickets[0] as TicketView).id);
    const { database } = desk.hub;
    await database.query('alter table merge_journal disable trigger journal_stays');
    await database.query(`update merge_journal set at = at - interval '25 hours' where id = $1`, [made.id]);
    await database.query('alter table merge_journal enable trigger journal_stays');
    const { status, body } = await undo<Problem>(made.id);
    expect([status, body.code]).toEqual([409, 'too_late']);
  });

  it('is refused where it makes no sense, with the reason', async () => {
    const { one, tickets } = await buildTickets('lamp', 'lamp again', 'third');
    const [first, second, third] = tickets as [TicketView, TicketView, TicketView];
    const stranger = (await buildTickets('of somebody else')).tickets[0] as TicketView;
    expect((await merge<Problem>(first.id, first.id)).body).toMatchObject({ code: 'invalid', field: 'into' });
    expect((await merge<Problem>(first.id, stranger.id)).body.code).toBe('other_person');
    expect((await merge<Problem>(first.id, uuid())).status).toBe(404);
    await solved(second);
    expect((await merge<Problem>(first.id, second.id)).body.code).toBe('finished');
    const outsider = await desk.member(null);
    expect((await merge<Problem>(first.id, third.id, outsider)).status).toBe(404);
    await desk.agent.call(`/api/tickets/${third.id}/parent`, { method: 'PUT', body: { parentId: first.id } });
    expect((await merge<Problem>(first.id, third.id)).body.code).toBe('has_children');
    expect((await saidIn(one)).map(({ ticketId }) => ticketId)).toEqual([first.id, second.id, third.id]);
  });

  it('of two people who are one is parted when they are', async () => {
    const [one, other] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
    await desk.merge(one.customer, other.customer);
    const [mine, theirs] = (await Promise.all(
      [one, other].map(async ({ conversation }) => {
        const [row] = await desk.hub.database.query<{ id: string }>(
          'select id from ticket where conversation_id = $1',
          [conversation],
        );
        return row?.id;
      }),
    )) as [string, string];
    expect((await merge(mine, theirs)).status).toBe(200);
    expect((await desk.part(one.customer)).status).toBe(200);
    expect(await ticketOf(mine)).toMatchObject({ state: 'new', mergedInto: null });
    expect([await textsOf(mine), await textsOf(theirs)]).toEqual([['hello'], ['hello']]);
  });
});

describe('moving messages', () => {
  it('says why each message is where it is', async () => {
    const { one } = await buildTickets('lamp');
    await desk.hear({ address: one.address, text: 'please' });
    expect((await saidIn(one)).map(({ ticketReason }) => ticketReason)).toEqual(['new_ticket', 'only_open']);
  });

  it('gives several to another ticket in one act, and back', async () => {
    const { one, tickets } = await buildTickets('lamp');
    await desk.hear({ address: one.address, text: 'the cable is short' });
    const lamp = tickets[0] as TicketView;
    const cable = await openTicket(one, 'cable');
    const before = await snapshot(one);
    const said = await saidIn(one);
    const { body } = await move(one, said, cable.id);
    expect(body).toMatchObject({ kind: 'message_move', messages: 2 });
    expect(await textsOf(cable.id)).toEqual(['lamp', 'the cable is short', 'about cable']);
    expect((await saidIn(one))[0]).toMatchObject({ ticketReason: 'agent_chose', seq: said[0]?.seq });
    expect(await factsOf(said[0]?.id ?? '')).toContain('message.moved');
    expect((await undo(body.id)).body).toMatchObject({ kind: 'message_move', kept: 0, restored: 2 });
    expect(await snapshot(one)).toEqual(before);
    expect(await textsOf(lamp.id)).toContain('lamp');
  });

  it('leaves alone what somebody moved on since', async () => {
    const { one, tickets } = await buildTickets('a', 'b', 'c');
    const [a, b, c] = tickets as [TicketView, TicketView, TicketView];
    const [said] = await saidIn(one);
    const first = (await move(one, [said as MessageView], b.id)).body;
    await move(one, [said as MessageView], c.id);
    expect((await undo(first.id)).body).toMatchObject({ restored: 0, kept: 1 });
    expect([await textsOf(a.id), await textsOf(c.id)]).toEqual([[], ['a', 'about c']]);
  });

  it('is refused for what is not there, for lines, and towards what is closed or of somebody else', async () => {
    const { one, tickets } = await buildTickets('a', 'b');
    const [a, b] = tickets as [TicketView, TicketView];
    const other = await buildTickets('x');
    const [said] = (await saidIn(one)) as [MessageView];
    expect((await move<Problem>(one, [{ ...said, seq: 999 }], b.id)).status).toBe(404);
    expect((await move<Problem>(one, [said], (other.tickets[0] as TicketView).id)).status).toBe(404);
    expect((await move<Problem>(one, [said], a.id)).body.code).toBe('nothing_to_move');
    await solved(b);
    const closed = await change(await ticketOf(b.id), { state: 'closed' });
    expect(closed.status).toBe(200);
    expect((await move<Problem>(one, [said], b.id)).body.code).toBe('finished');
    const line = (await desk.open(one.conversation)).messages.find(({ kind }) => kind === 'event') as MessageView;
    expect((await move<Problem>(one, [line], a.id)).body).toMatchObject({ code: 'invalid', field: 'messages' });
    expect((await move<Problem>(one, [], a.id)).status).toBe(422);
  });
});

describe('splitting a ticket', () => {
  it('opens a ticket of its own for messages, linked to where they come from, that waits in the queue', async () => {
    const { one, tickets } = await buildTickets('lamp');
    await desk.hear({ address: one.address, text: 'another matter: my invoice' });
    const { status, body } = await split(one, [(await saidIn(one))[1] as MessageView]);
    expect([status, body.kind]).toEqual([201, 'ticket_split']);
    const view = await detail(body.into.id);
    expect(view).toMatchObject({
      ticket: { state: 'new', subject: 'another matter: my invoice', queueId: desk.queue },
      follows: { as: 'split', number: tickets[0]?.number },
    });
    expect(await textsOf(body.into.id)).toEqual(['another matter: my invoice']);
    const work = await desk.hub.database.query(`select 1 from work_item where ticket_id = $1 and state = 'queued'`, [
      body.into.id,
    ]);
    expect(work).toHaveLength(1);
    expect(await factsOf(body.into.id)).toEqual(
      expect.arrayContaining(['ticket.opened', 'ticket.split', 'work.queued']),
    );
  });

  it('is taken back: everything is where it was, and the new number leads there too', async () => {
    const { one, tickets } = await buildTickets('lamp');
    await desk.hear({ address: one.address, text: 'my invoice' });
    const before = (await snapshot(one)) as { tickets: unknown[]; messages: unknown[] };
    const { body } = await split(one, [(await saidIn(one))[1] as MessageView], { subject: 'Invoice' });
    expect((await undo(body.id)).status).toBe(200);
    const after = (await snapshot(one)) as { tickets: unknown[]; messages: unknown[] };
    expect(after.messages).toEqual(before.messages);
    expect(after.tickets[0]).toEqual(before.tickets[0]);
    expect(await detail(body.into.number)).toMatchObject({
      ticket: { id: tickets[0]?.id },
      mergedFrom: body.into.number,
    });
  });

  it('takes along what came in since when it is taken back, unless that would be buried', async () => {
    const { one, tickets } = await buildTickets('lamp');
    const [lamp] = tickets as [TicketView];
    await desk.hear({ address: one.address, text: 'my invoice' });
    const { body } = await split(one, [(await saidIn(one))[1] as MessageView]);
    await solved(lamp);
    await desk.hear({ address: one.address, text: 'more of the invoice' });
    expect((await undo<Problem>(body.id)).body.code).toBe('moved_on');
    await change(await ticketOf(lamp.id), { state: 'open' });
    expect((await undo(body.id)).status).toBe(200);
    expect(await textsOf(lamp.id)).toEqual(['lamp', 'my invoice', 'more of the invoice']);
  });
});

describe('a restricted queue', () => {
  let legal: string;
  let lawyer: Caller;

  beforeAll(async () => {
    const built = await buildAgent(desk.hub.database, { name: 'Lawyer' });
    legal = await buildQueue(desk.hub.database, { restricted: true, members: [built.id] });
    lawyer = await desk.member(built.id, desk.queue);
  });

  it('keeps what is in it: nothing leaves by a move, a merge or a split, and others cannot reach it', async () => {
    const { one, tickets } = await buildTickets('lamp');
    const [lamp] = tickets as [TicketView];
    const secret = await openTicket(one, 'secret matter', legal, lawyer);
    const hidden = (await saidIn(one)).find(({ body }) => body === 'about secret matter') as MessageView;
    for (const caller of [desk.agent, await desk.member(null, desk.queue)]) {
      const acts = await Promise.all([
        move<Problem>(one, [hidden], lamp.id, caller),
        split<Problem>(one, [hidden], {}, caller),
        merge<Problem>(secret.id, lamp.id, caller),
        merge<Problem>(lamp.id, secret.id, caller),
        caller.call<Problem>(`/api/tickets/${secret.id}`),
        caller.call<Problem>(`/api/tickets/${String(secret.number)}`),
        caller.call<Problem>(`/api/tickets/${secret.id}/parent`, { method: 'PUT', body: { parentId: lamp.id } }),
      ]);
      expect(acts.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404]);
      expect(acts.map(({ text }) => text).join()).not.toContain('secret matter');
    }
    expect((await move<Problem>(one, [hidden], lamp.id, lawyer)).body.code).toBe('restricted');
    expect((await split<Problem>(one, [hidden], { queueId: desk.queue }, lawyer)).body.code).toBe('restricted');
    expect((await merge<Problem>(secret.id, lamp.id, lawyer)).body.code).toBe('restricted');
    expect((await split(one, [hidden], {}, lawyer)).status).toBe(201);
    const view = await desk.agent.call<ConversationView>(`/api/conversations/${one.conversation}`);
    expect(view.text).not.toContain('secret matter');
  });

  it('takes things in, and gives them back to those who saw them', async () => {
    const { one, tickets } = await buildTickets('lamp');
    const [lamp] = tickets as [TicketView];
    const secret = await openTicket(one, 'secret matter', legal, lawyer);
    const { body } = await merge(lamp.id, secret.id, lawyer);
    const reader = async () => (await desk.agent.call(`/api/conversations/${one.conversation}`)).text;
    expect(await reader()).not.toContain('"body":"lamp"');
    expect((await undo<Problem>(body.id)).status).toBe(404);
    expect((await undo(body.id, lawyer)).status).toBe(200);
    expect(await reader()).toContain('"body":"lamp"');
  });

  it('is handed what somebody splits off who does not serve it, and they are told that it is done', async () => {
    const { one } = await buildTickets('lamp');
    await desk.hear({ address: one.address, text: 'my lawyer writes' });
    const answer = await split(one, [(await saidIn(one))[1] as MessageView], { queueId: legal });
    expect([answer.status, answer.body.into?.subject]).toEqual([201, '']);
  });

  it('keeps what was written in it when a split from before is taken back', async () => {
    const { one, tickets } = await buildTickets('lamp');
    await desk.hear({ address: one.address, text: 'my contract' });
    const { body } = await split(one, [(await saidIn(one))[1] as MessageView]);
    await change(await ticketOf(body.into.id), { queueId: legal }, desk.admin);
    await lawyer.call(`/api/conversations/${one.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'secret advice', ticketId: body.into.id },
    });
    expect((await undo<Problem>(body.id, lawyer)).body.code).toBe('moved_on');
    expect(await textsOf(tickets[0]?.id ?? '')).toEqual(['lamp']);
  });

  it('shows no more of its tickets to their kin than number and state', async () => {
    const { one, tickets } = await buildTickets('lamp');
    const secret = await openTicket(one, 'secret matter', legal, lawyer);
    await lawyer.call(`/api/tickets/${secret.id}/parent`, { method: 'PUT', body: { parentId: tickets[0]?.id } });
    const answer = await desk.agent.call<TicketDetailView>(`/api/tickets/${tickets[0]?.id}`);
    expect(answer.body.children).toEqual([
      { id: secret.id, number: secret.number, state: 'new', prefix: '', subject: '', customer: '', conversation: null },
    ]);
  });
});
