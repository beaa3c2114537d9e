/** Where to die: FAILPOINT=name:kill[:nth], the nth hit counted from 1. Chaos runs alone resolve `#failpoint` to this file. */
// oxlint-disable-next-line node/no-process-env -- A chaos run's plan is no configuration of the product.
const [plannedName, action, nth = '1'] = (process.env['FAILPOINT'] ?? '').split(':');
let hits = 0;

/** Kills this process, without any goodbye, when the plan says so. */
export function failpoint(name: string): void {
  if (action !== 'kill' || name !== plannedName) {
    return;
  }
  hits += 1;
  if (hits === Number(nth)) {
    process.kill(process.pid, 'SIGKILL');
  }
}
