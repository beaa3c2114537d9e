import type { Answer } from '#contract';

/** Takes a call of a socket, whatever it brings, and always answers. */
export type TakeCall<Caller> = (socket: Caller, call: unknown) => Promise<Answer<unknown>>;

type Listening = (name: string, ...payload: unknown[]) => void;

/** What is needed of a socket to hear its calls. */
export interface CallingSocket {
  readonly connected: boolean;
  onAny(listener: Listening): unknown;
}

/**
 * Answers the calls of a socket, all of them by one listener. What nobody serves is not answered. The decorators of a gateway would make
 * a bound function, an object and a listener for each call of each socket, and most sockets never call (`npm run bench -- sockets`).
 */
export function serveCalls<Caller extends CallingSocket>(
  socket: Caller,
  calls: ReadonlyMap<string, TakeCall<Caller>>,
): void {
  socket.onAny((name, call, ...more) => {
    const take = calls.get(name);
    if (take && socket.connected) {
      const acknowledge = [call, ...more].at(-1);
      void take(socket, typeof call === 'function' ? undefined : call).then((answer) => {
        if (typeof acknowledge === 'function') {
          (acknowledge as (answer: Answer<unknown>) => void)(answer);
        }
      });
    }
  });
}
