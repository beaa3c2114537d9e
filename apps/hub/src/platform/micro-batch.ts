import { isAway } from '../database/is-away.js';

/** An item with the result it waits for. */
interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}

export interface MicroBatchOptions<Item, Result> {
  run(items: Item[]): Promise<Result[]>;
  /** Items of one key are never in two batches at once, so each key keeps its order. */
  keyOf(item: Item): string;
  maxSize: number;
  maxInFlight: number;
}

/**
 * Groups work that piles up while earlier work is under way. With nothing in flight an item runs at once and alone, so an idle
 * hub adds no delay; under load one statement carries many items. An item alone sees its own error; a batch that fails is
 * run again one by one, so a poisonous item fails only itself; not when the database is away, which is no item's fault.
 */
export class MicroBatch<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private readonly busy = new Set<string>();
  private inFlight = 0;

  constructor(private readonly options: MicroBatchOptions<Item, Result>) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.pump();
    });
  }

  /** Items that wait for a place. */
  get backlog(): number {
    return this.waiting.length;
  }

  private pump(): void {
    while (this.inFlight < this.options.maxInFlight) {
      const batch = this.take();
      if (batch.length === 0) {
        return;
      }
      this.inFlight += 1;
      void this.runBatch(batch).finally(() => {
        this.inFlight -= 1;
        batch.forEach(({ item }) => this.busy.delete(this.options.keyOf(item)));
        this.pump();
      });
    }
  }

  private take(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    for (const entry of this.waiting) {
      const isFree = batch.length < this.options.maxSize && !this.busy.has(this.options.keyOf(entry.item));
      (isFree ? batch : later).push(entry);
    }
    batch.forEach(({ item }) => this.busy.add(this.options.keyOf(item)));
    this.waiting = later;
    return batch;
  }

  private async runBatch(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      if (batch.length === 1 || isAway(error)) {
        batch.forEach(({ reject }) => reject(error));
        return;
      }
      for (const entry of batch) {
        await this.runBatch([entry]);
      }
    }
  }
}
