import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildPage, root } from './support/build-pages.js';

const kilobyte = 1_000;
const consoleFolder = join(root, 'dist/agent-ui');
const widgetFolder = join(root, 'dist/widget');

/** What a file weighs on the wire. */
const weigh = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + weigh(file), 0);

beforeAll(async () => {
  await buildPage('console');
  await buildPage('widget');
}, 120_000);

describe('the weight of the console', () => {
  it('is at most 250 kB of script before the inbox shows', () => {
    expect(sum(firstScripts()) / kilobyte).toBeLessThanOrEqual(250);
  });

  it('is at most 20 kB of styles before the inbox shows, and at most 4 kB in each part that is opened later', () => {
    const page = readFileSync(join(consoleFolder, 'index.html'), 'utf8');
    const first = [...page.matchAll(/href="[^"]*?(assets\/[^"]+\.css)"/g)].map(([, path]) =>
      join(consoleFolder, path ?? ''),
    );
    const later = readdirSync(join(consoleFolder, 'assets'))
      .filter((name) => name.endsWith('.css'))
      .map((name) => join(consoleFolder, 'assets', name))
      .filter((file) => !first.includes(file));
    expect(first.length).toBeGreaterThan(0);
    expect(sum(first) / kilobyte).toBeLessThanOrEqual(20);
    expect(later.filter((file) => weigh(file) > 4 * kilobyte)).toEqual([]);
  });

  it('counts what scripts import, and not what they load when it is asked for', () => {
    const names = [...firstScripts()].map((file) => file.slice(join(consoleFolder, 'assets/').length));
    expect(names.some((name) => name.startsWith('react-'))).toBe(true);
    expect(
      names.filter((name) =>
        /^(palette|key-help|settings-page|merge-form|offers|account-menu|explain-dialog|place-chips)-/.test(name),
      ),
    ).toEqual([]);
  });
});

describe('the weight of the chat widget', () => {
  it('is at most 2 kB on every page, and at most 30 kB once it is opened', () => {
    expect(weigh(join(widgetFolder, 'widget.js')) / kilobyte).toBeLessThanOrEqual(2);
    expect(sum(widgetScripts('chat')) / kilobyte).toBeLessThanOrEqual(30);
  });

  it('is at most 8 kB more for the forms, files and copies that few visitors want', () => {
    expect(sum(widgetScripts('parts')) / kilobyte).toBeLessThanOrEqual(8);
  });
});

/** The scripts of the widget by the beginning of their names; there is one of each. */
function widgetScripts(name: 'chat' | 'parts'): string[] {
  const found = readdirSync(widgetFolder).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
  expect(found).toHaveLength(1);
  return found.map((file) => join(widgetFolder, file));
}

/** The scripts that the page names, what they import by name, and the heavier of the two languages. */
function firstScripts(): Set<string> {
  const html = readFileSync(join(consoleFolder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => join(consoleFolder, path ?? ''));
  const texts = readdirSync(join(consoleFolder, 'assets')).filter((name) => /^(en|fa)-.*\.js$/.test(name));
  const heavier = texts.map((name) => join(consoleFolder, 'assets', name)).toSorted((a, b) => weigh(b) - weigh(a));
  return withImports([...named, ...heavier.slice(0, 1)]);
}

function withImports(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) {
      return;
    }
    found.add(file);
    const script = readFileSync(file, 'utf8');
    for (const [, path] of script.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
      follow(join(file, '..', path ?? ''));
    }
  };
  files.forEach(follow);
  return found;
}
