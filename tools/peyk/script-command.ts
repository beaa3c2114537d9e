import { parseArgs } from 'node:util';
import { locales, scriptChannels, type Locale, type ScriptChannel } from '#bots';
import { listPrompts } from './list-prompts.js';
import { loadScript, type LoadedScript, type SoundScript } from './load-script.js';
import { playInTerminal } from './play-script.js';
import { replayTalk } from './replay-talk.js';
import { testScript, testReport } from './test-script.js';

interface Terminal {
  usage: string;
  write: (text: string) => void;
}

export interface ScriptOptions {
  file: string;
  channel: ScriptChannel | null;
  locale: Locale | null;
  world: string | null;
  /** A conversation that was, and the script that it is compared with; null: with what was said then. */
  talk: string | null;
  before: string | null;
  shows: boolean;
}

/** What a command found: as text, and as a part of the JSON. */
export interface Found {
  passed: boolean;
  text: string;
  json: object;
}

const commands = {
  check: (_loaded: SoundScript, { file }: ScriptOptions): Found => ({
    passed: true,
    text: `${file}: no errors.\n`,
    json: {},
  }),
  test: (loaded: SoundScript, options: ScriptOptions): Found => {
    const report = testScript(loaded, options);
    return { passed: report.passed, text: testReport(report, options.shows), json: report };
  },
  replay: replayTalk,
  prompts: listPrompts,
};

type Command = keyof typeof commands | 'play';

interface Request {
  command: Command;
  options: ScriptOptions;
  isJson: boolean;
  scenarios: string | undefined;
}

/** Runs a command on a script; the exit code: 0 all well, 1 something failed, 2 not understood. */
export async function scriptCommand(words: string[], { usage, write }: Terminal): Promise<number> {
  const request = readWords(words);
  if (request === null) {
    write(usage);
    return 2;
  }
  try {
    const { options, scenarios } = request;
    return await carryOut(request, loadScript(options.file, scenarios, options.locale ?? 'en'), write);
  } catch (error) {
    write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

async function carryOut(
  { command, options, isJson }: Request,
  loaded: LoadedScript,
  write: Terminal['write'],
): Promise<number> {
  const { problems } = loaded;
  const sound = soundOf(loaded);
  if (command === 'play' && sound !== null) {
    write(problemLines(problems));
    return playInTerminal(sound, options, write);
  }
  const found = sound === null || command === 'play' ? null : commands[command](sound, options);
  write(isJson ? asJson(problems, found) : problemLines(problems) + (found?.text ?? ''));
  return found?.passed === true ? 0 : 1;
}

function asJson(problems: LoadedScript['problems'], found: Found | null): string {
  return `${JSON.stringify({ problems, ...found?.json }, null, 2)}\n`;
}

function soundOf({ script, problems, ...rest }: LoadedScript): SoundScript | null {
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  return script === null || hasErrors ? null : { script, problems, ...rest };
}

function readWords(words: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: known });
    const [written, file] = positionals;
    const command = (['check', 'test', 'play', 'replay', 'prompts'] as const).find((one) => one === written);
    if (command === undefined || file === undefined) {
      return null;
    }
    const { world = null, talk = null, before = null, show: shows = false, json: isJson = false, scenarios } = values;
    const channel = oneOf(scriptChannels, values.channel);
    const locale = oneOf(locales, values.locale);
    return { command, options: { file, channel, locale, world, talk, before, shows }, isJson, scenarios };
  } catch {
    return null;
  }
}

const known = {
  channel: { type: 'string' },
  locale: { type: 'string' },
  scenarios: { type: 'string' },
  world: { type: 'string' },
  talk: { type: 'string' },
  before: { type: 'string' },
  json: { type: 'boolean' },
  show: { type: 'boolean' },
} as const;

/** Null when nothing was written; throws when it is none of them. */
function oneOf<Value extends string>(values: readonly Value[], written: string | undefined): Value | null {
  const value = values.find((one) => one === written);
  if (written !== undefined && value === undefined) {
    throw new Error(`${written} is none of ${values.join(', ')}.`);
  }
  return value ?? null;
}

function problemLines(problems: LoadedScript['problems']): string {
  return problems
    .map(({ file, line, column, severity, message }) => {
      const place = line === null ? file : `${file}:${String(line)}:${String(column ?? 1)}`;
      return `${place}  ${severity}  ${message}\n`;
    })
    .join('');
}
