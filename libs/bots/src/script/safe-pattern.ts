import { linearPattern } from '#channels';

const longestText = 4_000;

/** Whether a pattern is one that takes time linear in the text. */
export function isSafePattern(pattern: string): boolean {
  return patternOf(pattern) !== null;
}

/** Whether the whole text fits a pattern, whatever the case of its letters; false for a pattern that is none. */
export function fitsPattern(pattern: string, text: string): boolean {
  return hasPattern(`^(?:${pattern})$`, text);
}

/** Whether the pattern is anywhere in the text. */
export function hasPattern(pattern: string, text: string): boolean {
  return patternOf(pattern)?.test(text.slice(0, longestText)) ?? false;
}

function patternOf(pattern: string): ReturnType<typeof linearPattern> | null {
  try {
    return linearPattern(pattern);
  } catch {
    return null;
  }
}
