const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: '<rootDir>/test/support/lean-environment.ts',
  testEnvironmentOptions: { customExportConditions: ['source', 'chaos', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its own `source` is TypeScript that nothing here would translate.
    '^@internationalized/date$': '<rootDir>/node_modules/@internationalized/date/dist/index.mjs',
  },
  testMatch: ['<rootDir>/{libs,config,apps,test,tools}/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/support/start-cluster.ts',
  globalTeardown: '<rootDir>/test/support/stop-cluster.ts',
  testTimeout: 60_000,
  // Much of a test is waiting: three keep two cores busy.
  maxWorkers: 3,
  // Modules of past specs are never let go of: after some hundred of them a worker would die of its heap. As it only grows, `npm test` begins
  // with room for most of it, which spares a sixth of the processor's time that went into looking for what could be freed.
  workerIdleMemoryLimit: '1500MB',
};
