import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { readScript } from './read-script.js';
import { scriptJsonSchema } from './script.js';

const good = readFileSync(new URL('./fixtures/good.yaml', import.meta.url), 'utf8');

/** The first problem of a script in which one place was changed. */
function problemOf(source: string) {
  const { problems, script } = readScript(source);
  return { ...problems[0], script, count: problems.length };
}

describe('reading a script', () => {
  it('reads YAML and the same script as JSON alike, without a problem', () => {
    const yaml = readScript(good);
    const json = readScript(JSON.stringify(parse(good), null, '\t'));

    expect(yaml.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(yaml.script?.nodes['menu']?.do).toBe('ask');
    expect(json.script).toEqual(yaml.script);
  });

  it('says where an unknown key stands and what was probably meant', () => {
    const problem = problemOf(good.replace('    timeout: {', '    timeuot: {'));

    expect(problem).toMatchObject({
      code: 'unknown_key_like',
      path: ['nodes', 'menu', 'timeuot'],
      node: 'menu',
      column: 5,
      values: { key: 'timeuot', meant: 'timeout' },
      script: null,
    });
    expect(good.split('\n')[(problem.line ?? 0) - 1]).toContain('timeout: {');
  });

  it.each([
    [
      'a key of the phone without quotes',
      good.replace('dtmf: "1"', 'dtmf: 1'),
      'needs_quotes',
      ['nodes', 'menu', 'options', 0, 'dtmf'],
    ],
    [
      'a length of time in words',
      good.replace('voice: 6s', 'voice: 6 seconds'),
      'bad_duration',
      ['nodes', 'menu', 'timeout', 'after', 'voice'],
    ],
    ['a node that does nothing known', good.replace('do: branch', 'do: jump'), 'unknown_do', ['nodes', 'worth', 'do']],
    [
      'a node that does not say what it does',
      good.replace('    do: branch\n', ''),
      'missing_do',
      ['nodes', 'worth', 'do'],
    ],
    ['a missing way on', good.replace('    next: count_up\n', ''), 'missing', ['nodes', 'told', 'next']],
    [
      'a lookup without onError',
      good.replace('    next: told\n    onError: to_agent\n', '    next: told\n'),
      'missing',
      ['nodes', 'look', 'onError'],
    ],
    [
      'a hand-off without onUnavailable',
      good.replace('    onUnavailable: closed\n', ''),
      'missing',
      ['nodes', 'to_agent', 'onUnavailable'],
    ],
    [
      'a branch without otherwise',
      good.replace('    otherwise: bye\n', ''),
      'missing',
      ['nodes', 'worth', 'otherwise'],
    ],
    [
      'a comparison that there is not',
      good.replace('op: gte', 'op: atleast'),
      'not_one_of',
      ['nodes', 'worth', 'cases', 0, 'when', 'all', 0, 'op'],
    ],
    ['a name with capitals', good.replace('  told:', '  Told:'), 'bad_name', ['nodes', 'Told']],
    [
      'a language that Peyk does not have',
      good.replace('locales: [en, fa]', 'locales: [en, fr]'),
      'not_one_of',
      ['locales', 1],
    ],
    ['an empty text', good.replace('en: Goodbye!', 'en: ""'), 'empty_text', ['nodes', 'bye', 'message', 'text', 'en']],
  ])('refuses %s and names the place', (_, source, code, path) => {
    expect(problemOf(source)).toMatchObject({ severity: 'error', code, path, script: null, line: expect.any(Number) });
  });

  it('refuses an eleventh option', () => {
    const script = parse(good) as { nodes: { menu: { options: { id: string }[] } } };
    const [first] = script.nodes.menu.options;
    script.nodes.menu.options = Array.from({ length: 10 }, (_, index) => ({ ...first, id: `o${index}` }));

    expect(problemOf(stringify(script, { aliasDuplicateObjects: false }))).toMatchObject({
      code: 'too_many_options',
      values: { max: 9 },
    });
  });

  it.each([
    ['an alias', 'a: &x {b: 1}\nc: *x', 'alias'],
    ['a bomb of aliases', `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]`, 'alias'],
    ['a tag', 'a: !!js/function "x"', 'tag'],
    ['a prototype key', '__proto__: {format: x}', 'reserved_name'],
    ['a constructor', 'nodes: {constructor: {do: end}}', 'reserved_name'],
    ['a name written twice', 'id: a\nid: b', 'duplicate_key'],
    ['a tab', 'nodes:\n\ta: 1', 'tab_indent'],
    ['a second document', 'a: 1\n---\nb: 2', 'several_documents'],
    ['an unfinished text', 'a: "x', 'syntax'],
    ['nothing', ' \n', 'nothing_written'],
    ['brackets without end', '['.repeat(200_000), 'too_deep'],
    ['dashes without end', '- '.repeat(100_000), 'too_deep'],
    ['a text of a megabyte', `# ${'x'.repeat(1_000_000)}`, 'too_large'],
    ['a colon in a plain text', 'a: {b: one: two}', 'colon_in_text'],
  ])('refuses %s', (_, source, code) => {
    expect(problemOf(source)).toMatchObject({ severity: 'error', code, script: null });
  });

  it('never throws, whatever is cut out of a script', () => {
    for (let at = 0; at < good.length; at += 97) {
      expect(() => readScript(good.slice(0, at) + good.slice(at + 40))).not.toThrow();
    }
  });

  it('finds nothing wrong with the script that the handbook begins with', () => {
    const handbook = readFileSync(new URL('../../../../docs/scripts.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n(format: [\s\S]*?)```/u.exec(handbook) ?? [];

    expect(readScript(example)).toMatchObject({ script: { id: 'order_help' }, problems: [] });
  });

  it('publishes its format as JSON Schema', () => {
    const schema = scriptJsonSchema();

    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.stringify(schema)).toContain('"onUnavailable"');
  });

  it('answers soon whatever it is given at its full length', () => {
    const startedAt = performance.now();
    const repeated = Array.from({ length: 20_000 }, (_, at) => `${at.toString(36)}:`).join(',\n');
    const { problems } = readScript(`{${repeated}}`);
    expect(problems).not.toHaveLength(0);
    expect(problems.length).toBeLessThanOrEqual(200);
    // Comparing every key with every other took more than ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  }, 60_000);
});
