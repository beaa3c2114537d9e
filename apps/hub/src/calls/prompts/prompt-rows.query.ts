/** A recording of ours as the database keeps it. */
export interface PromptRow {
  name: string;
  locale: string;
  /** Hexadecimal. */
  sha256: string;
  bytes: number;
  ms: number;
  storageKey: string;
}

/** Changes whenever a recording comes, changes or goes. */
export const fingerprintOfPrompts = `
select coalesce(md5(string_agg(name || ' ' || locale || ' ' || encode(sha256, 'hex'), ' ' order by name, locale)), '') as fingerprint
from prompt`;

export const readPrompts = `
select name, locale, encode(sha256, 'hex') as sha256, bytes, ms, storage_key as "storageKey" from prompt`;

/** Lines wanted recordings that nobody made. $1: `{ name, locale, times }[]` as JSON. */
export const noteGaps = `
insert into prompt_gap as g (name, locale, times)
select name, locale, times from jsonb_to_recordset($1::jsonb) as gap(name text, locale text, times int)
on conflict (name, locale) do update set times = g.times + excluded.times, last_at = clock_timestamp()`;

export const readGaps = 'select name, locale, times from prompt_gap';

export const readTimes = 'select name, locale, changed_at as "changedAt" from prompt';

/** A new version takes the place of the one before, whose file goes by itself. */
export const keepPrompt = `
insert into prompt (name, locale, sha256, bytes, ms, storage_key) values ($1, $2, decode($3, 'hex'), $4, $5, $6)
on conflict (name, locale) do update
set sha256 = excluded.sha256, bytes = excluded.bytes, ms = excluded.ms, storage_key = excluded.storage_key,
    changed_at = clock_timestamp()`;
