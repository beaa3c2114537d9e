import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** How long and how large a measurement is. */
export interface Settings {
  /** The built hub's main file. */
  main: string;
  rounds: number;
  seconds: number;
  rate: number;
  senders: number;
  conversations: number;
  requests: number;
  starts: number;
  visitors: number;
  /** Items for the router, and how many a second. */
  arrivals: number;
  pace: number;
  /** Small sizes were asked for. */
  isSmall: boolean;
  /** Also counts rounds in which the driver itself was late: for a machine that is never quiet, and not for the record. */
  busy: boolean;
  nodeFlags: string[];
}

const whole = {
  rounds: 12,
  seconds: 4,
  senders: 1000,
  conversations: 1_000_000,
  requests: 2000,
  starts: 5,
  visitors: 2000,
  arrivals: 100_000,
  pace: 160,
};
/** Shows that everything still runs; its figures say little. */
const small = {
  rounds: 3,
  seconds: 1.5,
  senders: 60,
  conversations: 5000,
  requests: 200,
  starts: 1,
  visitors: 60,
  arrivals: 10_000,
  pace: 80,
};

const numbers = [
  'rounds',
  'seconds',
  'rate',
  'senders',
  'conversations',
  'requests',
  'starts',
  'visitors',
  'arrivals',
  'pace',
] as const;

/** Reads the command line. `--ci` takes small sizes; every size can be given by its name. */
export function readSettings(parameters: string[]): { what: string; settings: Settings } {
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: {
      ci: { type: 'boolean', default: false },
      busy: { type: 'boolean', default: false },
      hub: { type: 'string', default: 'dist/apps/hub/src/main.js' },
      profile: { type: 'string' },
      ...Object.fromEntries(numbers.map((name) => [name, { type: 'string' as const }])),
    },
  });
  const given = numbers.flatMap((name) => (name in values ? [[name, numberOf(name, Reflect.get(values, name))]] : []));
  const { ci, busy, hub, profile } = values as { ci: boolean; busy: boolean; hub: string; profile?: string };
  return {
    what: positionals[0] ?? '',
    settings: {
      rate: 100,
      ...(ci ? small : whole),
      ...(Object.fromEntries(given) as Partial<Settings>),
      main: resolve(hub),
      isSmall: ci,
      busy,
      nodeFlags: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`],
    },
  };
}

function numberOf(name: string, text: unknown): number {
  const number = Number(text);
  if (!(number > 0)) {
    throw new Error(`--${name} takes a number above 0`);
  }
  return number;
}
