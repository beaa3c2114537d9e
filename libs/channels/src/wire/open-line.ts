import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AgentChoice } from './http-exchange.js';
import { reachServer } from './reach-server.js';

/** Where a server is that speaks over a connection of its own. */
export interface ServerPlace {
  host: string;
  port: number;
  secure: boolean;
}

const keepAliveMs = 30_000;

/**
 * A connection that stands. Rejects with the error of the connection, `ETIMEDOUT` where nothing answers. Under a guard it is exactly the
 * address that the guard let pass.
 */
export async function openLine(
  place: ServerPlace,
  connectMs: number,
  agentFor: AgentChoice | undefined,
): Promise<Socket> {
  const host = agentFor ? await reachServer(place, connectMs, agentFor) : place.host;
  const socket = place.secure
    ? connectTls({ host, port: place.port, servername: place.host })
    : connectPlain({ host, port: place.port });
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(connectMs, () => fail(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
    socket.once(place.secure ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0);
      socket.off('error', fail);
      resolve();
    });
  });
  return socket.setNoDelay(true).setKeepAlive(true, keepAliveMs);
}
