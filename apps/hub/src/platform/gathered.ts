/** After a question, those that come within this time wait for each other this long, in milliseconds. */
const calmMs = 50;
const gatherMs = 10;

interface Asked<Value> {
  answer: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (reason: unknown) => void;
}

/**
 * Asks about many keys with one statement where many come within moments, as all do whose line broke at once. A lone question is asked
 * at once, so nobody waits on a calm day. An answer is never older than its question. Where asking fails, all who were asked about hear so.
 */
export class Gathered<Value> {
  private waiting = new Map<string, Asked<Value>>();
  private isDue = false;
  private askedAt = -Infinity;

  /** `ask` answers in the order of its keys, which are all different. */
  constructor(private readonly ask: (keys: string[]) => Promise<Value[]>) {}

  of(key: string): Promise<Value> {
    const asked = this.waiting.get(key) ?? this.note(key);
    return asked.answer;
  }

  private note(key: string): Asked<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const asked = { answer: promise, resolve, reject };
    this.waiting.set(key, asked);
    if (!this.isDue) {
      this.isDue = true;
      if (performance.now() - this.askedAt < calmMs) {
        setTimeout(() => void this.run(), gatherMs);
      } else {
        queueMicrotask(() => void this.run());
      }
    }
    return asked;
  }

  private async run(): Promise<void> {
    const asked = this.waiting;
    this.waiting = new Map();
    this.isDue = false;
    this.askedAt = performance.now();
    try {
      const answers = await this.ask([...asked.keys()]);
      [...asked.values()].forEach(({ resolve }, index) => resolve(answers[index] as Value));
    } catch (error) {
      asked.forEach(({ reject }) => reject(error));
    }
  }
}
