import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonReply, listenOnLoopback, type LoopbackServer } from '../../tools/stand-ins/loopback-server.js';
import type { Outcome } from './history.js';

/** A reply that the program got, under the key that makes a repeat known. */
export interface ProgramDelivery {
  to: string;
  text: string;
  key: string;
}

/** What a customer of the program says. */
export interface ProgramMessage {
  from: string;
  text: string;
  file?: Uint8Array;
}

export const programSecret = 'the-secret-of-our-own-program';

/** An organisation's own program behind a `messages` channel: posts signed messages until they are taken, takes signed replies. */
export class Program {
  readonly received: ProgramDelivery[] = [];
  private readonly server: LoopbackServer;
  private hook = '';
  private isCutting = false;

  private constructor(server: LoopbackServer) {
    this.server = server;
  }

  static async start(): Promise<Program> {
    const late: { program?: Program } = {};
    const server = await listenOnLoopback((request) => {
      const { to, text } = JSON.parse(request.body.toString('utf8')) as { to: { id: string }; text: string };
      const key = request.headers['idempotency-key'] ?? '';
      late.program?.received.push({ to: to.id, text, key });
      return late.program?.takeCut() === true ? 'cut' : jsonReply(200, { id: key });
    });
    late.program = new Program(server);
    return late.program;
  }

  get url(): string {
    return this.server.url;
  }

  /** Where the hub takes its messages. */
  pushTo(url: string): void {
    this.hook = url;
  }

  /** Takes the next reply and hangs up without an answer. */
  cutNext(): void {
    this.isCutting = true;
  }

  async say(message: ProgramMessage, patienceMs: number): Promise<Outcome> {
    const body = JSON.stringify({
      from: { id: message.from, name: message.from },
      text: message.text,
      attachments: message.file
        ? [{ name: 'file.txt', mediaType: 'text/plain', content: Buffer.from(message.file).toString('base64') }]
        : [],
    });
    const id = randomUUID();
    const giveUpAt = performance.now() + patienceMs;
    while (performance.now() < giveUpAt) {
      if (await this.post(id, body)) {
        return 'ok';
      }
      await sleep(100);
    }
    return 'unknown';
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private takeCut(): boolean {
    const isCutting = this.isCutting;
    this.isCutting = false;
    return isCutting;
  }

  private async post(id: string, body: string): Promise<boolean> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const mac = createHmac('sha256', programSecret).update(`${id}.${timestamp}.${body}`).digest('base64');
    const response = await fetch(this.hook, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${mac}`,
      },
      body,
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    return response?.ok === true;
  }
}
