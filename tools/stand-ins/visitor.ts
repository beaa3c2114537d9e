import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import type { Answer, VisitorCalls, VisitorEvents, VisitorMessage } from '#contract';
import { VisitorScreen, type Frame } from './visitor-screen.js';

export interface VisitorOptions {
  /** The hub's address: http://127.0.0.1:3000. */
  hub: string;
  channel: string;
  locale?: 'en' | 'fa';
  /** Comes back as an earlier visitor; without it the hub makes a new one. */
  token?: string;
  /** How long an answer may take before the call is made again, in milliseconds. */
  answerMs?: number;
  transports?: ('websocket' | 'polling')[];
  /** Sent with everything: each of many may come from a place of their own. */
  headers?: Record<string, string>;
  /** How long it waits before it connects again; by default hardly at all. */
  pauses?: { reconnectionDelay: number; reconnectionDelayMax: number; randomizationFactor?: number };
}

/** The hub said no. `code` is its stable code, or the HTTP status of a refused session. */
export class VisitorRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`The hub refused the visitor: ${code}`);
    this.code = code;
  }
}

/** Where the hub stored what a visitor said. */
export interface Said {
  id: string;
  seq: number;
  rev: number;
}

const shortPauses = { reconnectionDelay: 50, reconnectionDelayMax: 500 };

/** Opens a session where there is no token, connects, and has the whole conversation on its screen. */
export async function connectVisitor(options: VisitorOptions): Promise<Visitor> {
  const token = options.token ?? (await openSession(options));
  const visitor = new Visitor(token, options);
  await visitor.reconnect();
  return visitor;
}

