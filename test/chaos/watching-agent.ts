import { io, type Socket } from 'socket.io-client';
import type { AgentCalls, AgentEvents, Answer, ConversationChanges, MessageView } from '#contract';
import type { DeskApi } from './desk-api.js';
import { markOf, type Shown } from './history.js';

type Feed = { conversations: string[]; cursor: string; resync: boolean };
type CaughtUp = { changes: ConversationChanges[]; resync: string[] };

/** The most rows that one catch-up may name. */
const rowsAtOnce = 400;

/**
 * An agent's console without a screen: applies what continues what it has, drops what is old, asks when something is missing, and
 * catches up after every reconnection. It keeps everything that it showed, in the order in which it appeared.
 */
export class WatchingAgent {
  readonly shown: Shown[] = [];
  /** The newest form of each message, by its id. */
  readonly messages = new Map<string, MessageView>();
  /** The person that a conversation row belongs to. */
  readonly persons = new Map<string, string>();
  private readonly revs = new Map<string, number>();
  private readonly socket: Socket<AgentEvents, AgentCalls>;
  private readonly api: DeskApi;
  private cursor: string | null = null;
  private asking = Promise.resolve();
  private listeners = new Set<() => void>();

  constructor(api: DeskApi) {
    this.api = api;
    this.socket = io(`${api.url}/agent`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { origin: api.url, cookie: api.cookie },
      reconnectionDelay: 50,
      reconnectionDelayMax: 250,
      timeout: 3_000,
    });
    this.socket.on('connect', () => this.inTurn(() => this.catchUp()));
    this.socket.on('conversation.changes', (changes) => this.receive(changes));
    this.socket.on('connect_error', () => this.connectAgain());
    this.socket.on('disconnect', () => this.connectAgain());
  }

  /** Resolves when it is connected and knows what there is. */
  async ready(): Promise<void> {
    await this.until(() => this.socket.connected);
    await this.asking;
  }

  /** Asks once more for everything, as after a reconnection. */
  async catchUpNow(): Promise<void> {
    await this.ready();
    this.inTurn(() => this.catchUp());
    await this.asking;
  }

  /** The newest form of the message with this mark, already there or still to come. */
  async find(
    mark: string,
    fits: (message: MessageView) => boolean = () => true,
    withinMs = 30_000,
  ): Promise<MessageView> {
    const look = (): MessageView | undefined =>
      [...this.messages.values()].find((message) => markOf(message.body) === mark && fits(message));
    await this.until(() => look() !== undefined, withinMs);
    return look() as MessageView;
  }

  close(): void {
    this.socket.disconnect();
  }

  until(holds: () => boolean, withinMs = 60_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const watch = (): void => {
        if (holds()) {
          clearTimeout(timer);
          this.listeners.delete(watch);
          resolve();
        }
      };
      const timer = setTimeout(() => {
        this.listeners.delete(watch);
        reject(new Error(`the agent did not see it within ${String(withinMs)} ms`));
      }, withinMs);
      this.listeners.add(watch);
      watch();
    });
  }

  /** A lost connection is taken up again by the socket itself; one that the hub refused or closed is not. */
  private connectAgain(): void {
    if (!this.socket.active) {
      setTimeout(() => this.socket.connect(), 200);
    }
  }

  private inTurn(work: () => Promise<void>): void {
    this.asking = this.asking.then(work).catch(() => {
      // The hub went away in the middle, or the answer was lost: the connection is made anew, and with it the question.
      this.socket.disconnect().connect();
    });
  }

  /** New people come by the feed, known ones by their revs. */
  private async catchUp(): Promise<void> {
    this.tell();
    const feed = await this.call<Feed>('feed', { cursor: this.cursor });
    const isFirst = this.cursor === null;
    this.cursor = feed.cursor;
    const strangers = isFirst || feed.resync ? await this.api.conversations() : feed.conversations;
    for (const id of strangers.filter((stranger) => !this.revs.has(stranger))) {
      this.revs.set(id, 0);
    }
    await this.ask([...this.revs.keys()]);
  }

  private async call<T>(name: 'feed' | 'catch-up', call: object): Promise<T> {
    const answer = (await (this.socket as Socket).timeout(10_000).emitWithAck(name, call)) as Answer<T>;
    if (!answer.ok) {
      throw new Error(`${name}: ${answer.code}`);
    }
    return answer.value;
  }

  private async ask(ids: string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += rowsAtOnce) {
      const revs = Object.fromEntries(ids.slice(start, start + rowsAtOnce).map((id) => [id, this.revs.get(id) ?? 0]));
      const answer = await this.call<CaughtUp>('catch-up', { revs });
      answer.changes.forEach((changes) => this.apply(changes));
      for (const id of answer.resync) {
        await this.loadAnew(id);
      }
    }
    this.tell();
  }

  /** Too much to send: read as a page is opened. */
  private async loadAnew(conversation: string): Promise<void> {
    const view = await this.api.open(conversation);
    const messages = await this.api.timeline(conversation);
    messages.forEach((message) => this.show(message, view.id));
    view.parts.forEach((part) => this.revs.set(part.conversation, part.rev));
  }

  private receive(changes: ConversationChanges): void {
    if (changes.since > (this.revs.get(changes.conversation) ?? 0)) {
      this.inTurn(() => this.ask([changes.conversation]));
    } else {
      this.apply(changes);
      this.tell();
    }
  }

  private apply({ person, conversation, since, rev, messages }: ConversationChanges): void {
    const mine = this.revs.get(conversation) ?? 0;
    if (rev > mine && since <= mine) {
      messages.toSorted((a, b) => a.seq - b.seq).forEach((message) => this.show(message, person));
      this.revs.set(conversation, rev);
    }
  }

  private show(message: MessageView, person: string): void {
    this.persons.set(message.conversation, person);
    if (!this.messages.has(message.id)) {
      const { conversation, seq, id } = message;
      this.shown.push({ conversation, seq, id, mark: markOf(message.body) });
    }
    this.messages.set(message.id, message);
  }

  private tell(): void {
    [...this.listeners].forEach((listener) => listener());
  }
}
