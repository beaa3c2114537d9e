import { setTimeout as sleep } from 'node:timers/promises';

/** Without a breath between two questions, asking would take the core from what is waited for. */
const breathMs = 10;

/**
 * Asks again and again until the answer fits, at most `timeoutMs`; the last answer is in the error otherwise. For what happens after
 * a commit in another part of the hub, where there is nothing to await.
 */
export async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean, timeoutMs = 20_000): Promise<T> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) {
      return answer;
    }
    if (performance.now() > giveUpAt) {
      throw new Error(
        `It did not become so within ${timeoutMs} ms. The last answer: ${JSON.stringify(answer)?.slice(0, 2000)}`,
      );
    }
    await sleep(breathMs);
  }
}
