import { io, type Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import type {
  AgentCalls,
  AgentEvents,
  Answer,
  ConversationChanges,
  MessageView,
  VisitorCalls,
  VisitorEvents,
  VisitorMessage,
} from '#contract';
import type { InboundMessage, Sql } from '#channels';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { signedIn } from './build-rows.js';
import type { TestHub } from './start-hub.js';

type AnySocket = Pick<
  Socket,
  'onAny' | 'on' | 'off' | 'connected' | 'active' | 'disconnect' | 'connect' | 'io' | 'emit' | 'timeout'
>;

/** What arrived at a socket, in order. */
export interface Heard {
  name: string;
  payload: unknown[];
  /** As performance.now() tells it. */
  at: number;
}

const patienceMs = 8_000;

/** Somebody at a socket who keeps everything that arrived. Nothing here waits for time to pass, only for something to arrive. */
export class Listener<S extends AnySocket = AnySocket> {
  readonly heard: Heard[] = [];
  private readonly watchers = new Set<() => void>();

  constructor(readonly socket: S) {
    socket.onAny((name: string, ...payload: unknown[]) => {
      this.heard.push({ name, payload, at: performance.now() });
      this.look();
    });
    for (const name of ['connect', 'connect_error', 'disconnect']) {
      socket.on(name, (...payload: unknown[]) => {
        this.heard.push({ name, payload: payload.map(String), at: performance.now() });
        this.look();
      });
    }
  }

  /** The payloads of one kind of frame. */
  of<T>(name: string): T[] {
    return this.heard.filter((one) => one.name === name).map(({ payload }) => payload[0] as T);
  }

  /** The frame that came last of these kinds. */
  lastOf(...names: string[]): Heard | undefined {
    return this.heard.findLast(({ name }) => names.includes(name));
  }

  /** Whether a text came along in any frame. */
  hasHeard(text: string): boolean {
    return JSON.stringify(this.heard).includes(text);
  }

  /** Resolves once something holds; looked at after every arrival. */
  until(what: string, holds: () => boolean, withinMs = patienceMs): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(watch);
        reject(
          new Error(`${what}: not within ${String(withinMs)} ms. Heard: ${JSON.stringify(this.heard).slice(0, 2_000)}`),
        );
      }, withinMs);
      const watch = (): void => {
        if (holds()) {
          clearTimeout(timer);
          this.watchers.delete(watch);
          resolve();
        }
      };
      this.watchers.add(watch);
      watch();
    });
  }

  connected(): Promise<void> {
    return this.until('connected', () => this.socket.connected);
  }

  /** A call's answer. */
  ask<T>(name: string, call: unknown): Promise<Answer<T>> {
    return (this.socket as unknown as Socket).timeout(patienceMs).emitWithAck(name, call) as Promise<Answer<T>>;
  }

  close(): void {
    this.socket.disconnect();
  }

  protected look(): void {
    [...this.watchers].forEach((watch) => watch());
  }
}

interface Row {
  rev: number;
  lastSeq: number;
  messages: Map<string, MessageView>;
}

/**
 * A console as the contract wants it: applies what continues, drops what is old, asks when something is missing, and asks again for
 * everything after a reconnection. What it holds must end up equal to the database.
 */
export class LiveConsole extends Listener<Socket<AgentEvents, AgentCalls>> {
  readonly rows = new Map<string, Row>();
  /** Rows that the hub said are to be loaded anew. */
  readonly resync: string[] = [];
  private asking: Promise<void> = Promise.resolve();

  constructor(socket: Socket<AgentEvents, AgentCalls>) {
    super(socket as Socket);
    socket.on('conversation.changes', (changes) => this.receive(changes));
  }

  watch(conversation: string): Promise<Answer<{ revs: Record<string, number> }>> {
    return this.ask('conversation.open', { conversation });
  }

  async catchUp(
    revs: Record<string, number> = this.revs(),
  ): Promise<{ changes: ConversationChanges[]; resync: string[] }> {
    const answer = await this.ask<{ changes: ConversationChanges[]; resync: string[] }>('catch-up', { revs });
    if (!answer.ok) {
      throw new Error(`catch-up: ${answer.code}`);
    }
    answer.value.changes.forEach((changes) => this.apply(changes));
    this.resync.push(...answer.value.resync);
    this.look();
    return answer.value;
  }

  /** What it knows of a row, from nothing on. */
  row(conversation: string): Row {
    const row = this.rows.get(conversation) ?? { rev: 0, lastSeq: 0, messages: new Map() };
    this.rows.set(conversation, row);
    return row;
  }

  bodies(conversation: string): string[] {
    return [...this.row(conversation).messages.values()].toSorted((a, b) => a.seq - b.seq).map(({ body }) => body);
  }

  private revs(): Record<string, number> {
    return Object.fromEntries([...this.rows].map(([id, { rev }]) => [id, rev]));
  }

  private receive(changes: ConversationChanges): void {
    if (changes.since > this.row(changes.conversation).rev) {
      this.asking = this.asking
        .then(() => this.catchUp({ [changes.conversation]: this.row(changes.conversation).rev }))
        .then(
          () => undefined,
          () => undefined,
        );
    } else {
      this.apply(changes);
    }
    this.look();
  }

  private apply({ conversation, since, rev, lastSeq, messages }: ConversationChanges): void {
    const row = this.row(conversation);
    if (rev > row.rev && since <= row.rev) {
      messages.forEach((message) => row.messages.set(message.id, message));
      this.rows.set(conversation, { ...row, rev, lastSeq });
    }
  }
}

