import { isDeepStrictEqual } from 'node:util';

/** Settings as they were and as they became, by field: `{ name: ['Before', 'After'] }`. What is not there is null. */
export type Changes = Record<string, [before: unknown, after: unknown]>;

type Settings = Record<string, unknown>;

/** Which fields differ. The caller leaves out what nobody may read later: secrets, and whatever customers wrote. */
export function diffOf(before: Settings, after: Settings): Changes {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return Object.fromEntries(
    fields
      .map((field): [string, [unknown, unknown]] => [field, [before[field] ?? null, after[field] ?? null]])
      .filter(([, [was, is]]) => !isDeepStrictEqual(plain(was), plain(is))),
  );
}

/** As it is stored: an instant and its text are the same. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
