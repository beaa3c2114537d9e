/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- Plain JavaScript, which runs before anything is compiled. */
// `npm run demo`: builds when something changed and becomes a hub with simulated customers, agents and providers in it.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `The demo needs Node 22.12 or newer and this is ${process.versions.node}. Run it as "npm run demo" after "npm ci".`,
  );
  process.exit(1);
}
await start();

async function start() {
  const { build, isStale } = await import('./build.mjs');
  try {
    if (isStale()) {
      console.log('Building. This takes a moment after every change.');
      build();
    }
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  await import('../dist/tools/demo/run-demo.js');
}
