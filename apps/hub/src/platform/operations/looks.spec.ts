import { afterEach, expect, it } from '@jest/globals';
import { Looks } from './looks.js';

const anHourMs = 3_600_000;

/** Looks that each begin by saying so and end when they are let. */
class Watched {
  begun = 0;
  readonly looks = new Looks(() => this.work());
  private told: () => void = () => undefined;
  private let: () => void = () => undefined;

  private async work(): Promise<number> {
    this.begun += 1;
    const ended = new Promise<void>((resolve) => (this.let = resolve));
    this.told();
    await ended;
    return anHourMs;
  }

  /** Resolves when so many looks have begun; the test's own patience is the limit. */
  async until(count: number): Promise<void> {
    while (this.begun < count) {
      await new Promise<void>((resolve) => (this.told = resolve));
    }
  }

  end(): void {
    this.let();
  }
}

let watched: Watched | null = null;

function watch(startInMs = anHourMs): Watched {
  watched = new Watched();
  watched.looks.start(startInMs);
  return watched;
}

afterEach(async () => {
  const stopped = watched?.looks.stop();
  watched?.end();
  await stopped;
});

it('looks by itself when its time has come, and at once when it is woken before', async () => {
  const { looks } = watch(0);
  await watched?.until(1);
  const last = looks.look();
  watched?.end();
  await watched?.until(2);
  watched?.end();
  await last;
  looks.wake();
  await watched?.until(3);
  expect(watched?.begun).toBe(3);
});

it('gives all who ask during a look the next', async () => {
  const { looks } = watch();
  const asked = [looks.look(), looks.look(), looks.look()];
  watched?.end();
  await watched?.until(2);
  watched?.end();
  await Promise.all(asked);
  expect(watched?.begun).toBe(2);
});

it('looks once more after a look in the middle of which it was woken', async () => {
  const { looks } = watch();
  const first = looks.look();
  looks.wake();
  watched?.end();
  await first;
  await watched?.until(2);
  expect(watched?.begun).toBe(2);
});

it('waits for a look that is under way when it is stopped, and begins none after', async () => {
  const { looks } = watch();
  const look = looks.look();
  let isStopped = false;
  const stopped = looks.stop().then(() => (isStopped = true));
  looks.wake();
  await Promise.resolve();
  expect(isStopped).toBe(false);
  watched?.end();
  await Promise.all([look, stopped]);
  expect(looks.isStopped).toBe(true);
  expect(watched?.begun).toBe(1);
});
