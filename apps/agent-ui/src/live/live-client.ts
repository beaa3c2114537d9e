import { io } from 'socket.io-client';
import type { AgentEvents, AssignmentFrame, ConversationChanges, FeedCursor, SlaFrame } from '#contract';
import { keys } from '../api/keys.js';
import { people } from '../api/people.js';
import { pageOwner } from '../api/session-state.js';
import { ask, type LiveSocket } from './ask.js';
import { batchPerFrame } from './batch.js';
import { Announcements } from './catch-up.js';
import type { LiveCache } from './live-cache.js';
import { listenForPresence } from './listen-for-presence.js';
import { forgetMerge, noteMerge, useLiveState } from './live-state.js';

const refusedRetryMs = 3_000;

/** An agent waits for this; that all of them come back at once is prevented by chance, not by long waits. */
const patience = { reconnectionDelay: 500, reconnectionDelayMax: 3_000, randomizationFactor: 0.5 };

/** What the shell tells its reader about. */
export interface LiveNews {
  changed: (changes: ConversationChanges) => void;
  assigned: (frame: AssignmentFrame) => void;
  promised: (frame: SlaFrame) => void;
}

/**
 * The console's one socket. Frames patch what is cached; nothing is fetched again unless the hub says that too much was
 * missed. Opening a conversation and coming back after an outage are the same thing: hear the newest revs, ask for the rest.
 */
export class LiveClient {
  private readonly announced = new Announcements();
  private readonly watched = new Map<string, number>();
  private readonly asking = new Set<string>();
  private cursor: FeedCursor | null = null;
  private news: LiveNews | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly receive = batchPerFrame<ConversationChanges>((batch) => this.apply(batch));

  constructor(
    private readonly cache: LiveCache,
    private readonly socket: LiveSocket = io('/agent', {
      transports: ['websocket'],
      autoConnect: false,
      auth: (tell) => tell({ agent: pageOwner() }),
      ...patience,
    }),
  ) {}

  /** Says who hears of what is worth a sound. */
  tell(news: LiveNews): void {
    this.news = news;
  }

  start(): void {
    this.socket.on('connect', () => void this.join());
    this.socket.on('disconnect', () => this.lose());
    this.socket.on('connect_error', (error) => {
      this.lose();
      if (saysStorageIsAway(error)) {
        useLiveState.setState({ storage: 'down' });
      }
    });
    this.socket.on('conversation.changes', (changes) => this.receive(changes));
    this.socket.on('conversation.merged', ({ from, into }) => {
      noteMerge(from, into);
      this.cache.refetch(keys.conversation(into), keys.everyList, keys.everySuggestion);
    });
    this.socket.on('conversation.parted', ({ freed, from }) => {
      forgetMerge(freed);
      this.cache.refetch(keys.conversation(freed), keys.conversation(from), keys.everyList, keys.everySuggestion);
    });
    this.socket.on('ticket.assigned', (frame) => this.news?.assigned(frame));
    this.socket.on('ticket.sla', (frame) => this.news?.promised(frame));
    this.socket.on('customer.changed', ({ conversation, customer }) => this.cache.putCustomer(conversation, customer));
    this.socket.on('rights.changed', () =>
      this.cache.refetch(keys.me, keys.queues, keys.everyList, keys.everyConversation),
    );
    this.socket.on('me.changed', () => this.cache.refetchMe());
    listenForPresence(this.socket, this.cache);
    this.socket.connect();
  }

  stop(): void {
    clearTimeout(this.retry);
    this.socket.removeAllListeners();
    this.socket.disconnect();
  }

  /** Follows a person until the returned function is called. */
  watch(person: string): () => void {
    const watchers = this.watched.get(person) ?? 0;
    this.watched.set(person, watchers + 1);
    if (watchers === 0 && this.socket.connected) {
      void this.open(person);
    }
    return () => {
      const left = (this.watched.get(person) ?? 1) - 1;
      if (left > 0) {
        this.watched.set(person, left);
        return;
      }
      this.watched.delete(person);
      this.socket.emit('conversation.close', { conversation: person });
    };
  }

  /** Hears a frame until the returned function is called: for parts of the console that come when they are needed. */
  hear<Name extends keyof AgentEvents>(name: Name, listener: AgentEvents[Name]): () => void {
    this.socket.on(name, listener as never);
    return () => void this.socket.off(name, listener as never);
  }

  /** Asks for the counts of lists, or for no more of them; the hub forgets it when the link falls. */
  watchViews(on: boolean): void {
    this.socket.emit('views.watch', { on }, () => undefined);
  }

  /** Asks for the live board, or for no more of it; the hub forgets it when the link falls. */
  watchBoard(on: boolean): void {
    this.socket.emit(on ? 'board.watch' : 'board.unwatch', {}, () => undefined);
  }

