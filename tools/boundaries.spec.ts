import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve('.');
let tree: string;

/** A small Peyk in which each file breaks one rule, and some break none. */
const planted: Record<string, string> = {
  'libs/channels/src/index.ts': 'export const channels = 1;',
  'libs/channels/src/inner.ts': 'export const inner = 1;',
  'libs/tickets/src/index.ts': 'export const tickets = 1;',
  'libs/bots/src/index.ts': 'export const bots = 1;',
  'config/index.ts': 'export const config = 1;',
  'apps/hub/src/contract/index.ts': `export type * from './views.js';`,
  'apps/hub/src/contract/views.ts': 'export interface View { id: string }',
  'apps/hub/src/fine.ts': `import { channels } from '#channels'; import { config } from '#config'; import type { View } from '#contract'; export const x: [View | null, unknown] = [null, [channels, config]];`,
  'libs/channels/src/fine.ts': `import { inner } from './inner.js'; export const x = inner;`,
  'libs/channels/src/type-cycle-a.ts': `import type { B } from './type-cycle-b.js'; export interface A { b: B }`,
  'libs/channels/src/type-cycle-b.ts': `import type { A } from './type-cycle-a.js'; export interface B { a: A }`,

  'apps/hub/src/relative.ts': `import { channels } from '../../../libs/channels/src/index.js'; export const x = channels;`,
  'apps/hub/src/deep.ts': `import { inner } from '../../../libs/channels/src/inner.js'; export const x = inner;`,
  'libs/channels/src/cycle-a.ts': `import { b } from './cycle-b.js'; export const a = () => b;`,
  'libs/channels/src/cycle-b.ts': `import { a } from './cycle-a.js'; export const b = () => a;`,
  'libs/channels/src/upward.ts': `import { tickets } from '#tickets'; export const x = tickets;`,
  'libs/tickets/src/sideways.ts': `import { bots } from '#bots'; export const x = bots;`,
  'libs/bots/src/sideways.ts': `import { tickets } from '#tickets'; export const x = tickets;`,
  'config/curious.ts': `import { channels } from '#channels'; export const x = channels;`,
  'libs/channels/src/email/storing.ts': `import pg from 'pg'; export const x = pg;`,
  'libs/channels/src/sms/storing.ts': `import { save } from '../customers/save.js'; export const x = save;`,
  'libs/channels/src/customers/save.ts': 'export const save = 1;',
  'libs/channels/src/telegram/asking.ts': `import { ask } from '../asking.js'; export const x = ask;`,
  'libs/channels/src/asking.ts': `import pg from 'pg'; export const ask = pg;`,
  'libs/channels/src/framed.ts': `import { Injectable } from '@nestjs/common'; export const x = Injectable;`,
  'libs/tickets/src/framed.ts': `import { far } from './far.js'; export const x = far;`,
  'libs/tickets/src/far.ts': `import { farther } from './farther.js'; export const far = farther;`,
  'libs/tickets/src/farther.ts': `import { DataSource } from 'typeorm'; export const farther = DataSource;`,
  'apps/agent-ui/src/nosy.ts': `import { x } from '../../hub/src/fine.js'; export const y = x;`,
  'apps/hub/src/contract/heavy.ts': `import { x } from '../fine.js'; export const y = x;`,
  'apps/agent-ui/src/code.ts': `import { y } from '../../hub/src/contract/heavy.js'; export const z = y;`,
  'apps/agent-ui/src/features/a/a.ts': `import { b } from '../b/b.js'; export const a = b;`,
  'apps/agent-ui/src/features/b/b.ts': 'export const b = 1;',
  'apps/hub/src/testing.ts': `import { help } from '../../../test/help.js'; export const x = help;`,
  'test/help.ts': 'export const help = 1;',
};

const expected: [rule: string, from: string][] = [
  ['through-the-front-door', 'apps/hub/src/relative.ts'],
  ['no-deep-imports', 'apps/hub/src/deep.ts'],
  ['no-cycles', 'libs/channels/src/cycle-a.ts'],
  ['channels-depend-on-nobody', 'libs/channels/src/upward.ts'],
  ['tickets-know-channels-only', 'libs/tickets/src/sideways.ts'],
  ['bots-know-channels-only', 'libs/bots/src/sideways.ts'],
  ['config-knows-nobody', 'config/curious.ts'],
  ['adapters-do-not-store', 'libs/channels/src/email/storing.ts'],
  ['adapters-do-not-store', 'libs/channels/src/sms/storing.ts'],
  ['adapters-do-not-store', 'libs/channels/src/telegram/asking.ts'],
  ['libraries-need-no-framework', 'libs/channels/src/framed.ts'],
  ['libraries-need-no-framework', 'libs/tickets/src/framed.ts'],
  ['libraries-need-no-framework', 'libs/tickets/src/far.ts'],
  ['libraries-need-no-framework', 'libs/tickets/src/farther.ts'],
  ['console-sees-only-the-contract', 'apps/agent-ui/src/nosy.ts'],
  ['console-imports-types-of-the-contract', 'apps/agent-ui/src/code.ts'],
  ['contract-is-types-only', 'apps/hub/src/contract/heavy.ts'],
  ['features-stand-alone', 'apps/agent-ui/src/features/a/a.ts'],
  ['not-to-tests', 'apps/hub/src/testing.ts'],
];

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'peyk-boundaries-'));
  for (const [path, text] of Object.entries(planted)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }
  const { imports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { imports: object };
  await writeFile(
    join(tree, 'package.json'),
    JSON.stringify({ type: 'module', imports, dependencies: { pg: '*', typeorm: '*', '@nestjs/common': '*' } }),
  );
  await writeFile(join(tree, 'tsconfig.json'), await readFile(join(root, 'tsconfig.json')));
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
});
afterAll(() => rm(tree, { recursive: true, force: true }));

describe('the direction of knowledge', () => {
  it('is proven: every planted violation is caught, and nothing that is allowed', () => {
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const cruise = spawnSync(
      process.execPath,
      [program, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'apps', 'libs', 'config'],
      {
        cwd: tree,
        encoding: 'utf8',
      },
    );
    const { summary } = JSON.parse(cruise.stdout) as {
      summary: { violations: { rule: { name: string }; from: string }[] };
    };
    const found = summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
    expect([...new Set(found)].toSorted()).toEqual(expected.map((pair) => pair.join(' ')).toSorted());
  });
});
