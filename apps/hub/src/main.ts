import nodeModule from 'node:module';
import { resolve } from 'node:path';

// Compiling the libraries is the longest part of a start. Beside the build, where nobody else writes; not at all when read-only.
nodeModule.enableCompileCache(resolve(import.meta.dirname, '../../../.compiled'));

const { runHub } = await import('./run-hub.js');
await runHub();
