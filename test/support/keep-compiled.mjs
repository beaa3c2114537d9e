/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- plain JavaScript, outside the type-checked program */
import vm from 'node:vm';

/*
 * Jest compiles every module anew for every file of tests: a thousand of them, a third of what a file costs before its first test. V8
 * takes back what it made of the same text before, so this process keeps it. Jest reads both from node:vm whenever it compiles. V8
 * refuses all of it once a test has set one of its flags: then it is made anew.
 */

const modules = new Map();
vm.SourceTextModule = new Proxy(vm.SourceTextModule, {
  construct(Kind, [code, options]) {
    const cachedData = modules.get(code);
    if (cachedData) {
      try {
        return new Kind(code, { ...options, cachedData });
      } catch (error) {
        if (error.code !== 'ERR_VM_MODULE_CACHED_DATA_REJECTED') {
          throw error;
        }
      }
    }
    const compiled = new Kind(code, options);
    modules.set(code, compiled.createCachedData());
    return compiled;
  },
});

const functions = new Map();
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) => {
  const cachedData = functions.get(code);
  const wish = cachedData ? { cachedData } : { produceCachedData: true };
  const compiled = compileFunction(code, parameters, { ...options, ...wish });
  if (compiled.cachedDataRejected) {
    functions.delete(code);
  } else if (!cachedData && compiled.cachedData) {
    functions.set(code, compiled.cachedData);
  }
  return compiled;
};
