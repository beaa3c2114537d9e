import { connect, type Socket } from 'node:net';

/** A request without an answer ends the measurement instead of holding it up forever. */
const patienceMs = 30_000;

/**
 * One kept-alive connection that carries one request at a time. A whole HTTP client costs the driver as much as the server under
 * test spends, on the same cores; this one reads the status and skips the body. A connection that a server let go of between two
 * stretches of load is made anew.
 */
export class HttpLine {
  private readonly port: number;
  private socket: Socket;
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | null = null;

  private constructor(port: number, socket: Socket) {
    this.port = port;
    this.socket = this.attend(socket);
  }

  static async open(port: number): Promise<HttpLine> {
    return new HttpLine(port, await connected(port));
  }

  async send(request: Buffer): Promise<HttpAnswer> {
    if (this.socket.destroyed) {
      this.socket = this.attend(await connected(this.port));
    }
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.waiting = null;
    this.socket.destroy();
  }

  private attend(socket: Socket): Socket {
    socket.setNoDelay(true);
    socket.setTimeout(patienceMs, () => this.fail(new Error(`No answer within ${patienceMs / 1000} s.`)));
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('The server closed the connection.')));
    return socket;
  }

  private read(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) {
      return;
    }
    const head = this.received.toString('latin1', 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < headEnd + 4 + length) {
      return;
    }
    const body = this.received.subarray(headEnd + 4, headEnd + 4 + length);
    this.received = Buffer.alloc(0);
    const { waiting } = this;
    this.waiting = null;
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = null;
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

export interface HttpAnswer {
  status: number;
  body: Buffer;
}
