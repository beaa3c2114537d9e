import type { Sql } from '#channels';

/** Whether a row, by the alias it goes by, belongs to one of the customers of parameter 1. */
export type Belongs = (row: string) => string;

interface Reference {
  child: string;
  parent: string;
  columns: string[];
  parent_columns: string[];
}

/** Keys between tables, and columns that name a row of another table without one. */
const references = `
select con.conrelid::regclass::text as child, con.confrelid::regclass::text as parent,
       array(select a.attname::text from unnest(con.conkey) with ordinality k(n, place)
             join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.n order by k.place) as columns,
       array(select a.attname::text from unnest(con.confkey) with ordinality k(n, place)
             join pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.n order by k.place) as parent_columns
from pg_constraint con where con.contype = 'f' and con.connamespace = 'public'::regnamespace
union all
select c.table_name, named.parent, array[c.column_name::text], array['id']
from information_schema.columns c
join information_schema.tables t on t.table_schema = 'public' and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
join (values ('customer_id', 'customer'), ('conversation_id', 'conversation'), ('identity_id', 'identity'), ('ticket_id', 'ticket'))
  named(col, parent) on named.col = c.column_name
where c.table_schema = 'public'`;

/**
 * Every table that hangs from a customer, as the catalogue of this database has it, so that a table that is new tomorrow is among them.
 * The nearest come first.
 */
export async function tablesOfPeople(sql: Sql): Promise<Map<string, Belongs>> {
  const all = await sql.query<Reference & Record<string, unknown>>(references);
  const found = new Map<string, Belongs>([['customer', (row) => `${row}.id = any ($1::uuid[])`]]);
  for (;;) {
    const known = new Map(found);
    const near = all.filter(({ child, parent }) => known.has(parent) && !known.has(child));
    if (near.length === 0) {
      return found;
    }
    for (const [child, ways] of Map.groupBy(near, (reference) => reference.child)) {
      found.set(child, (row) => ways.map((way) => through(way, known, row)).join(' or '));
    }
  }
}

function through(
  { parent, columns, parent_columns: ids }: Reference,
  known: Map<string, Belongs>,
  row: string,
): string {
  const up = `${row}_`;
  const own = columns.map((column) => `${row}.${column}`).join(', ');
  const theirs = ids.map((column) => `${up}.${column}`).join(', ');
  return `(${own}) in (select ${theirs} from ${parent} ${up} where ${known.get(parent)?.(up) ?? 'false'})`;
}
