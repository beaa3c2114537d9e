/* oxlint-disable typescript/no-unsafe-assignment -- Plain JavaScript. */
/**
 * The direction of knowledge (docs/ARCHITECTURE.md), proven on every check. tools/boundaries.spec.ts plants a violation of
 * each rule and sees it caught.
 */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const specs = '\\.spec\\.ts$|/contract/[^/]+-contract\\.ts$';
const frameworks = 'node_modules/(@nestjs|fastify|@fastify|socket\\.io|typeorm)/';
const databases = 'node_modules/(typeorm|pg|bullmq|ioredis)/';
const stores = `${frameworks}|${databases}|^libs/channels/src/(customers|conversations|outbox|accounts|search|intake)/`;

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'A file that needs itself cannot be understood alone. Types may go in circles, code may not.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    rule(
      'no-deep-imports',
      'A room shows its index.ts and nothing else.',
      { path: '^(libs/[^/]+|config|apps/[^/]+)/' },
      { path: '^(libs/[^/]+|config)/', pathNot: ['^$1/', '^libs/[^/]+/src/index\\.ts$', '^config/index\\.ts$'] },
    ),
    rule(
      'through-the-front-door',
      'Import #channels, #tickets, #bots or #config; a relative path between rooms breaks in the build.',
      { path: '^(libs/[^/]+|config|apps/[^/]+)/' },
      {
        path: ['^libs/[^/]+/src/index\\.ts$', '^config/index\\.ts$'],
        pathNot: '^$1/',
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    ),
    rule(
      'channels-depend-on-nobody',
      'channels is what the others stand on.',
      { path: '^libs/channels/' },
      { path: '^(apps|config|libs/(tickets|bots))/' },
    ),
    rule(
      'tickets-know-channels-only',
      'tickets and bots never know each other.',
      { path: '^libs/tickets/' },
      { path: '^(apps|config|libs/bots)/' },
    ),
    rule(
      'bots-know-channels-only',
      'tickets and bots never know each other.',
      { path: '^libs/bots/' },
      { path: '^(apps|config|libs/tickets)/' },
    ),
    rule(
      'config-knows-nobody',
      'config reads the environment for all and knows none of them.',
      { path: '^config/' },
      { path: '^(apps|libs)/' },
    ),
    rule(
      'libraries-need-no-framework',
      'A library computes and stores by what it is handed: it needs no Nest, TypeORM or Fastify, nor anything that does.',
      { path: '^libs/', pathNot: specs },
      { path: frameworks, reachable: true },
    ),
    rule(
      'adapters-do-not-store',
      'An adapter runs in a bare script: no database, no Nest, none of the rooms that store, nor anything that needs them.',
      { path: '^libs/channels/src/(email|sms|telegram|web|phone|messages|wire)/', pathNot: specs },
      { path: stores, reachable: true },
    ),
    rule(
      'console-sees-only-the-contract',
      'The browser gets nothing of the server but its shapes.',
      { path: '^apps/agent-ui/' },
      {
        path: '^(apps/hub|libs|config)/',
        pathNot: '^apps/hub/src/contract/',
      },
    ),
    rule(
      'console-imports-types-of-the-contract',
      'import type: the contract has no code to import.',
      { path: '^apps/agent-ui/' },
      {
        path: '^apps/hub/src/contract/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'contract-is-types-only',
      'The contract must cost a browser nothing.',
      { path: '^apps/hub/src/contract/' },
      { dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'features-stand-alone',
      'What two features share lives in src/ui or src/live.',
      { path: '^apps/agent-ui/src/features/([^/]+)/' },
      {
        path: '^apps/agent-ui/src/features/',
        pathNot: '^apps/agent-ui/src/features/$1/',
      },
    ),
    rule(
      'not-to-tests',
      'What ships does not need what tests it.',
      { path: '^(apps|libs|config)/', pathNot: specs },
      { path: `${specs}|^test/|^bench/|^tools/` },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
