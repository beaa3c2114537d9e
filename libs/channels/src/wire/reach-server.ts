import { connect, type Socket } from 'node:net';
import type { AgentChoice } from './http-exchange.js';

/**
 * Connects to a server and lets go of it again: the address that was reached. The agent is the one that would open connections to a
 * web server there, so that one guard serves all. Rejects with the error of the connection.
 */
export function reachServer(
  { host, port }: { host: string; port: number },
  connectMs: number,
  agentFor: AgentChoice | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const agent = agentFor?.(new URL('http://mail/'));
    const socket = agent ? (agent.createConnection({ host, port }) as Socket) : connect({ host, port });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(connectMs, () =>
      fail(Object.assign(new Error('The server cannot be reached.'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', fail);
    socket.once('connect', () => {
      const address = socket.remoteAddress ?? host;
      socket.off('error', fail).on('error', () => undefined);
      socket.destroy();
      resolve(address);
    });
  });
}
