import { Worker } from 'node:worker_threads';

/** The work ended its worker: it took too long, too much memory, or broke it. */
export class WorkKilled extends Error {
  readonly code = 'work_killed';

  constructor(cause?: unknown) {
    super('The work took too long or too much memory.', { cause });
    this.name = 'WorkKilled';
  }
}

export interface PoolOptions {
  /** The worker's file, as it is called once built (`.js`). Run from sources it is the `.ts` beside it. */
  entry: URL;
  size: number;
  /** How long one piece of work may take, and how long a worker may take to start; in milliseconds. */
  timeMs: number;
  startMs: number;
  memoryMb: number;
}

interface Task {
  work: unknown;
  belongings: ArrayBuffer[];
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

interface Slot {
  worker: Worker;
  task: Task | null;
  timer: NodeJS.Timeout | null;
  isReady: boolean;
  /** Being ended: what it still says counts, but it gets no more work. */
  isEnding: boolean;
}

/** What a worker says: once that it is ready, then one answer for each piece of work. */
export type WorkerWord = 'ready' | { result: unknown } | { failure: string };

/**
 * Work of strangers, done in threads that can be ended. Threads begin with the first work and take one piece at a time; one that fails is
 * ended and another takes its place. They keep no process alive by themselves.
 */
export class WorkerPool {
  private readonly options: PoolOptions;
  private readonly slots = new Set<Slot>();
  private readonly waiting: Task[] = [];
  private readonly running = new Set<Promise<unknown>>();

  constructor(options: PoolOptions) {
    this.options = options;
  }

  /** `belongings` go over to the thread and are gone here. Rejects with WorkKilled when the work was ended or failed, and with another error when no worker could be started. */
  async run(work: unknown, belongings: ArrayBuffer[] = []): Promise<unknown> {
    const done = new Promise((resolve, reject) => this.waiting.push({ work, belongings, resolve, reject }));
    this.running.add(done);
    this.pump();
    try {
      return await done;
    } finally {
      this.running.delete(done);
    }
  }

  /** Lets work under way finish and ends the threads. New work begins new ones. */
  async close(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.allSettled(this.running);
    }
    await Promise.all([...this.slots].map((slot) => end(slot)));
  }

  private pump(): void {
    while (this.waiting.length > 0) {
      const slot = [...this.slots].find(({ task, isEnding }) => task === null && !isEnding) ?? this.newSlot();
      if (!slot) {
        return;
      }
      this.give(slot, this.waiting.shift() as Task);
    }
  }

  private newSlot(): Slot | null {
    if (this.slots.size >= this.options.size) {
      return null;
    }
    const worker = startWorker(this.options);
    const slot: Slot = { worker, task: null, timer: null, isReady: false, isEnding: false };
    this.slots.add(slot);
    let broken: unknown;
    worker.on('message', (word: WorkerWord) => this.hear(slot, word));
    worker.on('error', (error) => {
      broken = error;
      slot.isEnding = true;
    });
    worker.once('exit', () => this.lose(slot, broken));
    worker.unref();
    return slot;
  }

  private give(slot: Slot, task: Task): void {
    slot.task = task;
    slot.worker.ref();
    this.watch(slot, slot.isReady ? this.options.timeMs : this.options.startMs);
    slot.worker.postMessage(task.work, task.belongings);
  }

  private watch(slot: Slot, ms: number): void {
    clearTimeout(slot.timer ?? undefined);
    const timer = setTimeout(() => {
      // What it said while this thread was busy is heard first.
      setImmediate(() => slot.timer === timer && void end(slot));
    }, ms);
    slot.timer = timer;
  }

  private hear(slot: Slot, word: WorkerWord): void {
    if (word === 'ready') {
      slot.isReady = true;
      this.watch(slot, this.options.timeMs);
      return;
    }
    const { task } = slot;
    slot.task = null;
    clearTimeout(slot.timer ?? undefined);
    slot.timer = null;
    if (!slot.isEnding) {
      slot.worker.unref();
    }
    if ('result' in word) {
      task?.resolve(word.result);
    } else {
      task?.reject(new WorkKilled(word.failure));
    }
    this.pump();
  }

  private lose(slot: Slot, cause: unknown): void {
    clearTimeout(slot.timer ?? undefined);
    this.slots.delete(slot);
    slot.task?.reject(slot.isReady ? new WorkKilled(cause) : new Error('A worker could not start.', { cause }));
    slot.task = null;
    this.pump();
  }
}

function end(slot: Slot): Promise<number> {
  slot.isEnding = true;
  clearTimeout(slot.timer ?? undefined);
  return slot.worker.terminate();
}

/** Makes plain Node find our sources: imports are written as what they will be built to. */
const findSources = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve: (specifier, context, next) =>
    next(/^\\.{1,2}\\/.*\\.js$/.test(specifier) && context.parentURL?.endsWith('.ts') ? specifier.replace(/\\.js$/, '.ts') : specifier, context),
});`;

function startWorker({ entry, memoryMb }: PoolOptions): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const preload = `data:text/javascript,${encodeURIComponent(findSources)}`;
  return new Worker(isSource ? new URL(entry.href.replace(/\.js$/u, '.ts')) : entry, {
    execArgv: isSource
      ? ['--import', preload, '--experimental-transform-types', '--disable-warning=ExperimentalWarning']
      : [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
}
