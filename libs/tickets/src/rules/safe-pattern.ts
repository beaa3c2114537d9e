import { linearPattern } from '#channels';

/** The longest pattern that is taken, and how much of a text it is looked for in, in UTF-16 units. */
export const patternLimits = { length: 200, text: 10_000 };

/** Why a pattern is not taken, in one English sentence; null where it is. Whatever would need more than linear time is not a pattern here. */
export function faultOfPattern(pattern: string): string | null {
  if (pattern.length > patternLimits.length) {
    return `A pattern has at most ${patternLimits.length} characters.`;
  }
  try {
    linearPattern(pattern);
    return null;
  } catch (error) {
    return `This pattern is not understood: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Whether the pattern is anywhere in the text, in time that grows with the text and no faster. Letters match whatever their case. */
export function matchesPattern(pattern: string, text: string): boolean {
  return linearPattern(pattern).test(text.slice(0, patternLimits.text));
}
