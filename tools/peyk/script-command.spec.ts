import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptCommand } from './script-command.js';

const folder = mkdtempSync(join(tmpdir(), 'peyk-script-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = `format: hub-script/1
id: tiny
title: { en: Tiny }
locales: [en]
default_locale: en
channels: [web, sms]
start: { default: menu }
fallback: person
nodes:
  menu:
    do: ask
    message: { text: { en: "Which?" } }
    options:
      - { id: bye, label: { en: Goodbye }, dtmf: "1", next: bye }
      - { id: person, label: { en: A person }, dtmf: "0", next: person }
  bye: { do: end, message: { text: { en: Farewell } }, outcome: resolved }
  person: { do: handoff, onUnavailable: bye }
`;
const scenarios = (outcome: string) => `- name: Leaves
  locale: en
  at: 2026-03-21T08:30:00Z
  inputs: [{ press: bye }]
  expect: { outcome: ${outcome}, says: [Farewell] }
`;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function peyk(...words: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await scriptCommand(words, { usage: 'USAGE', write: (text) => void (out += text) });
  return { code, out };
}

describe('npm run peyk -- script', () => {
  test('tests a script by the scenarios beside it, on every channel, and shows what they have not seen', async () => {
    file('tiny.scenarios.yaml', scenarios('resolved'));
    const { code, out } = await peyk('test', file('tiny.yaml', script));
    expect(out).toContain('ok     Leaves (web)\nok     Leaves (sms)\n');
    expect(out).toContain('Nodes: 2 of 3 (67 %); not seen: person');
    expect(out).toContain('All 2 runs passed.');
    expect(code).toBe(0);
  });

  test('fails with what was wanted, what came and the whole conversation', async () => {
    const path = file('tiny.yaml', script);
    const { code, out } = await peyk(
      'test',
      path,
      '--scenarios',
      file('other.yaml', scenarios('abandoned')),
      '--channel',
      'sms',
    );
    expect(code).toBe(1);
    expect(out).toContain('FAILED Leaves (sms)\n         outcome: wanted "abandoned", found "resolved"');
    expect(out).toContain('1) Goodbye');
    expect(out).toContain('1 of 1 runs failed.');
  });

  test('says what is wrong with a script by line and column', async () => {
    const path = file('broken.yaml', script.replace('next: bye }', 'next: nowhere }'));
    const { code, out } = await peyk('check', path);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`${path}:14:\\d+  error  .*nowhere`, 'u'));
  });

  test('tells another program as JSON', async () => {
    file('tiny.scenarios.yaml', scenarios('resolved'));
    const { code, out } = await peyk('test', file('tiny.yaml', script), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      passed: true,
      problems: expect.any(Array),
      coverage: { nodes: { share: 2 / 3 } },
    });
  });

  test('plays the scripts that a script calls from the files beside it', async () => {
    const calling = script.replace('bye: { do: end', 'bye: { do: call, script: inner, next: over }\n  over: { do: end');
    file('inner.yaml', script.replace('id: tiny', 'id: inner').replace('Which?', 'And now?'));
    const path = file('outer.yaml', calling);
    file(
      'outer.scenarios.yaml',
      scenarios('resolved')
        .replace('{ press: bye }', '{ press: bye }, { press: bye }')
        .replace('[Farewell]', '["And now?"]'),
    );
    expect((await peyk('test', path)).out).toContain('All 2 runs passed.');
    rmSync(join(folder, 'inner.yaml'));
    const without = await peyk('test', path);
    expect(without.code).toBe(1);
    expect(without.out).toContain('inner');
  });

  test('passes no script that has no scenarios', async () => {
    const { code, out } = await peyk('test', file('lonely.yaml', script));
    expect(out).toContain('There are no scenarios');
    expect(code).toBe(1);
  });

  test('shows where a conversation of the past would have gone another way', async () => {
    const path = file('tiny.yaml', script);
    const lines = [
      { at: 0, who: 'customer', text: 'hello' },
      { at: 1, who: 'bot', text: 'Which?' },
      { at: 9, who: 'customer', text: 'Goodbye', option: 'bye' },
      { at: 10, who: 'bot', text: 'See you' },
    ];
    const { code, out } = await peyk('replay', path, '--talk', file('talk.json', JSON.stringify(lines)));
    expect(out).toMatch(/at “\[bye\]”\n  - See you\n  \+ Farewell\n$/u);
    expect(code).toBe(0);
    const same = await peyk('replay', path, '--talk', file('talk.json', JSON.stringify(lines)), '--before', path);
    expect(same.out).toMatch(/Nothing would have gone differently\.\n$/u);
  });

  test('lists the recordings that a Persian phone line needs', async () => {
    const { out } = await peyk('prompts', 'libs/bots/src/engine/fixtures/orders.yaml');
    const names = out.trim().split('\n');
    expect(names).toEqual(expect.arrayContaining(['prompts/menu.fa.wav', 'prompts/pick2.fa.wav', 'numbers/fa/20.wav']));
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    [[]],
    [['test']],
    [['fly', 'x.yaml']],
    [['test', 'x.yaml', '--channel', 'fax']],
    [['test', 'x.yaml', '--nonsense']],
  ])('explains itself for %j', async (words) => {
    expect(await peyk(...words)).toEqual({ code: 2, out: 'USAGE' });
  });

  test('says that a file is not there', async () => {
    const { code, out } = await peyk('check', join(folder, 'absent.yaml'));
    expect(code).toBe(2);
    expect(out).toContain('absent.yaml');
  });
});
