import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Answer, VisitorCalls, VisitorEvents, VisitorMessage } from '#contract';
import type { Outcome } from './history.js';

/** A chat on a web page: says each message until it is answered, and catches up after every reconnection. */
export class Visitor {
  /** What the page showed, in the order in which it appeared; a message that came again is not shown again. */
  readonly seen: VisitorMessage[] = [];
  private readonly socket: Socket<VisitorEvents, VisitorCalls>;
  private rev = 0;

  private constructor(socket: Socket<VisitorEvents, VisitorCalls>) {
    this.socket = socket;
    socket.on('connect', () => void this.catchUp());
    socket.on('messages', ({ since, rev, messages }) => {
      if (since > this.rev) {
        void this.catchUp();
      } else {
        this.show(messages, rev);
      }
    });
    for (const end of ['connect_error', 'disconnect'] as const) {
      socket.on(end, () => {
        if (!socket.active) {
          setTimeout(() => socket.connect(), 200);
        }
      });
    }
  }

  /** Opens the page: a session first, then the socket. Both are tried again while the hub is away. */
  static async open(hubUrl: string, channel: string): Promise<Visitor> {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const response = await fetch(`${hubUrl}/api/chat/${channel}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
        signal: AbortSignal.timeout(5_000),
      }).catch(() => null);
      if (response?.ok === true) {
        const { token } = (await response.json()) as { token: string };
        return new Visitor(connect(hubUrl, { channel, token }));
      }
      await sleep(200);
    }
    throw new Error('no visitor could open the chat');
  }

  async say(body: string, patienceMs: number): Promise<Outcome> {
    const id = randomUUID();
    const giveUpAt = performance.now() + patienceMs;
    while (performance.now() < giveUpAt) {
      const answer = await this.ask<unknown>('say', { id, body });
      if (answer?.ok === true) {
        return 'ok';
      }
      await sleep(answer === null ? 100 : 1_000);
    }
    return 'unknown';
  }

  async catchUp(): Promise<void> {
    const answer = await this.ask<{ rev: number; messages: VisitorMessage[] }>('catch-up', { rev: this.rev });
    if (answer?.ok === true) {
      this.show(answer.value.messages, answer.value.rev);
    }
  }

  /** The hub's answer; null when none came. */
  private async ask<T>(name: 'say' | 'catch-up', call: object): Promise<Answer<T> | null> {
    if (!this.socket.connected) {
      return null;
    }
    const answer = (this.socket as Socket).timeout(3_000).emitWithAck(name, call) as Promise<Answer<T>>;
    return answer.catch(() => null);
  }

  close(): void {
    this.socket.disconnect();
  }

  private show(messages: VisitorMessage[], rev: number): void {
    for (const message of messages.toSorted((a, b) => a.seq - b.seq)) {
      if (!this.seen.some(({ id }) => id === message.id)) {
        this.seen.push(message);
      }
    }
    this.rev = Math.max(this.rev, rev);
    const last = this.seen.at(-1);
    if (last !== undefined) {
      this.socket.emit('seen', { seq: last.seq });
    }
  }
}

function connect(hubUrl: string, auth: object): Socket<VisitorEvents, VisitorCalls> {
  return io(`${hubUrl}/visitor`, {
    transports: ['websocket'],
    forceNew: true,
    auth,
    reconnectionDelay: 50,
    reconnectionDelayMax: 250,
    timeout: 3_000,
  });
}
