import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { TicketChangeView, TicketUndoView } from '#contract';
import { freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

/** Sequences tried, each of up to `longest` acts: the same few in every run, or as many new ones as are asked for. */
const asked = process.env['PEYK_LIFECYCLE_RUNS'];
const extent = asked === undefined ? { numRuns: 12, seed: 20_261_122 } : { numRuns: Number(asked) };
const longest = 14;

let desk: PeopleDesk;

beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk?.stop());

/** What somebody does; numbers choose among what is there at that moment. */
type Act =
  | { do: 'merge'; loser: number; winner: number }
  | { do: 'move'; messages: number[]; into: number }
  | { do: 'split'; messages: number[] }
  | { do: 'solve'; ticket: number }
  | { do: 'hold'; ticket: number }
  | { do: 'hear' }
  | { do: 'undo'; which: number };

const nat = fc.nat({ max: 50 });
const some = fc.array(nat, { minLength: 1, maxLength: 4 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('merge' as const), loser: nat, winner: nat }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('move' as const), messages: some, into: nat }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('split' as const), messages: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('solve' as const), ticket: nat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hold' as const), ticket: nat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hear' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), which: nat }) },
);

interface Message {
  seq: number;
  id: string;
  body: string;
  ticket_id: string | null;
  ticket_reason: string | null;
}
interface Ticket {
  id: string;
  number: number;
  version: number;
  state: string;
  merged_into: string | null;
  owner_id: string | null;
}

const messagesOf = ({ conversation }: Writer): Promise<Message[]> =>
  desk.hub.database.query<Message & Record<string, unknown>>(
    `select seq, id, body, ticket_id, ticket_reason from message where conversation_id = $1 and kind <> 'event' order by seq`,
    [conversation],
  );
const ticketsOf = ({ conversation }: Writer): Promise<Ticket[]> =>
  desk.hub.database.query<Ticket & Record<string, unknown>>(
    'select id, number, version, state, merged_into, owner_id from ticket where conversation_id = $1 order by number',
    [conversation],
  );

interface Snapshot {
  tickets: ({ id: string } & Record<string, unknown>)[];
  messages: Message[];
}

/** All that an undo has to bring back: messages, and tickets with their work and who holds it. */
async function snapshot(one: Writer): Promise<Snapshot> {
  const tickets = await desk.hub.database.query<Snapshot['tickets'][number]>(
    `select t.id, t.state, t.merged_into, t.queue_id, t.owner_id, t.solved_at, t.reopen_until, t.closed_at, t.pending_since,
            w.state as work, w.enqueued_at, h.agent_id as holder
     from ticket t left join work_item w on w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')
     left join assignment h on h.work_item_id = w.id and h.state = 'accepted'
     where t.conversation_id = $1 order by t.number`,
    [one.conversation],
  );
  return { tickets, messages: await messagesOf(one) };
}

/** A person on their way through a sequence. */
interface Course {
  one: Writer;
  /** Journals of what was done and not undone, the latest last, with how things were before. */
  made: { id: string; before: Snapshot | null }[];
  /** The seq, id and words of every message that was ever said. */
  said: Map<number, string>;
}

