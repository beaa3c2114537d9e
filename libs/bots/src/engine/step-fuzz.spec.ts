import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { renderFor } from '../render/render-for.js';
import { readScript } from '../script/read-script.js';
import type { Script } from '../script/script.js';
import { locales, scriptChannels } from '../script/terms.js';
import { beginState, step, type StepResult } from './step.js';
import type { BotEvent } from './types/bot-event.js';
import type { BotState } from './types/bot-state.js';
import type { StepWorld } from './types/step-world.js';

/** `PEYK_FUZZ_RUNS=3000` is the long size; CI takes a sample. */
const numRuns = Number(process.env['PEYK_FUZZ_RUNS'] ?? 250);
const mostMessages = 12;

const fixture = (name: string): Script => read(`libs/bots/src/engine/fixtures/${name}.yaml`);

function read(file: string): Script {
  const { script, problems } = readScript(readFileSync(file, 'utf8'));
  if (script === null) {
    throw new Error(`${file}: ${JSON.stringify(problems)}`);
  }
  return script;
}

/** The scripts that Peyk ships. */
const ready = Object.fromEntries(
  readdirSync('scripts')
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.scenarios.yaml'))
    .map((name) => [name.slice(0, -'.yaml'.length), read(`scripts/${name}`)]),
);

const inner = fixture('inner');
const text = (en: string) => ({ text: { en, fa: en } });
/** What no linter lets through: loops without a pause, missing targets, a call of itself. */
const bad: Script = {
  ...inner,
  id: 'bad',
  start: { default: 'a' },
  fallback: 'a',
  nodes: {
    a: { do: 'say', message: text('a'), next: 'b' },
    b: { do: 'say', message: text('b {{ x | nothing'), next: 'c' },
    c: { do: 'branch', cases: [{ when: { var: 'x', op: 'exists' }, next: 'missing' }], otherwise: 'd' },
    d: { do: 'call', script: 'bad', next: 'a' },
  },
};
const loop: Script = {
  ...bad,
  id: 'loop',
  nodes: {
    a: { do: 'ask', message: text('?'), options: [{ id: 'x', label: { en: 'X' }, next: 'b' }] },
    b: { do: 'set', values: { x: '{{ x }}x' }, next: 'c' },
    c: { do: 'branch', cases: [{ when: { var: 'never', op: 'exists' }, next: 'a' }], otherwise: 'b' },
  },
};
const scripts: Record<string, Script> = {
  orders: fixture('orders'),
  everything: fixture('everything'),
  inner,
  bad,
  loop,
  ...ready,
};

