/** Something that is looked at again and again until it is stopped. */
export interface Rounds {
  stop(): void;
}

/**
 * Looks every `ms` milliseconds, for the first time at a random moment of the first period: timers that a start sets together would want
 * their connections together ever after, and the database of an idle hub would keep one for each.
 */
export function startRounds(ms: number, look: () => void): Rounds {
  let timer = setTimeout(() => {
    timer = setInterval(look, ms);
    look();
  }, Math.random() * ms);
  return { stop: () => clearInterval(timer) };
}
