import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseServer } from './database-server.js';
import { table } from './figures.js';
import { furnish } from './history.js';
import { loadAverage } from './machine.js';
import type { Settings } from './settings.js';

/** Two messages each, and the two long conversations beside them: 100,000 messages. */
const conversations = { whole: 44_975, small: 2_000 };
/** An installation of 100,000 messages is back within a minute of a quiet small server, checks and all. */
const mostSeconds = { backup: 30, restore: 60 };

/** What it takes to write a backup of so many messages, and to restore it into another database, every row and file compared. */
export async function measureBackup({ main, isSmall }: Settings): Promise<boolean> {
  const server = await DatabaseServer.start();
  const past = await furnish(server, {
    main,
    database: 'past',
    conversations: isSmall ? conversations.small : conversations.whole,
  });
  await server.create('restored');
  const folder = join(server.folder, 'kept');
  const restored = join(server.folder, 'restored');
  const backup = run(main, { DATA_DIR: past.dataDir, DATABASE_URL: past.databaseUrl }, 'backup', '--to', folder);
  const path = join(folder, (await readdir(folder))[0] ?? '');
  const { size } = await stat(path);
  const check = run(main, { DATA_DIR: past.dataDir, DATABASE_URL: past.databaseUrl }, 'restore', path, '--check');
  const restore = run(
    main,
    { DATA_DIR: restored, DATABASE_URL: server.urlOf('restored') },
    'restore',
    path,
    '--without-key',
  );
  const [rows] = await server.run<{ messages: number }>('restored', 'select count(*)::int as messages from message');
  const lines = [
    ['backup', backup.seconds.toFixed(1), `${(size / 1e6).toFixed(1)} MB`],
    ['reading it whole', check.seconds.toFixed(1), ''],
    ['restore, compared', restore.seconds.toFixed(1), `${String(rows?.messages)} messages`],
  ];
  process.stdout.write(`${table([['', 's', ''], ...lines])}\nLoad average ${loadAverage()}\n`);
  return backup.seconds <= mostSeconds.backup && restore.seconds <= mostSeconds.restore;
}

/** A command of the built hub, as an operator runs it: Node's start is in its time. */
function run(main: string, env: Record<string, string>, ...words: string[]): { seconds: number } {
  const program = resolve(main, '../operations/main.js');
  const startedAt = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [program, ...words, '--quiet'], { env, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${words.join(' ')}: ${stdout}`);
  }
  return { seconds: (performance.now() - startedAt) / 1000 };
}
