import {
  type Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
} from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Socket } from 'node:net';

/** Chooses the agent of a call: a proxy, or the guard that refuses private addresses. Undefined is a fresh connection each. */
export type AgentChoice = (url: URL) => Agent | undefined;

/** One request and its whole answer. `timeoutMs` covers both; `limitBytes` caps the answer's body. */
export interface Exchange {
  method: string;
  url: string | URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  timeoutMs: number;
  limitBytes: number;
  agentFor?: AgentChoice | undefined;
}

export interface ExchangeAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * An exchange that brought no whole answer. `reached` says whether a connection to the other side stood, so that it may have
 * taken the request. The message never holds the URL: providers put keys into it.
 */
export class ExchangeFailed extends Error {
  constructor(
    readonly code: string,
    readonly reached: boolean,
  ) {
    super(reached ? `The connection broke before the answer was complete (${code}).` : `No connection (${code}).`);
    this.name = 'ExchangeFailed';
  }
}

/**
 * Sends one request without following redirects or repeating anything.
 *
 * This is node:http and not fetch because a send in doubt must be told apart from one that never left: only the socket knows
 * whether the connection was made. It also takes an http.Agent, which is where proxies and the address guard live.
 */
export function exchange(call: Exchange): Promise<ExchangeAnswer> {
  let reached = false;
  return new Promise<ExchangeAnswer>((resolve, reject) => {
    const request = open(call);
    request.on('socket', (socket) => onceConnected(socket, request.protocol, () => (reached = true)));
    request.on('error', reject);
    request.on('response', (response) => {
      readWhole(response, call.limitBytes)
        .then((body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }), reject)
        .finally(() => request.destroy());
    });
    request.end(call.body);
  }).catch((error: unknown) => {
    throw new ExchangeFailed(codeOf(error), reached);
  });
}

function open(call: Exchange): ClientRequest {
  const url = new URL(call.url);
  return (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
    method: call.method,
    headers: { ...call.headers, ...lengthOf(call.body) },
    // A pooled connection may die at the moment it is used, which would put a send in doubt for nothing.
    agent: call.agentFor?.(url) ?? false,
    signal: AbortSignal.timeout(call.timeoutMs),
  });
}

function lengthOf(body: string | Uint8Array | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

function onceConnected(socket: Socket, protocol: string, mark: () => void): void {
  // An agent of the hub may hand out a socket that is connected already.
  if (!socket.connecting) {
    mark();
    return;
  }
  socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', mark);
}

async function readWhole(response: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) {
      throw Object.assign(new Error('The answer is longer than allowed.'), { code: 'too_large' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Errors are read by their form and not by their class: an agent may bring its own. */
function codeOf(error: unknown): string {
  const { name, code, cause } = (error ?? {}) as { name?: unknown; code?: unknown; cause?: { name?: unknown } };
  if (name === 'TimeoutError' || cause?.name === 'TimeoutError') {
    return 'timeout';
  }
  return [code, name].find((word) => typeof word === 'string') ?? 'unknown';
}
