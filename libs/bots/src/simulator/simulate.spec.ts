import { describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { readScript } from '../script/read-script.js';
import type { Script } from '../script/script.js';
import { locales, scriptChannels, type ScriptChannel } from '../script/terms.js';
import { coverageOf } from './coverage.js';
import { runScenario } from './run-scenario.js';
import { simulate } from './simulate.js';
import type { Scenario, SimulatedInput } from './simulated-run.js';

const { script } = readScript(readFileSync('libs/bots/src/engine/fixtures/orders.yaml', 'utf8'));
const orders = script as Script;
const at = '2026-03-21T08:30:00Z';
const world = { lookups: { orders: { answer: { state: 'sent' } } } };

const firstAnswer: Record<ScriptChannel, SimulatedInput> = {
  web: { press: 'track' },
  telegram: { press: 'track' },
  sms: { type: '۱' },
  email: { type: 'پيگيري سفارش' },
  voice: { keypad: '1' },
};
const orderNumber: Record<ScriptChannel, SimulatedInput> = {
  web: { type: '123456' },
  telegram: { type: '١٢٣٤٥٦' },
  sms: { type: '۱۲۳۴۵۶' },
  email: { type: '۱۲۳ ۴۵۶' },
  voice: { keypad: '123456' },
};

describe('one script on five channels', () => {
  test.each(locales)('leads the same path to the same node, values and sentence (%s)', (locale) => {
    const ends = scriptChannels.map((channel) => {
      const inputs = [firstAnswer[channel], orderNumber[channel]];
      const run = simulate(orders, { channel, locale, at, inputs, world });
      const last = run.steps.flatMap((step) => (step.who === 'bot' ? step.says : [])).at(-2);
      return { node: run.state.node, vars: run.state.vars, said: last?.text };
    });
    expect(new Set(ends.map((end) => JSON.stringify(end))).size).toBe(1);
    expect(ends[0]).toMatchObject({ node: 'more', vars: { order: '123456' } });
  });

  test('says the same words on each channel in its own form, as the golden file has it', () => {
    const inputs: SimulatedInput[] = [
      firstAnswer.web,
      orderNumber.web,
      { press: 'yes' },
      { type: 'nonsense' },
      { press: 'other' },
      { type: 'استرداد' },
      { type: '6037991234567890' },
      { press: 'yes' },
    ];
    const rendered = Object.fromEntries(
      locales.flatMap((locale) =>
        scriptChannels.map((channel) => {
          const run = simulate(orders, { channel, locale, at, inputs, world });
          return [`${channel} ${locale}`, run.steps.flatMap((step) => (step.who === 'bot' ? step.rendered : []))];
        }),
      ),
    );
    const file = 'libs/bots/src/simulator/fixtures/orders.golden.json';
    if (process.env['PEYK_WRITE_GOLDEN'] === 'yes') {
      writeFileSync(file, `${JSON.stringify(rendered, null, 2)}\n`);
    }
    expect(rendered).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});

describe('a simulation', () => {
  const begin = { channel: 'web' as const, locale: 'en', at, world };

  test('is the same each time', () => {
    const inputs: SimulatedInput[] = [{ press: 'track' }, { type: '123456' }, { wait: '1h' }];
    expect(simulate(orders, { ...begin, inputs })).toEqual(simulate(orders, { ...begin, inputs }));
  });

  test('lets time pass by its own clock, with the silences that fall due', () => {
    const early = simulate(orders, { ...begin, inputs: [{ wait: '29m' }] });
    expect(early.state.status).toBe('active');
    const late = simulate(orders, { ...begin, inputs: [{ wait: '29m' }, { wait: '61s' }] });
    expect(late.state).toMatchObject({ status: 'ended', node: 'bye' });
    expect(late.steps.at(-1)?.at).toBe(Date.parse(at) + 30 * 60_000);
  });

  test('hears the silence of a line when its own time is over', () => {
    const run = simulate(orders, { ...begin, channel: 'voice', inputs: [{ wait: '13s' }] });
    expect(run.state.attempts).toBe(2);
  });

  test('plays a slow and a failing lookup', () => {
    const slow = { lookups: { orders: { answer: { state: 'sent' }, takes: 6_000 } } };
    const inputs: SimulatedInput[] = [{ press: 'track' }, { type: '123456' }, { wait: '10s' }];
    const said = simulate(orders, { ...begin, world: slow, inputs }).steps.flatMap((step) =>
      step.who === 'bot' ? step.says.map(({ text }) => text) : [],
    );
    expect(said.slice(-3)).toEqual(['One moment.', 'Order 123456 is sent.', 'Anything else?']);
    const failing = simulate(orders, { ...begin, inputs: [{ lookup: 'orders', fails: 'failed' }, ...inputs] });
    expect(failing.state).toMatchObject({ status: 'handed_off', node: 'to_agent' });
  });

  test('has agents that come and go', () => {
    const away = simulate(orders, { ...begin, inputs: [{ agents: 'away' }, { press: 'human' }] });
    expect(away.state.node).toBe('leave');
    const busy = { queues: { support: { agentsFree: 0 } } };
    const waited = simulate(orders, { ...begin, world: busy, inputs: [{ press: 'human' }, { wait: '5m' }] });
    expect(waited.state.node).toBe('leave');
    const served = simulate(orders, { ...begin, inputs: [{ press: 'human' }, { wait: '5m' }, { resume: true }] });
    expect(served.state).toMatchObject({ node: 'menu', metAgent: true });
  });

  test('says when an input cannot be done', () => {
    const run = simulate(orders, { ...begin, inputs: [{ press: 'yes' }] });
    expect(run.impossible).toEqual([{ input: 0, why: '“yes” is not offered here' }]);
    expect(run.state.attempts).toBe(0);
  });

  test('begins with the customer’s own words where there are some', () => {
    const run = simulate(orders, { ...begin, opening: 'tracking', inputs: [] });
    expect(run.state.node).toBe('ask_order');
  });
});

describe('a scenario', () => {
  const scenario: Scenario = {
    name: 'An order on its way',
    locale: 'en',
    at,
    world,
    inputs: [{ press: 'track' }, { type: '123456' }, { press: 'no' }],
    expect: {
      node: 'done',
      outcome: 'resolved',
      status: 'ended',
      vars: { order: '123456' },
      says: ['order 123456 is sent'],
      effects: ['lookup', 'end'],
    },
  };

  test.each(scriptChannels)('passes on %s', (channel) => {
    expect(runScenario(orders, scenario, channel)).toMatchObject({ passed: true, failures: [] });
  });

  test('tells what was wanted and what came instead', () => {
    const wrong: Scenario = {
      ...scenario,
      inputs: [{ press: 'track' }, { press: 'no' }],
      expect: { node: 'done', outcome: 'resolved', vars: { order: '1' }, says: ['sent'], effects: ['end'] },
    };
    const { passed, failures } = runScenario(orders, wrong, 'web');
    expect(passed).toBe(false);
    expect(failures.map(({ expected }) => expected)).toEqual(['input', 'node', 'outcome', 'vars', 'says', 'effects']);
    expect(failures[1]).toEqual({ expected: 'node', name: '', wanted: 'done', found: 'ask_order' });
  });

  test('shows how much of the script it went through', () => {
    const { nodes, edges } = coverageOf(orders, [runScenario(orders, scenario, 'web').run]);
    expect(nodes.seen).toEqual(['hello', 'menu', 'ask_order', 'find', 'tell', 'more', 'again_or_end', 'done']);
    expect(edges.seen).toContain('menu:option.track');
    expect(edges.unseen).toContain('menu:option.human');
    expect(edges.share).toBeCloseTo(edges.seen.length / (edges.seen.length + edges.unseen.length));
  });
});
