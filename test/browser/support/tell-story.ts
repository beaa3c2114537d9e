import { it } from '@jest/globals';
import type { Desk } from './open-desk.js';
import { keepShot } from './take-shot.js';

export type Chapter = (name: string, happens: () => Promise<void>) => void;

/**
 * An `it` for stories whose chapters build on each other: after one that failed, the others fail at once and point to it,
 * instead of each waiting for what cannot come. What the desks looked like then is kept as pictures, and with BROWSER_SHOTS set
 * also what they looked like after each chapter.
 */
export function tellStory(desks: () => readonly Desk[]): Chapter {
  let failed: string | null = null;
  const shoot = async (name: string): Promise<void> => {
    const open = desks().filter(({ page }) => !page.isClosed());
    await Promise.all(open.map(({ page }, number) => keepShot(page, `${name} ${number}`).catch(() => undefined)));
  };
  return (name, happens) => {
    it(name, async () => {
      if (failed !== null) {
        throw new Error(`Not tried, because this failed before: ${failed}`);
      }
      try {
        await happens();
        if (process.env['BROWSER_SHOTS'] !== undefined) {
          await shoot(name);
        }
      } catch (error) {
        failed = name;
        await shoot(`failed ${name}`);
        throw error;
      }
    });
  };
}
