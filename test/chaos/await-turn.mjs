/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-call, typescript/no-unsafe-member-access -- plain JavaScript, outside the type-checked program */
// Preloaded into a hub that stands by: loads its modules, then waits for a word on standard input before its main file runs. A matrix
// of a hundred crashes spends most of its time loading the same modules otherwise.
await import(process.env['CHAOS_WARM_UP']);
await new Promise((resolve) => {
  process.stdin.once('data', resolve);
});
process.stdin.destroy();
