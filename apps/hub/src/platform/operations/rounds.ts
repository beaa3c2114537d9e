import type { WorkerName } from '#contract';
import { Beat } from './beats.js';

/** Something that is looked at again and again until it is stopped. */
export interface Rounds {
  /** Resolves once a look that is under way has ended. */
  stop(): Promise<void>;
}

/**
 * Looks every `ms` milliseconds, for the first time at a random moment of the first period: timers that a start sets together would want
 * their connections together ever after, and the database of an idle hub would keep one for each. A look that returns a promise is over
 * when that settles; until it is, a named worker has not done its turn, and no other look begins.
 */
export function startRounds(ms: number, look: () => void | Promise<unknown>, worker?: WorkerName): Rounds {
  const beat = worker && new Beat(worker, ms);
  let looking: Promise<void> | null = null;
  const turn = (): void => {
    looking ??= note(beat, look()).finally(() => (looking = null));
  };
  let timer = setTimeout(() => {
    timer = setInterval(turn, ms);
    turn();
  }, Math.random() * ms);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    beat?.end();
    await looking;
  };
  return { stop };
}

async function note(beat: Beat | undefined, looked: void | Promise<unknown>): Promise<void> {
  await Promise.resolve(looked).catch(() => undefined);
  beat?.turn();
}