export interface ConsoleWish {
  agentId?: string;
  headers?: Record<string, string>;
  reconnects?: boolean;
}

/** Where a console goes. With an app of one node and the url of another, a session made here is brought there. */
export type ConsoleHub = Pick<TestHub, 'url' | 'app' | 'database'>;

/** A console's socket, connecting. Without `agentId` it brings what `headers` say and nothing else. */
export async function openConsole(hub: ConsoleHub, wish: ConsoleWish = {}): Promise<LiveConsole> {
  const credentials = wish.agentId === undefined ? {} : (await signedIn(hub, wish.agentId)).credentials;
  const socket = io(`${hub.url}/agent`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { origin: hub.url, ...credentials, ...wish.headers },
    reconnection: wish.reconnects ?? false,
    reconnectionDelay: 10,
    reconnectionDelayMax: 50,
  });
  return new LiveConsole(socket as Socket<AgentEvents, AgentCalls>);
}

/** A console of an agent that is let in. */
export async function openedConsole(
  hub: ConsoleHub,
  agentId: string,
  wish: Omit<ConsoleWish, 'agentId'> = {},
): Promise<LiveConsole> {
  const client = await openConsole(hub, { ...wish, agentId });
  await client.connected();
  return client;
}

/** The code by which a socket was refused. */
export async function refusalOf(client: { socket: AnySocket }): Promise<string> {
  const error = await new Promise<Error & { data?: { code: string } }>((resolve, reject) => {
    client.socket.on('connect', () => reject(new Error('it was let in')));
    client.socket.on('connect_error', resolve);
  });
  client.socket.disconnect();
  return error.data?.code ?? error.message;
}

/** A chat on a web page. */
export class VisitorChat extends Listener<Socket<VisitorEvents, VisitorCalls>> {
  messages(): VisitorMessage[] {
    return this.of<{ messages: VisitorMessage[] }>('messages').flatMap(({ messages }) => messages);
  }

  say(body: string, id: string = uuid()): Promise<Answer<{ seq: number; rev: number }>> {
    return this.ask('say', { id, body });
  }

  async catchUp(rev = 0): Promise<{ rev: number; messages: VisitorMessage[] }> {
    const answer = await this.ask<{ rev: number; messages: VisitorMessage[] }>('catch-up', { rev });
    if (!answer.ok) {
      throw new Error(`catch-up: ${answer.code}`);
    }
    return answer.value;
  }
}

export async function visitorToken(hub: TestHub, channelId: string): Promise<string> {
  const response = await fetch(`${hub.url}/api/chat/${channelId}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { token } = (await response.json()) as { token: string };
  return token;
}

export function openChat(
  hub: TestHub,
  channelId: string,
  token: string,
  headers: Record<string, string> = {},
): VisitorChat {
  const socket = io(`${hub.url}/visitor`, {
    transports: ['websocket'],
    forceNew: true,
    auth: { channel: channelId, token },
    extraHeaders: { origin: 'https://shop.test', ...headers },
    reconnection: false,
  });
  return new VisitorChat(socket as Socket<VisitorEvents, VisitorCalls>);
}

export async function openedChat(hub: TestHub, channelId: string, token: string): Promise<VisitorChat> {
  const chat = openChat(hub, channelId, token);
  await chat.connected();
  return chat;
}

export async function buildQueue(sql: Sql, wish: { restricted?: boolean; members?: string[] } = {}): Promise<string> {
  const id = uuid();
  await sql.query('insert into queue (id, name, restricted) values ($1, $2, $3)', [
    id,
    `queue ${id}`,
    wish.restricted ?? false,
  ]);
  await sql.query('insert into queue_member (queue_id, agent_id) select $1, unnest($2::uuid[])', [
    id,
    wish.members ?? [],
  ]);
  return id;
}

export async function buildChannel(
  hub: TestHub,
  wish: { kind: 'web' | 'messages'; queueId: string; config?: object },
): Promise<{ id: string; kind: 'web' | 'messages' }> {
  const id = uuid();
  await hub.database.query('insert into channel (id, kind, name, queue_id, config) values ($1, $2, $3, $4, $5)', [
    id,
    wish.kind,
    `channel ${id}`,
    wish.queueId,
    JSON.stringify(wish.config ?? {}),
  ]);
  await hub.app.get(ChannelDirectory).refresh();
  return { id, kind: wish.kind };
}

/** A customer says something, as if their provider had told us. Returns the conversation row that it went to. */
export async function hearFrom(
  hub: TestHub,
  channel: { id: string; kind: 'web' | 'messages' },
  address: string,
  text: string,
): Promise<string> {
  const message: InboundMessage = {
    type: 'message',
    externalId: uuid(),
    raw: Buffer.from(text),
    from: { kind: 'external', address, trust: 'channel_given', name: '' },
    claims: [],
    sentAt: null,
    kind: 'text',
    text,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  };
  await hub.app.get(Receiving, { strict: false }).take(channel, [message]);
  const [row] = await hub.database.query<{ id: string }>(
    `select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.kind = 'external' and i.address = $1`,
    [address],
  );
  return (row as { id: string }).id;
}

/** A conversation row as the database has it. */
export async function storedRow(sql: Sql, conversation: string): Promise<{ rev: number; bodies: string[] }> {
  const [row] = await sql.query<{ rev: number; bodies: string[] }>(
    `select c.rev, array(select m.body from message m where m.conversation_id = c.id order by m.seq) as bodies from conversation c where c.id = $1`,
    [conversation],
  );
  return row as { rev: number; bodies: string[] };
}