async function begin(): Promise<Course> {
  const one = await desk.hear({ address: freshPhone(), text: 'first' });
  for (const subject of ['second', 'third']) {
    const { body } = await desk.admin.call<{ id: string }>(`/api/conversations/${one.conversation}/tickets`, {
      body: { subject, queueId: desk.queue },
    });
    await desk.admin.call(`/api/conversations/${one.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: `about ${subject}`, ticketId: body.id },
    });
  }
  return { one, made: [], said: new Map() };
}

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** Does it as an agent would, over the API. A refusal is an answer, and anything else than one or the other a fault. */
async function play(course: Course, step: Act): Promise<void> {
  const { one } = course;
  const [tickets, messages] = [await ticketsOf(one), await messagesOf(one)];
  const path = `/api/conversations/${one.conversation}`;
  const places = (chosen: number[]) =>
    [...new Set(chosen.map((at) => pick(messages, at).seq))].map((seq) => ({ part: one.conversation, seq }));
  switch (step.do) {
    case 'merge':
      return make(course, `/api/tickets/${pick(tickets, step.loser).id}/merge`, {
        into: pick(tickets, step.winner).id,
      });
    case 'move':
      return make(course, `${path}/moves`, { messages: places(step.messages), ticketId: pick(tickets, step.into).id });
    case 'split':
      return make(course, `${path}/splits`, { messages: places(step.messages) });
    case 'hear':
      await desk.hear({ address: one.address, text: `word ${uuid()}` });
      return forgetBefore(course);
    case 'solve': {
      const ticket = pick(tickets, step.ticket);
      await answered(`/api/tickets/${ticket.id}`, { version: ticket.version, state: 'solved' }, 'PATCH');
      return forgetBefore(course);
    }
    case 'hold': {
      const ticket = pick(tickets, step.ticket);
      await answered(`/api/tickets/${ticket.id}/assignment`, { agentId: desk.agentId, expected: ticket.owner_id });
      return forgetBefore(course);
    }
    case 'undo':
      return takeBack(course, step.which);
  }
}

async function answered(path: string, body: object, method = 'POST'): Promise<{ status: number; body: unknown }> {
  const answer = await desk.admin.call(path, { method, body });
  expect([200, 201, 204, 404, 409, 422]).toContain(answer.status);
  return answer;
}

async function make(course: Course, path: string, body: object): Promise<void> {
  const before = await snapshot(course.one);
  const answer = await answered(path, body);
  if (answer.status < 300) {
    course.made.push({ id: (answer.body as TicketChangeView).id, before });
  }
}

/** What others did since is no part of what an undo brings back, so nothing is compared with how things were before that. */
function forgetBefore(course: Course): void {
  course.made.forEach((made) => (made.before = null));
}

/** The latest goes back exactly; any other as far as nothing else came after it. */
async function takeBack(course: Course, which: number): Promise<void> {
  if (course.made.length === 0) {
    return;
  }
  const at = which % 2 === 0 ? course.made.length - 1 : which % course.made.length;
  const [change] = course.made.splice(at, 1) as [Course['made'][number]];
  const answer = await answered(`/api/ticket-changes/${change.id}/undo`, {});
  const isLatest = at === course.made.length;
  if (isLatest && change.before !== null) {
    expect([answer.status, (answer.body as TicketUndoView).kept]).toEqual([200, 0]);
    const { tickets, messages } = await snapshot(course.one);
    const known = new Set(change.before.tickets.map(({ id }) => id));
    // A ticket that a split opened stays as a number that leads back.
    expect({ tickets: tickets.filter(({ id }) => known.has(id)), messages }).toEqual(change.before);
  }
  if (!isLatest) {
    forgetBefore(course);
  }
}

/** True at every moment, whatever was done. */
async function check(course: Course): Promise<void> {
  const [tickets, messages] = [await ticketsOf(course.one), await messagesOf(course.one)];
  const all = await desk.hub.database.query<{ seq: number }>(
    'select seq from message where conversation_id = $1 order by seq',
    [course.one.conversation],
  );
  expect(all.map(({ seq }) => Number(seq))).toEqual(all.map((_, index) => index + 1));
  const now = new Map(messages.map(({ seq, id, body }) => [Number(seq), `${id} ${body}`]));
  for (const [seq, words] of course.said) {
    expect(now.get(seq)).toBe(words);
  }
  expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
  course.said = now;
  const known = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  for (const { id, merged_into: into, state } of tickets) {
    if (into !== null) {
      expect(state).toBe('closed');
      expect(known.get(into)?.merged_into).toBeNull();
      expect(messages.filter(({ ticket_id: ticket }) => ticket === id)).toEqual([]);
    }
  }
  const strays = await desk.hub.database.query(
    `select w.id from work_item w join ticket t on t.id = w.ticket_id
     where t.conversation_id = $1 and w.state in ('queued', 'offered', 'assigned') and t.state in ('solved', 'closed')`,
    [course.one.conversation],
  );
  expect(strays).toEqual([]);
}

it('any sequence of merges, moves, splits and undos keeps every message once in its place, and an undo restores exactly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: longest }), async (acts) => {
      const course = await begin();
      for (const step of acts) {
        await play(course, step);
        await check(course);
      }
      // Backwards to where nobody else did anything, each undo is compared with how it was.
      while (course.made.length > 0) {
        await takeBack(course, 0);
        await check(course);
      }
    }),
    extent,
  );
}, 900_000);
