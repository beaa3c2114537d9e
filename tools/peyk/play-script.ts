import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { simulate, type SimulatedInput, type SimulatedWorld } from '#bots';
import type { SoundScript } from './load-script.js';
import type { ScriptOptions } from './script-command.js';
import { transcript } from './transcript.js';

const help = `Type as the customer would. Besides words:
  /press ID    choose an option        /keys 123#   keys on the phone     /wait 30m   let time pass
  /agents away|available               /fail REF timeout|failed|absent|refused
  /resume      an agent gives back     /hangup      /state   where it stands     /quit
`;

/**
 * A conversation in the terminal. Each line is added to the inputs and the whole is played again: the simulator is exact, so that
 * only what is new is shown.
 */
export async function playInTerminal(
  { script, called }: SoundScript,
  { channel, locale, world }: ScriptOptions,
  write: (text: string) => void,
): Promise<number> {
  const inputs: SimulatedInput[] = [];
  const at = Date.now();
  const given = readWorld(world);
  let shown = 0;
  const play = () => {
    const run = simulate(script, {
      channel: channel ?? script.channels[0] ?? 'web',
      locale: locale ?? script.default_locale,
      at,
      inputs,
      world: { ...given, scripts: called },
    });
    const lines = transcript(run);
    write(
      lines
        .slice(shown)
        .map((line) => `${line}\n`)
        .join(''),
    );
    shown = lines.length;
    return run;
  };
  write(help);
  let run = play();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '/quit') {
      break;
    }
    const input = readLine(line);
    if (input === null) {
      const { node, status, vars, outcome } = run.state;
      write(`${JSON.stringify({ node, status, outcome, vars })}\n`);
    } else {
      inputs.push(input);
      run = play();
    }
    if (run.state.status === 'ended') {
      break;
    }
  }
  return 0;
}

/** A file with what lookups answer, who is there and what is open; an empty world without one. */
export function readWorld(file: string | null): SimulatedWorld {
  return file === null ? {} : (parse(readFileSync(file, 'utf8')) as SimulatedWorld);
}

const commands: Record<string, (rest: string) => SimulatedInput> = {
  press: (rest) => ({ press: rest }),
  keys: (rest) => ({ keypad: rest }),
  wait: (rest) => ({ wait: rest }),
  agents: (rest) => ({ agents: rest === 'away' ? 'away' : 'available' }),
  fail: (rest) => {
    const [lookup = '', error = ''] = rest.split(/\s+/u);
    return { lookup, fails: errors.find((one) => one === error) ?? 'failed' };
  },
  resume: () => ({ resume: true }),
  hangup: () => ({ hangup: true }),
};
const errors = ['timeout', 'failed', 'absent', 'refused'] as const;

/** What a typed line does; null: it only asks for the state. */
function readLine(line: string): SimulatedInput | null {
  const [, command = '', rest = ''] = /^\/(\w+)\s*(.*)$/u.exec(line.trim()) ?? [];
  return command === '' ? { type: line } : (commands[command]?.(rest) ?? null);
}
