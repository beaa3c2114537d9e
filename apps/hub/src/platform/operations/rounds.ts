import type { WorkerName } from '#contract';
import { Beat } from './beats.js';

/** Something that is looked at again and again until it is stopped. */
export interface Rounds {
  stop(): void;
}

/**
 * Looks every `ms` milliseconds, for the first time at a random moment of the first period: timers that a start sets together would want
 * their connections together ever after, and the database of an idle hub would keep one for each. A look that returns a promise is over
 * when that settles; until it is, a named worker has not done its turn.
 */
export function startRounds(ms: number, look: () => void | Promise<unknown>, worker?: WorkerName): Rounds {
  const beat = worker && new Beat(worker, ms);
  const turn = (): void => void note(beat, look());
  let timer = setTimeout(() => {
    timer = setInterval(turn, ms);
    turn();
  }, Math.random() * ms);
  const stop = (): void => {
    clearInterval(timer);
    beat?.end();
  };
  return { stop };
}

async function note(beat: Beat | undefined, looked: void | Promise<unknown>): Promise<void> {
  await Promise.resolve(looked).catch(() => undefined);
  beat?.turn();
}
