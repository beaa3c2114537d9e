import { it } from '@jest/globals';
import type { Desk } from './open-desk.js';
import { takeShot } from './take-shot.js';

export type Chapter = (name: string, happens: () => Promise<void>) => void;

/**
 * An `it` for stories whose chapters build on each other: after one that failed, the others fail at once and point to it,
 * instead of each waiting for what cannot come. What the desks looked like then is kept as pictures.
 */
export function tellStory(desks: () => readonly Desk[]): Chapter {
  let failed: string | null = null;
  return (name, happens) => {
    it(name, async () => {
      if (failed !== null) {
        throw new Error(`Not tried, because this failed before: ${failed}`);
      }
      try {
        await happens();
      } catch (error) {
        failed = name;
        await Promise.all(
          desks().map(({ page }, number) => takeShot(page, `failed-${number}`).catch(() => undefined)),
        );
        throw error;
      }
    });
  };
}
