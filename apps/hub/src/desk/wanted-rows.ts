import type { Sql } from '#channels';

/** A conversation row, and the rev up to which its reader knows it. */
export interface WantedRow {
  id: string;
  since: number;
}

/**
 * A read of what is new about wanted rows: `text` takes what stands for `want(id, since)`; further parameters count from 3. Mostly one
 * row is wanted, which gets a text of its own: of a list PostgreSQL believes that it is long, and plans anew each time, which takes
 * longer than the answer.
 */
export function readOfWanted<Row extends object>(
  name: string,
  text: (want: string) => string,
): (sql: Sql, wanted: readonly WantedRow[], ...more: unknown[]) => Promise<Row[]> {
  const one = { name: `${name}-one`, text: text('unnest(array[$1::uuid], array[$2::bigint]) want(id, since)') };
  const many = { name, text: text('unnest($1::uuid[], $2::bigint[]) want(id, since)') };
  return (sql, wanted, ...more) => {
    const [first] = wanted;
    return first && wanted.length === 1
      ? sql.query<Row & Record<string, unknown>>(one, [first.id, first.since, ...more])
      : sql.query<Row & Record<string, unknown>>(many, [
          wanted.map(({ id }) => id),
          wanted.map(({ since }) => since),
          ...more,
        ]);
  };
}
