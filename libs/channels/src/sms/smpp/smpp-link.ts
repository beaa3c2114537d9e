import type { Socket } from 'node:net';
import type { AgentChoice } from '../../wire/http-exchange.js';
import { openLine, type ServerPlace } from '../../wire/open-line.js';
import { answerBit, encodePdu, PduReader, type Pdu } from './pdu.js';

/** A request that got no answer. `reached` says whether it was written to a line that stood. */
export class LinkLost extends Error {
  constructor(
    readonly code: string,
    readonly reached: boolean,
  ) {
    super(`The line to the message centre broke (${code}).`);
    this.name = 'LinkLost';
  }
}

interface Waiting {
  resolve: (answer: Pdu) => void;
  reject: (error: LinkLost) => void;
  timer: NodeJS.Timeout;
}

/** One TCP connection to a message centre: requests with their answers, whichever side asks. */
export class SmppLink {
  /** Called once, when the line is gone. */
  onClose: () => void = () => undefined;
  private readonly reader = new PduReader();
  private readonly waiting = new Map<number, Waiting>();
  private sequence = 0;
  private isClosed = false;
  /** Centres deliver what waited as soon as they have taken the bind, maybe before anybody listens. */
  private early: Pdu[] = [];
  private onRequest: ((request: Pdu) => void) | null = null;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.end(error.code ?? 'error'));
    socket.on('close', () => this.end('closed'));
  }

  /** Throws the error of the connection. */
  static async open(place: ServerPlace, connectMs: number, agentFor: AgentChoice | undefined): Promise<SmppLink> {
    return new SmppLink(await openLine(place, connectMs, agentFor));
  }

  /** Asks, and waits for the answer. A line on which no answer comes in time is given up: nothing on it can be trusted. */
  request(command: number, body: Buffer, timeoutMs: number): Promise<Pdu> {
    if (this.isClosed) {
      return Promise.reject(new LinkLost('closed', false));
    }
    this.sequence = (this.sequence % 0x7fff_ffff) + 1;
    const sequence = this.sequence;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end('timeout'), timeoutMs);
      this.waiting.set(sequence, { resolve, reject, timer });
      this.socket.write(encodePdu({ command, status: 0, sequence, body }));
    });
  }

  /** Hears what the centre asks of us from now on, and what it has asked already. */
  listen(onRequest: (request: Pdu) => void): void {
    this.onRequest = onRequest;
    this.early.splice(0).forEach(onRequest);
  }

  answer(
    { command, sequence }: Pick<Pdu, 'command' | 'sequence'>,
    status: number,
    body: Buffer = Buffer.alloc(0),
  ): void {
    if (!this.isClosed) {
      this.socket.write(encodePdu({ command: (command | answerBit) >>> 0, status, sequence, body }));
    }
  }

  close(): void {
    this.end('closed');
  }

  private read(chunk: Buffer): void {
    try {
      for (const unit of this.reader.push(chunk)) {
        this.take(unit);
      }
    } catch {
      this.end('not_smpp');
    }
  }

  private take(unit: Pdu): void {
    if (unit.command < answerBit) {
      if (this.onRequest) {
        this.onRequest(unit);
      } else {
        this.early.push(unit);
      }
      return;
    }
    const waiting = this.waiting.get(unit.sequence);
    if (waiting) {
      clearTimeout(waiting.timer);
      this.waiting.delete(unit.sequence);
      waiting.resolve(unit);
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
      reject(new LinkLost(code, true));
    }
    this.waiting.clear();
    this.onClose();
  }
}
