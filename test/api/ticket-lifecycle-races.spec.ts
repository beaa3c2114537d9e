import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationChanges, SlaClockView, TicketChangeView, TicketView } from '#contract';
import { openedConsole } from '../support/live-client.js';
import { freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';
import { until } from '../support/until.js';
import { SlaSweeper } from '../../apps/hub/src/automation/sla/sla.sweeper.js';

const rounds = 6;

let desk: PeopleDesk;

beforeAll(async () => {
  desk = await PeopleDesk.start();
});
afterAll(() => desk?.stop());

async function buildTickets(count: number): Promise<{ one: Writer; tickets: TicketView[] }> {
  const one = await desk.hear({ address: freshPhone(), text: 'first' });
  for (let number = 1; number < count; number++) {
    await desk.admin.call(`/api/conversations/${one.conversation}/tickets`, {
      body: { subject: `matter ${number}`, queueId: desk.queue },
    });
  }
  const { tickets } = await desk.open(one.conversation, desk.admin);
  return { one, tickets: tickets.toSorted((a, b) => a.number - b.number) };
}

const merge = (id: string, into: string) =>
  desk.admin.call<TicketChangeView & { code?: string }>(`/api/tickets/${id}/merge`, { body: { into } });
/** Their statuses, the good ones first. */
const statusesOf = (answers: { status: number }[]): number[] =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other);

const undo = (id: string) => desk.admin.call<{ code?: string }>(`/api/ticket-changes/${id}/undo`, { method: 'POST' });

/** Seqs without a gap, no message in a ticket that is merged, no live work behind one that is done, loads as the holds say. */
async function checkWhole({ conversation }: Writer): Promise<void> {
  const { database } = desk.hub;
  const messages = await database.query<{ seq: number }>(
    'select seq from message where conversation_id = $1 order by seq',
    [conversation],
  );
  expect(messages.map(({ seq }) => Number(seq))).toEqual(messages.map((_, index) => index + 1));
  const wrong = await database.query(
    `select t.number from ticket t where t.conversation_id = $1 and (
       (t.merged_into is not null and exists (select 1 from message m where m.ticket_id = t.id))
       or (t.state in ('solved', 'closed') and exists (
         select 1 from work_item w where w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')))
       or exists (select 1 from ticket w where w.id = t.merged_into and w.merged_into is not null))`,
    [conversation],
  );
  expect(wrong).toEqual([]);
  const drift = await database.query(
    `select a.id from agent a where a.used_units <> (
       select coalesce(sum(h.units), 0) from assignment h where h.agent_id = a.id and h.state in ('offered', 'accepted'))`,
  );
  expect(drift).toEqual([]);
}

it('of two merges of one ticket one wins, and of two that lead to each other as well', async () => {
  for (let round = 0; round < rounds; round++) {
    const { one, tickets } = await buildTickets(3);
    const [a, b, c] = tickets as [TicketView, TicketView, TicketView];
    const apart = await Promise.all([merge(a.id, b.id), merge(a.id, c.id)]);
    expect(statusesOf(apart)).toEqual([200, 409]);
    const across = await Promise.all([merge(b.id, c.id), merge(c.id, b.id)]);
    expect(statusesOf(across)).toEqual([200, 409]);
    expect([...apart, ...across].filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'finished',
      'finished',
    ]);
    await checkWhole(one);
  }
});

it('an undo while the customer writes loses no word, and is done once', async () => {
  for (let round = 0; round < rounds; round++) {
    const { one, tickets } = await buildTickets(2);
    const [winner, loser] = tickets as [TicketView, TicketView];
    const { body: made } = await merge(loser.id, winner.id);
    const words = [1, 2, 3].map((number) => `word ${number} of ${uuid()}`);
    const [undone] = await Promise.all([
      Promise.all([undo(made.id), undo(made.id)]),
      ...words.map((text) => desk.hear({ address: one.address, text })),
    ]);
    expect(statusesOf(undone)).toEqual([200, 409]);
    const rows = await desk.hub.database.query<{ ticket_id: string }>(
      'select ticket_id from message where conversation_id = $1 and body = any ($2)',
      [one.conversation, words],
    );
    expect(rows).toHaveLength(words.length);
    expect(rows.every(({ ticket_id: id }) => id === winner.id || id === loser.id)).toBe(true);
    await checkWhole(one);
  }
});

it('a merge while the ticket is assigned leaves nobody with work that is over', async () => {
  for (let round = 0; round < rounds; round++) {
    const { one, tickets } = await buildTickets(2);
    const [winner, loser] = tickets as [TicketView, TicketView];
    const [merged, assigned] = await Promise.all([
      merge(loser.id, winner.id),
      desk.agent.call(`/api/tickets/${loser.id}/assignment`, { body: { agentId: desk.agentId, expected: null } }),
    ]);
    expect(merged.status).toBe(200);
    expect([200, 409]).toContain(assigned.status);
    await checkWhole(one);
  }
});

it('a merge is shown to those who watch, with its messages where they are now', async () => {
  const { one, tickets } = await buildTickets(2);
  const [winner, loser] = tickets as [TicketView, TicketView];
  const console = await openedConsole(desk.hub, desk.agentId);
  await console.watch(one.conversation);
  await merge(winner.id, loser.id);
  await console.until('the ticket is shown merged, and its message in the other', () => {
    const frames = console.of<ConversationChanges>('conversation.changes');
    return (
      frames.some(({ tickets: told }) =>
        told.some(({ id, mergedInto }) => id === winner.id && mergedInto === loser.id),
      ) &&
      frames.some(({ messages }) => messages.some(({ body, ticketId }) => body === 'first' && ticketId === loser.id))
    );
  });
  console.close();
});

it('the promises of a merged ticket end, those of the other begin for what is owed, and both go on after an undo', async () => {
  const running = (id: string, ...metrics: string[]) =>
    until(
      async () => {
        await desk.hub.app.get(SlaSweeper).sweep();
        const [row] = await desk.hub.database.query<{ sla: SlaClockView[] }>('select sla from ticket where id = $1', [
          id,
        ]);
        return row?.sla.map(({ metric, state }) => `${metric} ${state}`).toSorted() ?? [];
      },
      (told) => String(told) === String(metrics.map((metric) => `${metric} running`)),
    );
  const { body: policy } = await desk.admin.call<{ id: string }>('/api/sla-policies', {
    body: {
      name: `Policy ${uuid()}`,
      draft: { scope: {}, targets: { first_response: 3_600_000, next_response: 3_600_000, resolution: 7_200_000 } },
    },
  });
  await desk.admin.call(`/api/sla-policies/${policy.id}/publish`, { body: {} });
  const { tickets } = await buildTickets(2);
  const [loser, winner] = tickets as [TicketView, TicketView];
  await running(loser.id, 'first_response', 'resolution');
  await running(winner.id, 'resolution');
  const { body: made } = await merge(loser.id, winner.id);
  await running(loser.id);
  await running(winner.id, 'first_response', 'resolution');
  await undo(made.id);
  await running(loser.id, 'first_response', 'resolution');
  await running(winner.id, 'resolution');
});
