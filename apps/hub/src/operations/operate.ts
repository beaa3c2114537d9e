import { parseArgs } from 'node:util';
import { loadConfig, type HubConfig } from '#config';
import { backupCommand } from './backup/backup-command.js';
import { restoreCommand } from './backup/restore-command.js';
import { doctorCommand } from './doctor/doctor-command.js';
import { explain } from './explain.js';
import { migrateCommand } from './migrate-command.js';
import { Misunderstood, type Request } from './request.js';
import { reportsCommand } from './reports-command.js';
import { operationsOptions, operationsUsage } from './usage.js';
import { userCommand } from './user-command.js';

const known = {
  to: { type: 'string' },
  into: { type: 'string' },
  'passphrase-file': { type: 'string' },
  'without-key': { type: 'boolean' },
  check: { type: 'boolean' },
  mend: { type: 'boolean' },
  name: { type: 'string' },
  role: { type: 'string' },
  locale: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const commands: Record<string, (request: Request) => Promise<number>> = {
  backup: backupCommand,
  restore: restoreCommand,
  doctor: doctorCommand,
  migrate: migrateCommand,
  user: userCommand,
  reports: reportsCommand,
};

const usage = `${operationsUsage}\nOptions\n${operationsOptions}`;

/** Where what a command says goes. */
export interface Out extends Pick<Request, 'write' | 'say'> {
  /** Why it was not done: beside the answer, which somebody may read as a program. */
  complain: (text: string) => void;
}

/** Runs a command on the installation that the environment names; 0: done, 1: not well, 2: not understood. */
export async function operate(given: string[], out: Out, readConfig: () => HubConfig = loadConfig): Promise<number> {
  try {
    const [command = 'help', ...rest] = given;
    const { values, positionals } = parse(rest);
    if (values.help === true || ['help', '--help', '-h'].includes(command)) {
      out.write(usage);
      return 0;
    }
    const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (run === undefined) {
      throw new Misunderstood(`There is no command ${command}.`);
    }
    const say = values.quiet === true ? () => undefined : out.say;
    return await run({ config: readConfig(), words: positionals, options: values, write: out.write, say });
  } catch (error) {
    if (error instanceof Misunderstood) {
      out.complain(`${error.message}\n\n${usage}`);
      return 2;
    }
    out.complain(`${explain(error)}\n`);
    return 1;
  }
}

function parse(words: string[]) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options: known });
  } catch (error) {
    // Only its first sentence: the others are about what nobody means.
    throw new Misunderstood(`${(error as Error).message.split('. ')[0] ?? ''}.`);
  }
}
