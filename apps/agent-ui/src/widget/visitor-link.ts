import { io, type Socket } from 'socket.io-client';
import type { Answer, VisitorCalls, VisitorEvents, VisitorMessage } from '#contract';
import type { Locale } from './locale.js';
import { ChatRefused, openSession } from './open-session.js';
import type { VisitorMemory } from './visitor-memory.js';

/** What the link tells of. */
export interface LinkListener extends VisitorEvents {
  /** Connected and let in. */
  up(): void;
  down(): void;
  /** There is no chat here. */
  refused(): void;
  /** The hub no longer knew the visitor: the one that follows is new, with an empty conversation. */
  renewed(): void;
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
  private isClosed = false;

  constructor(
    private readonly where: { hub: string; channel: string; locale: () => Locale },
    private readonly memory: VisitorMemory,
    private readonly listener: LinkListener,
  ) {}

  start(): void {
    if (this.memory.session) {
      this.connect();
    } else {
      void this.introduce();
    }
  }

  get isUp(): boolean {
    return this.socket?.connected === true;
  }

  /** The hub's answer, or null when none came: what was asked may or may not have happened. */
  say(call: { id: string; body: string }): Promise<Answer<{ seq: number; rev: number }> | null> {
    return this.answerOf((socket) => socket.timeout(answerMs).emitWithAck('say', call));
  }

  catchUp(rev: number): Promise<Answer<{ rev: number; messages: VisitorMessage[] }> | null> {
    return this.answerOf((socket) => socket.timeout(answerMs).emitWithAck('catch-up', { rev }));
  }

  typing(on: boolean): void {
    this.socket?.volatile.emit('typing', { on });
  }

  seen(seq: number): void {
    this.socket?.emit('seen', { seq });
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private async answerOf<T>(ask: (socket: VisitorSocket) => Promise<unknown>): Promise<T | null> {
    if (!this.socket?.connected) {
      return null;
    }
    return ask(this.socket).then(
      (answer) => answer as T,
      () => null,
    );
  }

  private async introduce(): Promise<void> {
    const { hub, channel, locale } = this.where;
    try {
      const session = await openSession(hub, channel, { locale: locale() });
      if (!this.isClosed) {
        this.memory.keepSession(session);
        this.connect();
      }
    } catch (error) {
      if (error instanceof ChatRefused) {
        this.listener.refused();
      } else {
        this.later(() => void this.introduce());
      }
    }
  }

  private connect(): void {
    // A page's policy may refuse WebSocket and still allow plain requests, so every transport gets its turn.
    const socket: VisitorSocket = io(`${this.where.hub}/visitor`, {
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      auth: (give) => give({ channel: this.where.channel, token: this.memory.session?.token }),
      reconnectionDelayMax: 10_000,
      forceNew: true,
    });
    this.socket = socket;
    socket.on('connect', () => {
      this.failures = 0;
      this.listener.up();
      void this.renew();
    });
    socket.on('messages', (frame) => this.listener.messages(frame));
    socket.on('typing', (frame) => this.listener.typing(frame));
    socket.on('disconnect', () => {
      this.listener.down();
      this.reconnectUnlessTrying(socket);
    });
    socket.on('connect_error', (error) => this.answerRefusal(socket, error));
  }

  /** A token that was just let in is good for a fresh one, so a visitor who comes back now and then is never forgotten. */
  private async renew(): Promise<void> {
    const { session } = this.memory;
    const { hub, channel, locale } = this.where;
    if (session && (Date.now() - session.at > freshMs || session.locale !== locale())) {
      const fresh = await openSession(hub, channel, { locale: locale(), token: session.token }).catch(() => null);
      if (fresh && !this.isClosed) {
        this.memory.renewSession(fresh);
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
      this.memory.keepSession(null);
      this.listener.renewed();
      this.later(() => void this.introduce());
    } else if (code === 'not_found' || code === 'forbidden') {
      this.listener.refused();
    } else {
      this.reconnectUnlessTrying(socket);
    }
  }

  private reconnectUnlessTrying(socket: Socket): void {
    if (!socket.active && !this.isClosed) {
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
