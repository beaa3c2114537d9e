import type { Socket } from 'node:net';
import type { AgentChoice } from '../../wire/http-exchange.js';
import { openLine, type ServerPlace } from '../../wire/open-line.js';
import { AmiFrames, encodeAction, type AmiFrame } from './ami-frames.js';

/** The connection is gone, or what came over it is not the manager interface. */
export class AmiLost extends Error {
  constructor(readonly code: string) {
    super(`The connection to the exchange broke (${code}).`);
    this.name = 'AmiLost';
  }
}

interface Waiting {
  resolve: (frame: AmiFrame) => void;
  reject: (error: AmiLost) => void;
  timer: NodeJS.Timeout;
}

const mostEarly = 10_000;

/** One connection to an exchange: actions with their answers, and everything else as events in the order in which they came. */
export class AmiLink {
  /** Called once, when the connection is gone. */
  onClose: () => void = () => undefined;
  private readonly frames = new AmiFrames();
  private readonly waiting = new Map<string, Waiting>();
  private greeted: ((greeting: string) => void) | null = null;
  private early: AmiFrame[] = [];
  private onEvent: ((event: AmiFrame) => void) | null = null;
  private last = 0;
  private isClosed = false;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.end(error.code ?? 'error'));
    socket.on('close', () => this.end('closed'));
  }

  /** Throws the error of the connection. */
  static async open(place: ServerPlace, connectMs: number, agentFor: AgentChoice | undefined): Promise<AmiLink> {
    return new AmiLink(await openLine(place, connectMs, agentFor));
  }

  get isOpen(): boolean {
    return !this.isClosed;
  }

  /** The first line of the exchange. Throws AmiLost when it does not come. */
  greeting(timeoutMs: number): Promise<string> {
    if (this.frames.greeting !== null) {
      return Promise.resolve(this.frames.greeting);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new AmiLost('silent')), timeoutMs);
      this.greeted = (greeting) => {
        clearTimeout(timer);
        resolve(greeting);
      };
    });
  }

  /** Asks, and waits for the answer; what follows an answer as a list comes as events. A silent exchange is given up. */
  ask(action: string, headers: Record<string, string | string[]>, timeoutMs: number): Promise<AmiFrame> {
    if (this.isClosed) {
      return Promise.reject(new AmiLost('closed'));
    }
    this.last += 1;
    const id = `peyk-${String(this.last)}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end('timeout'), timeoutMs);
      this.waiting.set(id, { resolve, reject, timer });
      this.socket.write(encodeAction(action, { ActionID: id, ...headers }));
    });
  }

  /** Hears events from now on, and those that came already. */
  listen(onEvent: (event: AmiFrame) => void): void {
    this.onEvent = onEvent;
    this.early.splice(0).forEach(onEvent);
  }

  close(): void {
    this.end('closed');
  }

  private read(chunk: Buffer): void {
    try {
      for (const frame of this.frames.push(chunk)) {
        this.take(frame);
      }
      if (this.frames.greeting !== null) {
        this.greeted?.(this.frames.greeting);
        this.greeted = null;
      }
    } catch {
      this.end('not_ami');
    }
  }

  private take(frame: AmiFrame): void {
    const waiting = frame['response'] === undefined ? undefined : this.waiting.get(frame['actionid'] ?? '');
    if (waiting) {
      clearTimeout(waiting.timer);
      this.waiting.delete(frame['actionid'] ?? '');
      waiting.resolve(frame);
      // Where the answer stands among the events says which of them a list that follows knows of.
      this.tell(frame);
    } else if (frame['event'] !== undefined) {
      this.tell(frame);
    }
  }

  private tell(frame: AmiFrame): void {
    if (this.onEvent) {
      this.onEvent(frame);
    } else if (this.early.length < mostEarly) {
      this.early.push(frame);
    }
  }

  private end(code: string): void {
    if (this.isClosed) {
      return;
    }
    this.isClosed = true;
    this.socket.destroy();
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(new AmiLost(code));
    }
    this.waiting.clear();
    this.onClose();
  }
}
