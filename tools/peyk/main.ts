// `npm run peyk -- …`: what an operator does from a terminal. Commands of a script need neither a hub nor a database.
import { scriptCommand } from './script-command.js';

const usage = `Usage: npm run peyk -- script <command> FILE [options]

  script check FILE          what is wrong with a script, with line and column
  script test FILE           check, then its scenarios on every channel of the script
  script play FILE           a conversation in the terminal, typed line by line
  script replay FILE         a conversation that was (--talk), and where this script would have gone another way
  script prompts FILE        the recordings that it needs on the phone

Options
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
} else {
  process.stderr.write(usage);
  process.exitCode = area === undefined || area === 'help' ? 0 : 2;
}
