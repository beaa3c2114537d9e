import type { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source.js';
import { migrate, readMigrations } from '../database/migrate.js';
import { reachInstallation } from './installation.js';
import { Misunderstood, type Request } from './request.js';

/** `status` and `dry` say what is, and what would be done; `up` does it. Status is 1 while something waits. */
export async function migrateCommand({ config, words, options, write }: Request): Promise<number> {
  const [what = 'status', ...more] = words;
  if (!['status', 'up', 'dry'].includes(what) || more.length > 0) {
    throw new Misunderstood('migrate: one of status, up and dry.');
  }
  const installation = await reachInstallation(config);
  try {
    const dataSource = await createDataSource(installation.databaseUrl, {
      applicationName: 'peyk migrate',
      poolSize: 2,
    }).initialize();
    try {
      return what === 'up'
        ? await goUp(dataSource, write)
        : await tell(dataSource, { what, isJson: options.json === true, write });
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await installation.close();
  }
}

async function goUp(dataSource: DataSource, write: Request['write']): Promise<number> {
  const ran = await migrate(dataSource);
  write(
    ran.length === 0 ? 'The schema is up to date.\n' : `${ran.join('\n')}\n${String(ran.length)} migrations ran.\n`,
  );
  return 0;
}

interface Telling {
  what: string;
  isJson: boolean;
  write: Request['write'];
}

async function tell(dataSource: DataSource, { what, isJson, write }: Telling): Promise<number> {
  const { done, waiting } = await readMigrations(dataSource);
  if (isJson) {
    write(`${JSON.stringify({ done, waiting })}\n`);
  } else if (waiting.length === 0) {
    write(`The schema is up to date: ${String(done.length)} migrations have run.\n`);
  } else {
    write(
      `${String(done.length)} migrations have run; ${String(waiting.length)} wait, and run at the next start:\n  ${waiting.join('\n  ')}\n`,
    );
  }
  return what === 'status' && waiting.length > 0 ? 1 : 0;
}
