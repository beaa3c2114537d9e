import type { PersonalRows } from '../personal-data.js';

/** Parameters: conversations, customers, addresses, how many at most. */
const person = `person as materialized (
  select $1::uuid[] as conversations, $2::uuid[] as customers, $3::text[] as addresses, $4::int as most)`;

/** The rows that still say something. */
function speaking({ table, which, blank }: PersonalRows): string {
  const left = blank ? ` and (${columnsOf(blank, 'r.')}) is distinct from (${Object.values(blank).join(', ')})` : '';
  return `from ${table} r, person p where (${which})${left} limit (select most from person)`;
}

/** Forgets some of them and counts how many: fewer than asked for means that none is left. */
export function forgetStatement(rows: PersonalRows): string {
  const { table, blank, namesFile } = rows;
  const gone = blank
    ? `update ${table} r set ${assignments(blank)} from place where r.ctid = place.ctid returning r.*`
    : `delete from ${table} r using place where r.ctid = place.ctid returning r.*`;
  const spent = namesFile
    ? ', spent as (insert into spent_file (storage_key) select storage_key from gone where storage_key is not null on conflict do nothing)'
    : '';
  return `with ${person}, place as materialized (select r.ctid ${speaking(rows)}), gone as (${gone})${spent}
select count(*)::int as n from gone`;
}

/** How many rows there are to forget, counted no further than that many. */
export function countStatement(rows: PersonalRows): string {
  return `with ${person} select count(*)::int as n from (select 1 ${speaking(rows)}) found`;
}

function columnsOf(blank: Record<string, string>, prefix = ''): string {
  return Object.keys(blank)
    .map((column) => prefix + column)
    .join(', ');
}

function assignments(blank: Record<string, string>): string {
  return Object.entries(blank)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ');
}
