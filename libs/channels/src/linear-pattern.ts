import { createRequire } from 'node:module';
import type { RE2 } from 're2-wasm';

const kept = 500;
const compiled = new Map<string, RE2>();
const require = createRequire(import.meta.url);

/** Loaded with the first pattern: its machine code takes memory that most installations never need. */
let engine: typeof RE2 | null = null;

function compile(pattern: string): RE2 {
  engine ??= (require('re2-wasm') as { RE2: typeof RE2 }).RE2;
  return new engine(pattern, 'iu');
}

/**
 * A pattern whose match takes time linear in the text; letters match whatever their case. Those that were used last are kept, since
 * compiling takes longer than matching. Throws for what is none: RE2 takes no pattern that would need more time.
 */
export function linearPattern(pattern: string): { test(text: string): boolean } {
  const known = compiled.get(pattern) ?? compile(pattern);
  compiled.delete(pattern);
  compiled.set(pattern, known);
  const oldest = compiled.size > kept ? compiled.keys().next().value : undefined;
  if (oldest !== undefined) {
    compiled.delete(oldest);
  }
  known.lastIndex = 0;
  return known;
}
