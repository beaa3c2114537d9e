import { Manager, type Socket } from 'socket.io-client';
import type { Answer, VisitorCalls, VisitorEvents, VisitorMessage } from '#contract';
import type { Locale } from './locale.js';
import { ChatRefused, openSession } from './open-session.js';
import type { PeykChatIdentity } from './page-api.js';
import { reconnectPauses } from './reconnect-pauses.js';
import { askSite, userOf } from './site-word.js';
import type { Still } from './still-chat.js';
import type { VisitorMemory, VisitorSession } from './visitor-memory.js';

/** What the link tells of. */
export interface LinkListener extends VisitorEvents {
  /** Connected and let in. */
  up(): void;
  down(): void;
  /** There is no chat here. */
  refused(): void;
  /** Somebody else is there than before: nothing of the one before may stay. Called on a link that is closed. */
  replaced(): void;
  /** What came of the site's word about who is signed in. */
  identity(told: PeykChatIdentity): void;
}

/** Where the link leads. */
export interface LinkWhere {
  hub: string;
  channel: string;
  locale: () => Locale;
  still?: Still | undefined;
}

type VisitorSocket = Socket<VisitorEvents, VisitorCalls>;

const answerMs = 10_000;
const freshMs = 24 * 3_600_000;
const longestPauseMs = 30_000;

/** The visitor's line to the hub: makes a session where there is none, stays connected, and carries calls. */
export class VisitorLink {
  private socket: VisitorSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  /** Counts what was asked about who is there: only the latest answer counts. */
  private round = 0;
  private isClosed = false;

  constructor(
    private readonly where: LinkWhere,
    private readonly memory: VisitorMemory,
    private readonly listener: LinkListener,
  ) {}

  start(): void {
    if (this.where.still) {
      queueMicrotask(() => this.listener.up());
    } else if (this.memory.session && this.memory.word === this.memory.toldWord) {
      this.connect();
    } else {
      this.identify();
    }
  }

  /** Asks the site who is there, and the hub whom it takes that for. */
  identify(): void {
    this.round += 1;
    void this.introduce(this.round);
  }

  get isUp(): boolean {
    return this.where.still !== undefined || this.socket?.connected === true;
  }

  /** The hub's answer, or null when none came: what was asked may or may not have happened. */
  ask<T>(name: keyof VisitorCalls, call: object): Promise<Answer<T> | null> {
    if (!this.socket?.connected) {
      return Promise.resolve(null);
    }
    return (this.socket as Socket)
      .timeout(answerMs)
      .emitWithAck(name, call)
      .then(
        (answer) => answer as Answer<T>,
        () => null,
      );
  }

  /** What is written, with the page that it is written on. */
  tell<T>(name: 'say' | 'form', call: object): Promise<Answer<T> | null> {
    const { title, referrer } = document;
    return this.ask<T>(name, { ...call, page: { url: location.href, title, referrer } });
  }

  catchUp(rev: number): Promise<Answer<{ rev: number; messages: VisitorMessage[] }> | null> {
    const { still } = this.where;
    return still
      ? Promise.resolve({ ok: true, value: { rev: 1, messages: still.messages } })
      : this.ask('catch-up', { rev });
  }

  /** That somebody writes may get lost on the way; that they stopped may not. */
  typing(on: boolean): void {
    (on ? this.socket?.volatile : this.socket)?.emit('typing', { on });
  }

  seen(seq: number): void {
    this.socket?.emit('seen', { seq });
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private async introduce(round: number): Promise<void> {
    const { word } = this.memory;
    const isOver = (): boolean => this.isClosed || round !== this.round;
    const said = await askSite(word).catch(() => this.missWord());
    if (isOver() || this.dropOther(said)) {
      return;
    }
    try {
      const { session, identity } = await this.open(said);
      if (!isOver()) {
        this.memory.toldWord = word;
        if (word !== undefined) {
          this.listener.identity(identity);
        }
        this.become(session);
      }
    } catch (error) {
      if (!isOver()) {
        this.answerFailure(error);
      }
    }
  }

  private missWord(): undefined {
    this.listener.identity({ state: 'refused', reason: 'unreachable' });
  }

  private open(identity: string | null | undefined): ReturnType<typeof openSession> {
    const { hub, channel, locale } = this.where;
    return openSession(hub, channel, { locale: locale(), token: this.memory.session?.token, identity });
  }

  private answerFailure(error: unknown): void {
    if (error instanceof ChatRefused) {
      this.listener.refused();
    } else {
      this.later(() => this.identify());
    }
  }

  /** Whoever was signed in is gone as soon as the site says so, whether the hub can be asked or not. */
  private dropOther(said: string | null | undefined): boolean {
    const user = this.memory.session?.user ?? null;
    const isOther = said !== undefined && user !== null && user !== userOf(said);
    if (isOther) {
      this.memory.become(null);
      this.replace();
    }
    return isOther;
  }

  private become(session: VisitorSession): void {
    const before = this.memory.session;
    if (this.memory.become(session)) {
      this.replace();
    } else if (!this.socket) {
      this.connect();
    } else if (before?.user !== session.user) {
      // The old token is nobody's now.
      this.socket.disconnect().connect();
    }
  }

  private replace(): void {
    this.close();
    this.listener.replaced();
  }

  private connect(): void {
    const manager = new Manager(this.where.hub, { transports: ['websocket'], ...reconnectPauses });
    const socket: VisitorSocket = manager.socket('/visitor', {
      auth: (give) => give({ channel: this.where.channel, token: this.memory.session?.token }),
    });
    this.socket = socket;
    socket.on('connect', () => {
      this.failures = 0;
      this.listener.up();
      void this.renew();
    });
    socket.on('messages', (frame) => this.listener.messages(frame));
    socket.on('typing', (frame) => this.listener.typing(frame));
    socket.on('read', (frame) => this.listener.read(frame));
    socket.on('queue.position', (frame) => this.listener['queue.position'](frame));
    socket.on('disconnect', () => {
      this.listener.down();
      this.reconnectUnlessTrying(socket);
    });
    socket.on('connect_error', (error) => this.answerRefusal(socket, error));
  }

  /** A token that was just let in is good for a fresh one, so a visitor who comes back now and then is never forgotten. */
  private async renew(): Promise<void> {
    const { session } = this.memory;
    if (session && (Date.now() - session.at > freshMs || session.locale !== this.where.locale())) {
      const { round } = this;
      const fresh = await this.open(undefined).catch(() => null);
      if (fresh && !this.isClosed && round === this.round) {
        this.become(fresh.session);
      }
    }
  }

  /** A lost connection is taken up again by the socket itself; a refused one is not. */
  private answerRefusal(socket: Socket, error: Error & { data?: { code?: unknown } }): void {
    const code = error.data?.code ?? error.message;
    if (socket.active || this.isClosed) {
      return;
    }
    if (code === 'unauthenticated') {
      socket.close();
      this.socket = null;
      this.later(() => this.identify());
    } else if (code === 'not_found' || code === 'forbidden') {
      this.listener.refused();
    } else {
      this.reconnectUnlessTrying(socket);
    }
  }

  private reconnectUnlessTrying(socket: Socket): void {
    if (!socket.active && !this.isClosed && socket === this.socket) {
      this.later(() => socket.connect());
    }
  }

  private later(run: () => void): void {
    const pause = Math.min(1_000 * 2 ** this.failures, longestPauseMs) * (0.5 + Math.random() / 2);
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(run, pause);
  }
}
