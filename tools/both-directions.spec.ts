import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import stylelint from 'stylelint';

const root = join(import.meta.dirname, '..');
const source = join(root, 'apps/agent-ui/src');

/** What says left or right in a component: inline styles, and the short names of the library's spaces. */
const physical =
  /\b(?:marginLeft|marginRight|paddingLeft|paddingRight|borderLeft|borderRight)\b|\s(?:ml|mr|pl|pr)=[{"]|\b(?:left|right): ?["'\d]|textAlign: ?'(?:left|right)'|\bta="(?:left|right)"/u;

const physicalLines = (text: string) => text.split('\n').filter((line) => physical.test(line));

describe('a page that is read in both directions', () => {
  it('says in no component left or right', () => {
    const components = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.tsx'),
    );
    expect(components.length).toBeGreaterThan(100);
    const found = components.flatMap((file) => physicalLines(readFileSync(join(source, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it.each([
    'style={{ marginLeft: 8 }}',
    '<Stack ml="md">',
    "style={{ left: '4px' }}",
    "style={{ textAlign: 'right' }}",
    '<Text ta="left">',
  ])('is found out where a component says it: %s', (line) => {
    expect(physicalLines(line)).toEqual([line]);
  });

  it.each([
    'margin-left: 4px',
    'right: 0',
    'text-align: right',
    'float: left',
    'border-top-left-radius: 4px',
    'padding: 1px 2px 3px 4px',
    'inset: 0 8px 0 0',
  ])('is found out where a stylesheet says it: %s', async (declaration) => {
    const { results } = await stylelint.lint({
      code: `.row { ${declaration}; }`,
      configFile: join(root, '.stylelintrc.json'),
    });
    expect(results.flatMap(({ warnings }) => warnings).length).toBe(1);
  });

  it.each(['margin-inline-start: 4px', 'padding: 1px 2px 3px 2px', 'text-align: start', 'inset-inline: 0'])(
    'may say how lines run: %s',
    async (declaration) => {
      const { results } = await stylelint.lint({
        code: `.row { ${declaration}; }`,
        configFile: join(root, '.stylelintrc.json'),
      });
      expect(results.flatMap(({ warnings }) => warnings)).toEqual([]);
    },
  );
});