async function openSession({ hub, channel, locale = 'en', headers }: VisitorOptions): Promise<string> {
  const response = await fetch(`${hub}/api/chat/${encodeURIComponent(channel)}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ locale }),
  });
  if (!response.ok) {
    throw new VisitorRefused(String(response.status));
  }
  return ((await response.json()) as { token: string }).token;
}

/**
 * A visitor of a web chat as their browser behaves: it repeats what got no answer under the same id, asks for what it missed
 * when it reconnects or sees a gap, and shows each message once. What it shows is on `screen`.
 */
export class Visitor {
  /** Kept by the caller to come back with. */
  readonly token: string;
  readonly screen = new VisitorScreen();
  /** The typing signs that arrived. */
  readonly typingSigns: { until: string; name: string }[] = [];
  private readonly socket: Socket<VisitorEvents, VisitorCalls>;
  private readonly answerMs: number;
  private line: Promise<unknown> = Promise.resolve();
  private asking: Promise<void> | null = null;
  private isClosed = false;
  private watchers: (() => void)[] = [];

  constructor(
    token: string,
    { hub, channel, answerMs = 5_000, transports = ['websocket'], headers = {}, pauses = shortPauses }: VisitorOptions,
  ) {
    this.token = token;
    this.answerMs = answerMs;
    this.socket = io(`${hub}/visitor`, {
      auth: { channel, token },
      transports,
      forceNew: true,
      autoConnect: false,
      extraHeaders: headers,
      ...pauses,
    });
    this.socket.on('connect', () => void this.catchUp().catch(() => undefined));
    this.socket.on('messages', (frame) => this.receive(frame));
    this.socket.on('typing', (sign) => {
      this.typingSigns.push(sign);
      this.tell();
    });
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  /**
   * Says something, after what was said before is stored. Without an answer it is said again under the same id, over
   * reconnections too, until the visitor leaves.
   */
  say(body: string, id: string = randomUUID()): Promise<Said> {
    const said = this.line.then(() => this.sayUntilAnswered(id, body));
    this.line = said.catch(() => undefined);
    return said;
  }

  typing(on: boolean): void {
    this.socket.emit('typing', { on });
  }

  /** Tells that everything on the screen, or up to a seq, was read. */
  seen(seq: number = this.screen.messages.at(-1)?.seq ?? 0): void {
    this.socket.emit('seen', { seq });
  }

  /** Asks for everything since the rev the screen has. A call made meanwhile joins the one under way. */
  catchUp(): Promise<void> {
    this.asking ??= this.askUntilLevel().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** The first message on the screen that fits, now or within `ms`. */
  async waitFor(fits: (message: VisitorMessage) => boolean, ms = 5_000): Promise<VisitorMessage> {
    const end = Date.now() + ms;
    for (let found = this.screen.messages.find(fits); ; found = this.screen.messages.find(fits)) {
      if (found) {
        return found;
      }
      if (Date.now() >= end) {
        throw new Error(`No such message within ${String(ms)} ms. On the screen: ${this.screen.toString()}`);
      }
      await this.nextChange(end - Date.now());
    }
  }

  /** The connection breaks off, as when a phone leaves the network. */
  disconnect(): void {
    this.socket.disconnect();
  }

  /** Connects and catches up; throws when the hub does not let the visitor in. */
  async reconnect(): Promise<void> {
    if (!this.socket.connected) {
      this.socket.connect();
      await this.letIn();
    }
    await this.catchUp();
  }

  close(): void {
    this.isClosed = true;
    this.socket.close();
    this.tell();
  }

  private async letIn(): Promise<void> {
    const waiting = new AbortController();
    const { signal } = waiting;
    try {
      await Promise.race([
        once(this.socket as unknown as EventTarget & NodeJS.EventEmitter, 'connect', { signal }),
        this.refusal(signal),
      ]);
    } finally {
      waiting.abort();
    }
  }

  /** Rejects when the hub refuses; a hub that is only away is tried again by the socket. */
  private refusal(signal: AbortSignal): Promise<never> {
    return new Promise((_resolve, reject) => {
      const listen = (error: Error & { data?: { code?: string } }): void => {
        if (!this.socket.active) {
          reject(new VisitorRefused(error.data?.code ?? error.message));
        }
      };
      this.socket.on('connect_error', listen);
      signal.addEventListener('abort', () => this.socket.off('connect_error', listen));
    });
  }

  private async sayUntilAnswered(id: string, body: string): Promise<Said> {
    while (!this.isClosed) {
      const answer = await this.answerOf<{ seq: number; rev: number }>(() =>
        this.socket.timeout(this.answerMs).emitWithAck('say', { id, body }),
      );
      if (answer?.ok) {
        this.screen.stored(id, answer.value.seq);
        return { id, ...answer.value };
      }
      if (answer) {
        throw new VisitorRefused(answer.code);
      }
    }
    throw new Error('The visitor left before the hub answered.');
  }

  private async askUntilLevel(): Promise<void> {
    let isLevel = false;
    while (!isLevel && this.socket.connected) {
      const answer = await this.answerOf<{ rev: number; messages: VisitorMessage[] }>(() =>
        this.socket.timeout(this.answerMs).emitWithAck('catch-up', { rev: this.screen.rev }),
      );
      if (answer && !answer.ok) {
        throw new VisitorRefused(answer.code);
      }
      const before = this.screen.rev;
      if (answer) {
        this.screen.caughtUp(answer.value);
        this.tell();
      }
      isLevel = answer !== null && (this.screen.isLevel || this.screen.rev === before);
    }
  }

  /** The answer to a call made once connected; null when none came. */
  private async answerOf<T>(call: () => Promise<unknown>): Promise<Answer<T> | null> {
    if (!this.socket.connected) {
      await this.nextChange(100);
      return null;
    }
    return call().then(
      (answer) => answer as Answer<T>,
      () => null,
    );
  }

  private receive(frame: Frame): void {
    this.screen.framed(frame);
    this.tell();
    if (!this.screen.isLevel) {
      this.catchUp().catch(() => undefined);
    }
  }

  private nextChange(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.watchers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private tell(): void {
    const watchers = this.watchers;
    this.watchers = [];
    watchers.forEach((watcher) => watcher());
  }
}
