/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-argument, typescript/no-unsafe-return -- plain JavaScript, outside the type-checked program */
// Lets plain Node run the hub from its sources. Node only strips types; decorators and their metadata need the transformer that
// Jest uses, with the same settings. What was transformed and compiled once is kept: a test starts many such processes.
import './run-typescript.mjs';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import jest from '../../jest.config.js';

const [, settings] = jest.transform['\\.ts$'];
const root = resolve(import.meta.dirname, '../..');
const kept = join(root, 'node_modules/.cache/peyk-sources');
const require = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(require.resolve('@swc/core/package.json'), 'utf8'));
const given = JSON.stringify([settings, version, process.version]);
let isNew = false;

mkdirSync(kept, { recursive: true });
enableCompileCache(join(kept, 'compiled'));

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.ts')) {
      return next(url, context);
    }
    return { format: 'module', source: transform(fileURLToPath(url)), shortCircuit: true };
  },
});

/** A file's JavaScript, with what it was made from in its last line: one that was made from something else is made again. */
function transform(filename) {
  const source = readFileSync(filename, 'utf8');
  const stamp = `\n//${createHash('sha1').update(given).update(source).digest('hex')}\n`;
  const file = join(kept, `${relative(root, filename).replaceAll(/[\\/]/g, '+')}.js`);
  const before = readIfThere(file);
  if (before.endsWith(stamp)) {
    return before;
  }
  if (!isNew) {
    isNew = true;
    // Node writes what it compiled when a process ends by itself, and these are killed.
    setTimeout(() => flushCompileCache(), 0);
  }
  const { code } = require('@swc/core').transformSync(source, { ...settings, filename, swcrc: false });
  // Others start at the same time: a file is there whole or not at all.
  writeFileSync(`${file}.${process.pid}`, code + stamp);
  renameSync(`${file}.${process.pid}`, file);
  return code + stamp;
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
