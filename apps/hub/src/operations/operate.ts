import { parseArgs } from 'node:util';
import { loadConfig, type HubConfig } from '#config';
import { backupCommand } from './backup/backup-command.js';
import { restoreCommand } from './backup/restore-command.js';
import { doctorCommand } from './doctor/doctor-command.js';
import { migrateCommand } from './migrate-command.js';
import { Misunderstood, type Request } from './request.js';
import { userCommand } from './user-command.js';

const known = {
  to: { type: 'string' },
  into: { type: 'string' },
  'passphrase-file': { type: 'string' },
  'without-key': { type: 'boolean' },
  check: { type: 'boolean' },
  name: { type: 'string' },
  role: { type: 'string' },
  locale: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;

const commands: Record<string, (request: Request) => Promise<number>> = {
  backup: backupCommand,
  restore: restoreCommand,
  doctor: doctorCommand,
  migrate: migrateCommand,
  user: userCommand,
};

export const operationsUsage = `  backup [--to FILE|FOLDER]  everything in one file, while the hub works (DATA_DIR/backups)
  restore FILE               a backup into an empty installation (--into DATABASE_URL: another database)
  restore FILE --check       reads a backup to its end and changes nothing
  doctor                     what is not as it should be, and what to do (--json)
  migrate [status|up|dry]    the schema of the database
  user list                  the accounts
  user create EMAIL          an account and a link to its first password (--name, --role, --locale)
  user reset EMAIL           a link to a new password
  user disable EMAIL         nobody signs in with it any more
  user make-admin EMAIL      an administrator from now on

Options
  --passphrase-file FILE     backup: seals SECRET_KEY into it; restore: opens it
  --without-key              restore: without the key that opens the channels' credentials
  --quiet                    nothing but the answer
`;

/** Runs a command on the installation that the environment names; 0: done, 1: not well, 2: not understood. */
export async function operate(
  given: string[],
  out: Pick<Request, 'write' | 'say'>,
  readConfig: () => HubConfig = loadConfig,
): Promise<number> {
  try {
    const [command = '', ...rest] = given;
    const { values, positionals } = parse(rest);
    const run = commands[command];
    if (run === undefined) {
      throw new Misunderstood(`There is no command ${command}.`);
    }
    const config = readConfig();
    const say = values.quiet === true ? () => undefined : out.say;
    return await run({ config, words: positionals, options: values, write: out.write, say });
  } catch (error) {
    if (error instanceof Misunderstood) {
      out.write(`${error.message}\n\n${operationsUsage}`);
      return 2;
    }
    out.write(`${error instanceof Error ? error.message || error.name : String(error)}\n`);
    return 1;
  }
}

function parse(words: string[]) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options: known });
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
}
