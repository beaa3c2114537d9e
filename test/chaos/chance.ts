/** Numbers that look random and are the same for the same seed. */
export interface Chance {
  /** A whole number from 0 up to, and without, the limit. */
  below: (limit: number) => number;
}

/** The generator known as mulberry32: small, and good enough to choose moments. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { below: (limit) => Math.floor(next() * limit) };
}
