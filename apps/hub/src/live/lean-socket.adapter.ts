import { IoAdapter } from '@nestjs/platform-socket.io';
import { isObservable, lastValueFrom } from 'rxjs';

type Binding = Parameters<IoAdapter['bindMessageHandlers']>;
type Acknowledge = (answer: unknown) => void;

/**
 * Binds the calls of gateways to their sockets as plain listeners. Nest makes a stream with half a dozen operators for each call of each
 * socket; most sockets never call, and the streams cost an idle one several times what the socket itself does (`npm run bench -- sockets`).
 * Calls answer with one value here, never with a stream of several.
 */
export class LeanSocketAdapter extends IoAdapter {
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
