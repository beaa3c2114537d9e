import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildPage, root } from './support/build-pages.js';

let folder: string;

beforeAll(async () => {
  await buildPage('widget');
  folder = mkdtempSync(join(tmpdir(), 'peyk-types-'));
  copyFileSync(join(root, 'dist/widget/widget.d.ts'), join(folder, 'widget.d.ts'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler has against a page's script beside the served file. */
function faultsOf(script: string): string[] {
  const file = join(folder, 'page.ts');
  writeFileSync(file, `/// <reference path="./widget.d.ts" />\n${script}\nexport {};\n`);
  const options = [
    '--noEmit',
    '--strict',
    '--ignoreConfig',
    '--types',
    '',
    '--lib',
    'es2022,dom',
    '--target',
    'es2022',
  ];
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), ...options, file], {
    encoding: 'utf8',
  });
  return stdout.match(/TS\d+/g) ?? [];
}

describe('the types that the hub serves', () => {
  it('stand alone and know every call of a page', () => {
    const script = `
      addEventListener('peyk-chat:ready', () => {
        window.PeykChat?.open();
        window.PeykChat?.identify(() => fetch('/chat-token').then((answer) => answer.text()));
        const stop = window.PeykChat?.on('message', ({ body, from }) => console.log(from, body.length));
        window.PeykChat?.on('unread', (count) => count.toFixed());
        window.PeykChat?.on('identity', ({ state, reason }) => console.log(state === 'refused' && reason));
        stop?.();
        window.PeykChat?.reset();
      });`;
    expect(faultsOf(script)).toEqual([]);
  });

  it('know what is no call', () => {
    expect(faultsOf(`window.PeykChat?.setLocale('de');`)).toEqual(['TS2345']);
    expect(faultsOf(`window.PeykChat?.on('nothing', () => undefined);`)).toEqual(['TS2345']);
  });
});
