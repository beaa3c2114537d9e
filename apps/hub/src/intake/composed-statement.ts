import type { PromptStatement } from '../database/database.js';

/** Providers wait for the way in. A database that is silent for longer counts as away, and what came is kept without it. */
const promptMs = 5000;

/**
 * A statement that says no more than it is needed for: one text, prepared under one name for each combination of its parts. Setting
 * up the branches that a plain message has no use for would cost PostgreSQL a third of the message's time.
 */
export function composedStatement<Part extends string>(
  name: string,
  text: (when: (part: Part, fragment: string, otherwise?: string) => string) => string,
): (parts: readonly Part[]) => PromptStatement {
  const known = new Map<string, PromptStatement>();
  return (parts) => {
    const key = [name, ...parts].join(' ');
    const when = (part: Part, fragment: string, otherwise = '') => (parts.includes(part) ? fragment : otherwise);
    const statement = known.get(key) ?? { name: key, text: text(when), withinMs: promptMs };
    known.set(key, statement);
    return statement;
  };
}

/** The names of columns with their PostgreSQL types. */
export type Columns<Name extends string> = Readonly<Record<Name, string>>;

/** Rows out of a JSON list, each with its `ord`. */
export function rowsOf(list: string, columns: Columns<string>): string {
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  return `select * from jsonb_to_recordset(${list}) as list(ord int, ${typed.join(', ')})`;
}

/**
 * One row of parameters of their own, the first of them `$<first>`, with `ord` 1. It spares PostgreSQL the reading of JSON, and the
 * planner the guess that a list holds a hundred rows.
 */
export function rowOf(first: number, columns: Columns<string>): string {
  const typed = Object.entries(columns).map(([name, type], index) => `$${first + index}::${type} as ${name}`);
  return `select 1 as ord, ${typed.join(', ')}`;
}

/** The values of a row in the order of its columns. */
export function valuesOf<Name extends string>(row: { [Column in Name]: unknown }, columns: Columns<Name>): unknown[] {
  return (Object.keys(columns) as Name[]).map((name) => row[name]);
}
