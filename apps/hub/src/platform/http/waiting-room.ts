import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuid } from 'uuid';
import { unavailable } from '../errors/api-error.js';
import { toProblem } from '../errors/problem-filter.js';

/** Who answers on the hub's port until the hub can. */
export interface WaitingRoom {
  port: number;
  /** Frees the port. May be called again. */
  close(): Promise<void>;
}

const starting = unavailable('starting', 'The hub is not up yet: it waits for its database, or prepares it.', 5);

/**
 * Answers while there is no hub: alive, not ready, and everything else is to come again. A provider then keeps what it has for us,
 * and a supervisor sees a process that waits and no dead one. Throws when the port cannot be had.
 */
export async function openWaitingRoom(place: { host: string; port: number }): Promise<WaitingRoom> {
  const server = createServer({ requestTimeout: 30_000 }, answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    port,
    close: () => {
      server.close();
      server.closeAllConnections();
      return closed;
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const path = request.url?.split('?')[0];
  const requestId = uuid();
  // The hub takes over on other sockets: one that a client kept would fail under its next request.
  response.setHeader('connection', 'close');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-request-id', requestId);
  if (path === '/health/live') {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify({ alive: true }));
    return;
  }
  const readiness = path === '/health/ready' ? { ready: false, checks: { database: false } } : {};
  response.statusCode = starting.status;
  response.setHeader('retry-after', String(starting.retryAfterSeconds));
  response.setHeader('content-type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify({ ...toProblem(starting, requestId), ...readiness }));
}
