// `npm run peyk -- …`: what an operator does from a terminal. Commands of a script need neither a hub nor a database; those of an
// installation are a part of the hub, which is built first where that is not done.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { operationsOptions, operationsUsage } from '../../apps/hub/src/operations/usage.js';
import { scriptCommand } from './script-command.js';

const usage = `Usage: npm run peyk -- <command> [options]

An installation, while its hub runs or not (docs/operations/commands.md)
${operationsUsage}
Scripts of bots
  script check FILE          what is wrong with a script, with line and column
  script test FILE           check, then its scenarios on every channel of the script
  script play FILE           a conversation in the terminal, typed line by line
  script replay FILE         a conversation that was (--talk), and where this script would have gone another way
  script prompts FILE        the recordings that it needs on the phone

Options of an installation
${operationsOptions}
Options of scripts
  --scenarios FILE           scenarios of another file than <name>.scenarios.yaml
  --channel NAME             web, telegram, sms, email or voice (test: only this one)
  --locale en|fa             language of the customer
  --world FILE               lookups, calendars, queues and customer for play, in YAML
  --talk FILE                replay: a JSON list of {at, who: customer|bot|agent, text, option?}
  --before FILE              replay: compare with this version of the script instead of what was said
  --show                     test: the whole conversation of each scenario, not of failed ones only
  --json                     the result as JSON
`;

const [area, ...rest] = process.argv.slice(2);
if (area === 'script') {
  process.exitCode = await scriptCommand(rest, { usage, write: (text) => void process.stdout.write(text) });
} else if (area !== undefined && ['backup', 'restore', 'doctor', 'migrate', 'user', 'reports'].includes(area)) {
  process.exitCode = await operateBuilt([area, ...rest]);
} else if (area === undefined || ['help', '--help', '-h'].includes(area)) {
  process.stdout.write(usage);
} else {
  process.stderr.write(`There is no command ${area}.\n\n${usage}`);
  process.exitCode = 2;
}

/** As a process of its own, without what makes this one run from the sources. */
async function operateBuilt(words: string[]): Promise<number> {
  const { build, isStale } = await import('../build.mjs');
  if (isStale()) {
    process.stderr.write('Building. This takes a moment after every change.\n');
    try {
      build();
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      return 1;
    }
  }
  const program = resolve(import.meta.dirname, '../../dist/apps/hub/src/operations/main.js');
  return spawnSync(process.execPath, [program, ...words], { stdio: 'inherit' }).status ?? 1;
}
