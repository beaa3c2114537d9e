import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { HubProcess } from './hub-process.js';
import type { Installation } from './installation.js';

/**
 * A hub that dies while it makes its schema, and the next one that finds it half made: the schema must end up the same as one that
 * was made in one go. It has a database of its own on the installation's server.
 */
export async function interruptMigration({ database, site }: Installation, point: string): Promise<void> {
  const name = point.replaceAll(/[.-]/g, '_');
  await database.query(`create database ${name} template template0`);
  const url = await database.url(name);
  const folder = join(site.folder, name);
  mkdirSync(join(folder, 'data'), { recursive: true });
  const hub = new HubProcess({
    root: site.root,
    folder,
    port: site.sparePort,
    env: { DATA_DIR: join(folder, 'data'), DATABASE_URL: url },
  });
  try {
    hub.arm(`${point}:kill`);
    await hub.start().catch(() => undefined);
    if (!(await hub.died(0))) {
      throw new Error('the hub never came to this point');
    }
    hub.arm(null);
    await hub.start();
    await compareSchemas(await database.url(), url);
  } finally {
    await hub.close();
  }
}

async function compareSchemas(whole: string, mended: string): Promise<void> {
  const [expected, found] = await Promise.all([columnsOf(whole), columnsOf(mended)]);
  if (expected !== found) {
    throw new Error('the schema is not the same as one that was made in one go');
  }
}

/** Everything that migrations make, by name and kind. */
const catalogue = `
  select string_agg(line, E'\\n' order by line) as lines from (
    select format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) as line from information_schema.columns where table_schema = 'public'
    union all select format('%s %s', conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select format('%s %s', tgname, pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all select format('migration %s', name) from migration) as made`;

async function columnsOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ lines: string }>(catalogue);
    return rows[0]?.lines ?? '';
  } finally {
    await client.end();
  }
}
