import { describe, expect, test } from '@jest/globals';
import { readScenarios } from './read-scenarios.js';

const good = `
- name: Tracking
  locale: fa
  at: 2026-03-21T08:30:00Z
  inputs:
    - press: track
    - type: ۱۲۳۴
    - keypad: 12
    - wait: 30m
    - { lookup: orders, fails: timeout }
  expect: { node: done, vars: { order: "1234" } }
`;

describe('a file of scenarios', () => {
  test('is a list, or a list with its name', () => {
    const bare = readScenarios(good);
    expect(bare.problems).toEqual([]);
    const named = readScenarios(`scenarios:${good.replaceAll('\n', '\n  ')}`);
    expect(named).toEqual(bare);
    expect(bare.scenarios[0]?.inputs[2]).toEqual({ keypad: '12' });
  });

  test('says where something is not understood', () => {
    const { scenarios, problems } = readScenarios(good.replace('locale: fa', 'locale: de'));
    expect(scenarios).toEqual([]);
    expect(problems).toMatchObject([{ path: [0, 'locale'], line: 3, column: 11 }]);
  });

  test('says where it is no YAML', () => {
    expect(readScenarios('- name: "open\n').problems[0]).toMatchObject({ line: 2 });
  });

  test.each([
    ['nothing', ''],
    ['a number', '5'],
    ['a number in its place', 'scenarios: 5'],
    ['a circle', '&a [*a]'],
    ['a circle inside', '- inputs: &a [*a]'],
    ['no list', '{}'],
    ['brackets thousands deep', '['.repeat(20_000)],
  ])('refuses %s', (_name, source) => {
    const { scenarios, problems } = readScenarios(source);
    expect(scenarios).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });
});
