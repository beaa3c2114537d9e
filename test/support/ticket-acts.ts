import { v7 as uuid } from 'uuid';
import type { MessageView, TicketChangeView, TicketDetailView, TicketUndoView, TicketView } from '#contract';
import type { Answered } from './build-rows.js';
import { freshPhone, type PeopleDesk, type Writer } from './people-desk.js';

/** What agents do with tickets over the API, for the specs of what becomes of them. `desk` is there once the tests run. */
export function ticketActs(desk: () => PeopleDesk) {
  /** Somebody with as many tickets as texts, each opened by hand but the first, each with a note of its own. */
  async function buildTickets(...titles: string[]): Promise<{ one: Writer; tickets: TicketView[] }> {
    const one = await desk().hear({ address: freshPhone(), text: titles[0] ?? 'hello' });
    const tickets = (await desk().open(one.conversation)).tickets;
    for (const subject of titles.slice(1)) {
      tickets.push(await openTicket(one, subject));
    }
    return { one, tickets };
  }

  async function openTicket(
    one: Writer,
    subject: string,
    queueId = desk().queue,
    caller = desk().admin,
  ): Promise<TicketView> {
    const { body } = await caller.call<TicketView>(`/api/conversations/${one.conversation}/tickets`, {
      body: { subject, queueId },
    });
    await caller.call(`/api/conversations/${one.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: `about ${subject}`, ticketId: body.id },
    });
    return body;
  }

  const detail = async (ref: string | number, caller = desk().agent): Promise<TicketDetailView> =>
    (await caller.call<TicketDetailView>(`/api/tickets/${String(ref)}`)).body;
  const ticketOf = async (id: string): Promise<TicketView> => (await detail(id, desk().admin)).ticket;
  const merge = <Body = TicketChangeView>(id: string, into: string, caller = desk().agent): Promise<Answered<Body>> =>
    caller.call<Body>(`/api/tickets/${id}/merge`, { body: { into } });
  const undo = <Body = TicketUndoView>(id: string, caller = desk().agent): Promise<Answered<Body>> =>
    caller.call<Body>(`/api/ticket-changes/${id}/undo`, { method: 'POST' });
  const move = <Body = TicketChangeView>(
    one: Writer,
    messages: MessageView[],
    ticketId: string,
    caller = desk().agent,
  ): Promise<Answered<Body>> =>
    caller.call<Body>(`/api/conversations/${one.conversation}/moves`, {
      body: { messages: placesOf(messages), ticketId },
    });
  const split = <Body = TicketChangeView>(
    one: Writer,
    messages: MessageView[],
    more: object = {},
    caller = desk().agent,
  ) =>
    caller.call<Body>(`/api/conversations/${one.conversation}/splits`, {
      body: { messages: placesOf(messages), ...more },
    });
  const placesOf = (messages: MessageView[]) => messages.map(({ conversation, seq }) => ({ part: conversation, seq }));
  const change = <Body = TicketView>(ticket: TicketView, wish: object, caller = desk().agent) =>
    caller.call<Body>(`/api/tickets/${ticket.id}`, { method: 'PATCH', body: { version: ticket.version, ...wish } });

  /** What of a person's tickets and messages must come back when something is taken back. Lines about what happened come on top. */
  async function snapshot({ conversation }: Writer): Promise<unknown> {
    const { database } = desk().hub;
    const tickets = await database.query(
      `select t.id, t.state, t.merged_into, t.queue_id, t.owner_id, t.subject, t.solved_at, t.reopen_until, t.closed_at, t.state_name_id,
              w.state as work, w.queue_id as waits, w.enqueued_at, h.agent_id as holder
       from ticket t left join work_item w on w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')
       left join assignment h on h.work_item_id = w.id and h.state = 'accepted'
       where t.conversation_id = $1 order by t.number`,
      [conversation],
    );
    const messages = await database.query(
      `select seq, id, ticket_id, ticket_reason, restricted_by, body from message where conversation_id = $1 and kind <> 'event' order by seq`,
      [conversation],
    );
    return { tickets, messages };
  }

  async function solved(ticket: TicketView): Promise<TicketView> {
    const { body, status, text } = await change(await ticketOf(ticket.id), { state: 'solved' });
    if (status !== 200) {
      throw new Error(`the ticket is not solved: ${text}`);
    }
    return body;
  }

  const textsOf = async (ticketId: string): Promise<string[]> =>
    (
      await desk().hub.database.query<{ body: string }>(
        `select body from message where ticket_id = $1 and kind <> 'event' order by seq`,
        [ticketId],
      )
    ).map(({ body }) => body);
  const factsOf = async (id: string): Promise<string[]> =>
    (
      await desk().hub.database.query<{ type: string }>(
        'select type from event_log where subject_id = $1 order by position',
        [id],
      )
    ).map(({ type }) => type);
  const saidIn = async (one: Writer): Promise<MessageView[]> =>
    (await desk().open(one.conversation, desk().admin)).messages.filter(({ kind }) => kind !== 'event').toReversed();
  return {
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
  };
}
