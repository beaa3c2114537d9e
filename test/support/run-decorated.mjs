/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-argument, typescript/no-unsafe-return -- plain JavaScript, outside the type-checked program */
// Lets plain Node run the hub from its sources. Node only strips types; decorators and their metadata need the transformer that
// Jest uses, with the same settings.
import './run-typescript.mjs';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import jest from '../../jest.config.js';

const [, settings] = jest.transform['\\.ts$'];

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.ts')) {
      return next(url, context);
    }
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...settings, filename, swcrc: false });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
