import { ZodError, type ZodType } from 'zod';

/** Terms that somebody wrote and that cannot be read: where, and why, in one English sentence. */
export class Unreadable extends Error {
  constructor(
    /** A path as people write it: `conditions.all.1.value`. */
    readonly field: string,
    readonly detail: string,
  ) {
    super(`${field}: ${detail}`);
  }
}

/**
 * What a schema makes of something that was sent or stored. Unknown keys are refused with their own path.
 *
 * @throws Unreadable
 */
export function readTerms<T>(schema: ZodType<T>, written: unknown, at: string): T {
  const read = schema.safeParse(written);
  if (read.success) {
    return read.data;
  }
  const { path, detail } = firstFault(read.error);
  throw new Unreadable([at, ...path.map(String)].join('.'), detail);
}

interface Fault {
  path: PropertyKey[];
  detail: string;
}

/** Of several ways in which none of a union's members fits, the one that came furthest is what its writer meant. */
function firstFault(error: Pick<ZodError, 'issues'>): Fault {
  const issue = error.issues[0];
  if (!issue) {
    return { path: [], detail: 'This cannot be read.' };
  }
  if (issue.code === 'unrecognized_keys') {
    return { path: [...issue.path, issue.keys[0] ?? ''], detail: 'Nothing of this name is known here.' };
  }
  const deepest = issue.code === 'invalid_union' ? deepestOf(issue.errors) : null;
  return deepest
    ? { path: [...issue.path, ...deepest.path], detail: deepest.detail }
    : { path: issue.path, detail: asSentence(issue.message) };
}

function deepestOf(members: readonly ZodError['issues'][]): Fault | null {
  const faults = members.filter((issues) => issues.length > 0).map((issues) => firstFault({ issues }));
  return faults.reduce<Fault | null>(
    (best, fault) => (best === null || fault.path.length > best.path.length ? fault : best),
    null,
  );
}

function asSentence(message: string): string {
  return /[.!?]$/u.test(message) ? message : `${message}.`;
}
