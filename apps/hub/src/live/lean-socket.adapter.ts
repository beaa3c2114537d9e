import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { isObservable, lastValueFrom } from 'rxjs';
import { lightRequest } from './lighten-socket.js';

type Making = Parameters<IoAdapter['createIOServer']>;
type Binding = Parameters<IoAdapter['bindMessageHandlers']>;
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
type Acknowledge = (answer: unknown) => void;

/**
 * Binds the calls of gateways to their sockets as plain listeners. Nest makes a stream with half a dozen operators for each call of each
 * socket; most sockets never call, and the streams cost an idle one several times what the socket itself does (`npm run bench -- sockets`).
 * Calls answer with one value here, never with a stream of several.
 */
export class LeanSocketAdapter extends IoAdapter {
  override createIOServer(...how: Making): ReturnType<IoAdapter['createIOServer']> {
    const server = super.createIOServer(...how);
    const { engine } = server;
    const upgrade = engine.handleUpgrade.bind(engine) as Upgrade;
    const lightly: Upgrade = (request, socket, head) => upgrade(lightRequest(request), socket, head);
    engine.handleUpgrade = lightly;
    return server;
  }

  /** A socket ends once, so the listener need not be wrapped into one that goes away. */
  override bindClientDisconnect(...[client, callback]: Parameters<IoAdapter['bindClientDisconnect']>): void {
    client.on('disconnect', callback as (reason: string) => void);
  }

  override bindMessageHandlers(...[socket, handlers]: Binding): void {
    for (const { message, callback } of handlers) {
      socket.on(String(message), (...payload: unknown[]) => {
        const last = payload.at(-1);
        const acknowledge = typeof last === 'function' ? (last as Acknowledge) : null;
        const data = acknowledge ? payload.slice(0, -1) : payload;
        void answer(callback, data.length > 1 ? data : data[0], acknowledge);
      });
    }
  }
}

/** What fails here has been answered and logged by whoever was called; a caller without an answer asks again. */
async function answer(
  call: Binding[1][number]['callback'],
  data: unknown,
  acknowledge: Acknowledge | null,
): Promise<void> {
  const value: unknown = await valueOf(() => call(data, acknowledge)).catch(() => undefined);
  if (value !== undefined && value !== null) {
    acknowledge?.(value);
  }
}

/** Nest wraps what a call returns into a stream of one value. */
async function valueOf(call: () => unknown): Promise<unknown> {
  const made: unknown = await call();
  return isObservable(made) ? lastValueFrom(made, { defaultValue: undefined }) : made;
}
