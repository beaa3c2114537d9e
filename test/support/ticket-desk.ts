import { v7 as uuid } from 'uuid';
import type { ConversationView, ListRow, Page, Problem, TicketPropertiesView, TicketView } from '#contract';
import { buildAgent, signedIn, type Answered, type BuiltAgent, type Caller } from './build-rows.js';
import { buildChannel, buildQueue, hearFrom } from './live-client.js';
import type { TestHub } from './start-hub.js';

/** A customer who wrote, and the ticket that it opened. */
export interface Talk {
  ticketId: string;
  conversation: string;
  address: string;
}

interface Channel {
  id: string;
  kind: 'web' | 'messages';
}

/** Two agents of one queue and an administrator, and what they do with tickets. */
export class TicketDesk {
  private constructor(
    readonly hub: TestHub,
    readonly people: { sara: BuiltAgent; reza: BuiltAgent },
    readonly callers: { asSara: Caller; asReza: Caller; asAdmin: Caller },
    readonly queueId: string,
    readonly channel: Channel,
  ) {}

  static async open(hub: TestHub): Promise<TicketDesk> {
    const sara = await buildAgent(hub.database, { name: 'Sara' });
    const reza = await buildAgent(hub.database, { name: 'رضا کریمی' });
    const root = await buildAgent(hub.database, { role: 'admin' });
    const [asSara, asReza, asAdmin] = [
      await signedIn(hub, sara.id),
      await signedIn(hub, reza.id),
      await signedIn(hub, root.id),
    ];
    const queueId = await buildQueue(hub.database, { members: [sara.id, reza.id] });
    const channel = await buildChannel(hub, { kind: 'messages', queueId });
    return new TicketDesk(hub, { sara, reza }, { asSara, asReza, asAdmin }, queueId, channel);
  }

  async talk(text = 'My lamp flickers.', via: Channel = this.channel, address: string = uuid()): Promise<Talk> {
    const conversation = await hearFrom(this.hub, via, address, text);
    const [ticket] = await this.hub.database.query<{ id: string }>(
      'select id from ticket where conversation_id = $1 order by number desc limit 1',
      [conversation],
    );
    return { ticketId: (ticket as { id: string }).id, conversation, address };
  }

  /** The customer writes again, by the channel that they began with. */
  async hear({ address }: Talk, text: string, via: Channel = this.channel): Promise<void> {
    await hearFrom(this.hub, via, address, text);
  }

  async seen({ ticketId, conversation }: Talk): Promise<TicketView> {
    const view = await this.callers.asAdmin.call<ConversationView>(`/api/conversations/${conversation}`);
    return view.body.tickets.find(({ id }) => id === ticketId) as TicketView;
  }

  async change(caller: Caller, one: Talk, body: object): Promise<Answered<TicketView>> {
    const { version } = await this.seen(one);
    return caller.call(`/api/tickets/${one.ticketId}`, { method: 'PATCH', body: { version, ...body } });
  }

  async listed(caller: Caller, view: string): Promise<string[]> {
    const { body } = await caller.call<Page<ListRow>>(`/api/conversations?view=${view}&limit=100`);
    return body.rows.map(({ ticket }) => ticket.id);
  }

  facts(ticketId: string, type: string): Promise<{ actor_id: string | null; payload: Record<string, unknown> }[]> {
    return this.hub.database.query(
      'select actor_id, payload from event_log where subject_id = $1 and type = $2 order by position',
      [ticketId, type],
    );
  }

  /** Lines of the timeline that tell of an event. */
  lines(ticketId: string, name: string): Promise<{ event: Record<string, unknown> }[]> {
    return this.hub.database.query(
      `select content -> 'event' as event from message where ticket_id = $1 and content -> 'event' ->> 'name' = $2 order by seq`,
      [ticketId, name],
    );
  }

  async propertiesOf(one: Talk, caller = this.callers.asSara): Promise<TicketPropertiesView> {
    return (await caller.call<TicketPropertiesView>(`/api/tickets/${one.ticketId}/properties`)).body;
  }
}

export const put = <T = TicketView>(caller: Caller, path: string, body: unknown = {}): Promise<Answered<T>> =>
  caller.call<T>(path, { method: 'PUT', body });

export const remove = <T = unknown>(caller: Caller, path: string): Promise<Answered<T>> =>
  caller.call<T>(path, { method: 'DELETE' });

/** What was refused: status, code and the field at fault. */
export function problem(answer: Answered<unknown>): [status: number, code: string, field: string | undefined] {
  const { status, code, field } = answer.body as Problem;
  return [status, code, field];
}