const words = fc.constantFrom(
  '1',
  '۱',
  '١',
  '0',
  'yes',
  'بله',
  'خیر',
  'پيگيري سفارش',
  'refund',
  'agent',
  'stop',
  'menu',
  'فارسی',
  'English',
  '123456',
  '۱۴۰۳/۱/۵',
  '__proto__',
  '{{ order }}',
  '',
  '  \n',
  '\u200c\u202e',
  'x'.repeat(5_000),
);
const anyText = fc.oneof({ weight: 3, arbitrary: words }, fc.string({ unit: 'grapheme', maxLength: 40 }));
const options = fc.constantFrom(
  'track',
  'other',
  'human',
  'rate',
  'sub',
  'phone',
  'pause',
  'find',
  'yes',
  'no',
  'neither',
  'x',
);
const happening = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: anyText }),
  fc.record({ kind: fc.constant('choice' as const), turn: fc.nat(40), option: fc.oneof(options, fc.string()) }),
  fc.record({ kind: fc.constant('press' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('digits' as const), digits: fc.stringMatching(/^[0-9*#]{0,12}$/) }),
  fc.record({ kind: fc.constant('file' as const), mediaType: fc.string() }),
  fc.constant({ kind: 'silence' as const }),
  fc.constant({ kind: 'start' as const }),
  fc.constant({ kind: 'resume' as const }),
  fc.record({ kind: fc.constant('answer' as const), value: fc.jsonValue() }),
  fc.record({
    kind: fc.constant('fail' as const),
    error: fc.constantFrom('timeout' as const, 'failed' as const, 'absent' as const, 'refused' as const),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

const world = (now: number, hasAgents: boolean): StepWorld => ({
  now,
  zone: 'Asia/Tehran',
  calendars: { shop: now % 2 === 0 ? 'closed' : 'open' },
  queues: hasAgents
    ? { '': { isOpen: true, agentsFree: 1, waiting: 2 }, support: { isOpen: true, agentsFree: 0, waiting: 1 } }
    : {},
  customer: { name: 'Sara', phone: '+989121234567', tier: 'gold' },
  conversation: {},
  scripts: { inner, bad, loop, ...ready },
  articles: (asked) => (asked.length > 6 ? [{ title: 'A', body: 'An answer', score: 0.9 }] : []),
  seal: {
    close: (value) => Buffer.from(value).toString('base64'),
    open: (sealed) => Buffer.from(sealed, 'base64').toString(),
  },
});

/** The events of a run: presses and answers find what the state offers. */
function eventOf(one: Happening, state: BotState, at: number): BotEvent {
  const effect = state.pending ?? 'none';
  if (one.kind === 'press') {
    return { kind: 'choice', ...offeredAt(state, one.at), at };
  }
  if (one.kind === 'answer') {
    return { kind: 'result', effect, ok: true, value: one.value, at };
  }
  return one.kind === 'fail' ? { kind: 'result', effect, ok: false, error: one.error, at } : { ...one, at };
}

function offeredAt({ asked }: BotState, at: number): { turn: number; option: string } {
  const offered = asked?.options ?? [];
  return { turn: asked?.turn ?? 0, option: offered[at % Math.max(1, offered.length)]?.id ?? 'none' };
}

const run = fc.record({
  script: fc.constantFrom(...Object.keys(scripts)),
  channel: fc.constantFrom(...scriptChannels),
  locale: fc.constantFrom(...locales),
  hasAgents: fc.boolean(),
  happenings: fc.array(fc.record({ happening, after: fc.constantFrom(0, 1_000, 61_000, 1_900_000) }), {
    maxLength: 40,
  }),
});

describe('a script that is fed with anything', () => {
  test('never throws, says the same twice and after a pause in a row of the database, and keeps its limits', () => {
    fc.assert(
      fc.property(run, ({ script: name, channel, locale, hasAgents, happenings }) => {
        const script = scripts[name] as Script;
        let state = beginState(script, { channel, locale });
        let now = 1_770_000_000_000;
        for (const { happening: one, after } of happenings) {
          now += after;
          const event = eventOf(one, state, now);
          const result = step(script, state, event, world(now, hasAgents));
          const stored = JSON.parse(JSON.stringify(state)) as BotState;
          expect(step(script, stored, event, world(now, hasAgents))).toEqual(result);
          keepsItsLimits(result, state, channel);
          state = result.state;
        }
      }),
      { numRuns },
    );
  }, 900_000);

  test('gives back the very state for what is no event', () => {
    const script = scripts['orders'] as Script;
    fc.assert(
      fc.property(fc.jsonValue(), (anything) => {
        const state = beginState(script, { channel: 'web', locale: 'en' });
        const result = step(script, state, anything as unknown as BotEvent, world(0, true));
        expect(result.state).toBe(state);
      }),
      { numRuns: 200 },
    );
  });

  test('takes any JSON for a state without throwing', () => {
    const script = scripts['everything'] as Script;
    const begun = beginState(script, { channel: 'web', locale: 'en' });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(begun)), fc.jsonValue()), (changed) => {
        const state = { ...begun, ...changed } as unknown as BotState;
        expect(() => step(script, state, { kind: 'text', text: '1', at: 5 }, world(5, true))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

function keepsItsLimits(
  { output, effects, state, walked }: StepResult,
  before: BotState,
  channel: BotState['channel'],
): void {
  expect(output.length).toBeLessThanOrEqual(mostMessages);
  expect(walked.length).toBeLessThanOrEqual(130);
  expect(state.turn - before.turn).toBeLessThanOrEqual(1);
  expect(state.stack.length).toBeLessThanOrEqual(5);
  expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
  // Nothing stands still without something that will move it.
  if (state.status === 'waiting' || state.asked !== null) {
    expect(state.wakeAt).not.toBeNull();
  }
  for (const rendered of renderFor(channel, output)) {
    for (const { id, label } of rendered.kind === 'message' ? rendered.choices : []) {
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(64);
      expect(label.length).toBeLessThanOrEqual(64);
      expect(label).not.toBe('');
    }
  }
}
