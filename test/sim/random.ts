/** A stream of numbers that look random and are the same for the same seed. */
export interface RandomStream {
  /** From 0 up to, and without, 1. */
  next: () => number;
  /** From the exponential distribution with this mean. */
  exponential: (mean: number) => number;
  /** A whole number from 0 up to, and without, the limit. */
  below: (limit: number) => number;
}

/** The generator known as sfc32: 128 bits of state, so that hundreds of millions of draws do not come round. */
export function createRandom(seed: number): RandomStream {
  let [a, b, c, counter] = [seed | 0, (seed ^ 0x9e3779b9) | 0, 0x243f6a88 | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // The seed has to reach every bit of the state first.
  for (let n = 0; n < 20; n += 1) {
    next();
  }
  return {
    next,
    exponential: (mean) => -mean * Math.log(1 - next()),
    below: (limit) => Math.floor(next() * limit),
  };
}
