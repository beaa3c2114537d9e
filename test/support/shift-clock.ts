// Loaded into a node before anything else: its clock is wrong by so many milliseconds, as a machine's may be.
const shift = Number(process.env['CLOCK_SHIFT_MS']);
const Right = Date;

class Shifted extends Right {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? Right.now() + shift : given[0]);
  }

  static override now(): number {
    return Right.now() + shift;
  }
}

Reflect.set(globalThis, 'Date', Shifted);

export {};