  /** Looks on at a person, unseen, until the returned function is called; the hub forgets it when the link falls. */
  lookOn(person: string): () => void {
    void this.open(person, 'steering.watch');
    return () => void this.socket.emit('steering.unwatch', { conversation: person }, () => undefined);
  }

  typing(person: string, on: boolean): void {
    this.socket.volatile.emit('typing', { conversation: person, on });
  }

  look(away: boolean): void {
    this.socket.emit('look', { away });
  }

  /** Asks for what an opened conversation lacks. To be called whenever one has been loaded. */
  async settle(person: string): Promise<void> {
    const view = this.cache.opened(person);
    const revs = view ? this.announced.behind(view) : {};
    if (Object.keys(revs).length === 0 || this.asking.has(person) || !this.socket.connected) {
      return;
    }
    this.asking.add(person);
    await this.catchUp(person, revs);
    this.asking.delete(person);
  }

  /** A fallen link comes back by itself; one that the hub closed or refused is asked about and tried again. */
  private lose(): void {
    useLiveState.setState({ link: 'down', presence: {}, typing: {} });
    if (!this.socket.active) {
      this.cache.refetch(keys.me);
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.socket.connect(), refusedRetryMs);
    }
  }

  /** The hub lets nobody in while storage is away, and says so anew to those it lets in before all is read. */
  private async join(): Promise<void> {
    useLiveState.setState({ link: 'up', storage: 'up' });
    const isAgain = this.cursor !== null;
    const people = [...this.watched.keys()];
    await Promise.all([this.readFeed(), ...people.map((person) => this.open(person))]);
    if (isAgain) {
      await Promise.all(people.map((person) => this.renew(person)));
    }
  }

  /** What is known of a customer moves no rev, so nothing tells what changed of it while the link was down. */
  private async renew(person: string): Promise<void> {
    const known = this.cache.opened(person)?.customer.id;
    const found = known === undefined ? null : await people.get(known).catch(() => null);
    if (found?.conversation === person) {
      const { conversation, ...customer } = found;
      this.cache.putCustomer(conversation, customer);
    }
  }

  private async open(person: string, how: 'conversation.open' | 'steering.watch' = 'conversation.open'): Promise<void> {
    const answer = await ask(this.socket, how, { conversation: person });
    if (answer?.ok) {
      for (const [conversation, rev] of Object.entries(answer.value.revs)) {
        this.announced.note(conversation, rev);
      }
      await this.settle(person);
    }
  }

  private async readFeed(): Promise<void> {
    const isFirst = this.cursor === null;
    // Who came, left or renamed themselves meanwhile is in no feed. The first time, what changed between the lists' own
    // answers and this link is in none either.
    this.cache.refetch(...(isFirst ? [keys.everyList] : [keys.me, keys.agents]));
    const answer = await ask(this.socket, 'feed', { cursor: this.cursor });
    if (!answer?.ok) {
      return;
    }
    this.cursor = answer.value.cursor;
    if (!isFirst && (answer.value.resync || answer.value.conversations.length > 0)) {
      this.cache.refetch(keys.everyList);
    }
  }

  private async catchUp(person: string, revs: Record<string, number>): Promise<void> {
    const answer = await ask(this.socket, 'catch-up', { revs });
    if (answer && (!answer.ok || answer.value.resync.length > 0)) {
      this.cache.refetch(keys.conversation(person));
    }
    if (answer?.ok) {
      answer.value.changes.forEach((changes) => this.cache.applyToConversation(changes));
      this.cache.applyToLists(answer.value.changes);
    }
  }

  /** A row that names another person than the view it is in: a merge was undone, so that view holds too much. */
  private part({ conversation, person }: ConversationChanges): void {
    forgetMerge(person);
    const outgrown = this.cache.openedWith(conversation).filter(({ id }) => id !== person);
    if (outgrown.length > 0) {
      this.cache.refetch(...outgrown.map(({ id }) => keys.conversation(id)), keys.everyList);
    }
  }

  private apply(batch: ConversationChanges[]): void {
    const late = new Set<string>();
    for (const changes of batch) {
      this.announced.note(changes.conversation, changes.rev);
      this.part(changes);
      if (this.cache.applyToConversation(changes) === 'gap') {
        late.add(changes.person);
      }
      this.news?.changed(changes);
    }
    this.cache.applyToLists(batch);
    late.forEach((person) => void this.settle(person));
  }
}

/** Whoever comes while storage is away is refused with the reason, and hears of it in no other way. */
function saysStorageIsAway(error: Error & { data?: { code?: unknown } }): boolean {
  return error.data?.code === 'unavailable';
}
