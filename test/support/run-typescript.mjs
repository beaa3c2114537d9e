/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-argument, typescript/no-unsafe-return -- plain JavaScript, outside the type-checked program */
// Lets plain Node run our sources, whether it strips the types itself or a transformer is hooked into require: only the .js of
// relative imports must become .ts.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    // A front door of ours, before anything is built: its source.
    if (specifier.startsWith('#') && context.parentURL?.endsWith('.ts')) {
      return next(specifier, { ...context, conditions: ['source', ...context.conditions] });
    }
    const source = specifier.replace(/\.js$/, '.ts');
    const isOurs = /^\.{1,2}\//.test(specifier) && context.parentURL?.endsWith('.ts');
    return next(isOurs && existsSync(fileURLToPath(new URL(source, context.parentURL))) ? source : specifier, context);
  },
});
