import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that a stand-in received, read whole. `gone` aborts when the other side hangs up. */
export interface LoopbackRequest {
  method: string;
  /** The path without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
  gone: AbortSignal;
}

/** An answer; 'cut' closes the connection without one. */
export type LoopbackReply = { status: number; headers?: Record<string, string>; body?: string | Buffer } | 'cut';

export interface LoopbackServer {
  /** http://127.0.0.1:<port>, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves on 127.0.0.1 only. Port 0 takes a free one. */
export async function listenOnLoopback(
  answer: (request: LoopbackRequest) => LoopbackReply | Promise<LoopbackReply>,
  port = 0,
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    respond(request, response, answer).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: LoopbackRequest) => LoopbackReply | Promise<LoopbackReply>,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const url = new URL(request.url ?? '/', 'http://loopback');
  const reply = await answer({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: await buffer(request),
    gone: gone.signal,
  });
  if (reply === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, reply.headers ?? {}).end(reply.body ?? '');
}

export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): LoopbackReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** Faults waiting to happen: each strikes `times` requests, and only those it fits. */
export interface FaultSwitch<Kind extends string, Detail extends object = object> {
  /** Arms a fault. `only` limits it to requests of that name (a method of the provider). */
  arm(kind: Kind, how?: { times?: number; only?: string } & Partial<Detail>): void;
  /** The next fault for a request of this name, used up by asking; null when none waits. */
  take(name: string): ({ kind: Kind } & Partial<Detail>) | null;
  clear(): void;
}

export function createFaultSwitch<Kind extends string, Detail extends object = object>(): FaultSwitch<Kind, Detail> {
  let armed: ({ kind: Kind; times: number; only?: string } & Partial<Detail>)[] = [];
  return {
    arm(kind, how) {
      armed.push({ times: 1, ...how, kind } as (typeof armed)[number]);
    },
    take(name) {
      const fault = armed.find(({ only }) => only === undefined || only === name) ?? null;
      if (fault !== null) {
        fault.times -= 1;
        armed = armed.filter(({ times }) => times > 0);
      }
      return fault;
    },
    clear() {
      armed = [];
    },
  };
}

/** One try to hand something to the hub: its status and body, or null when there was no answer. */
export type Handed = { status: number; body: string } | null;

/** How often and how patiently a stand-in repeats what the hub does not take; at most `attempts` tries, 2 s apart at most. */
export interface Patience {
  attempts: number;
  firstDelayMs: number;
  /** True for providers that do not repeat after a 4xx. */
  givesUpWhenRefused: boolean;
}

const longestDelayMs = 2000;

/** Posts until the answer is a 2xx, as providers do. Resolves with the last try; never rejects. */
export async function postUntilTaken(
  post: () => Promise<Response>,
  { attempts, firstDelayMs, givesUpWhenRefused }: Patience,
  stop: AbortSignal,
): Promise<Handed> {
  let last: Handed = null;
  for (let attempt = 0; attempt < attempts && !stop.aborted; attempt += 1) {
    if (attempt > 0) {
      await pause(Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs), stop);
    }
    last = await post().then(
      async (response) => ({ status: response.status, body: await response.text() }),
      () => null,
    );
    if (last !== null && isFinal(last.status, givesUpWhenRefused)) {
      return last;
    }
  }
  return last;
}

function isFinal(status: number, givesUpWhenRefused: boolean): boolean {
  const isTaken = status >= 200 && status < 300;
  return isTaken || (givesUpWhenRefused && status >= 400 && status < 500);
}

/** Waits, or returns at once when stopped. */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    }
    stop.addEventListener('abort', done);
    if (stop.aborted) {
      done();
    }
  });
}
