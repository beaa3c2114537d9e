/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- Plain JavaScript, which runs before anything is compiled. */
// `npm start`: checks Node, builds when something changed, and becomes the hub. One process, so that a signal reaches it.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `Peyk needs Node 22.12 or newer and this is ${process.versions.node}. Run it as "npm start" after "npm ci", which brings ` +
      'Node 24 along on Linux and Windows, or install a newer Node from https://nodejs.org.',
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
  await import('../dist/apps/hub/src/main.js');
}
