import { readFileSync } from 'node:fs';

/**
 * Where to die: FAILPOINT=name:kill[:nth], the nth hit counted from 1. FAILPOINT_FILE names a file that says the same and may change
 * while the hub runs. Chaos runs alone resolve `#failpoint` to this file.
 */
// oxlint-disable-next-line node/no-process-env -- A chaos run's plan is no configuration of the product.
const { FAILPOINT: fixedPlan = '', FAILPOINT_FILE: planFile } = process.env;
const hits = new Map<string, number>();

/** Kills this process, without any goodbye, when the plan says so. */
export function failpoint(name: string): void {
  const plan = planFile === undefined ? fixedPlan : read(planFile);
  const [plannedName, action, nth = '1'] = plan.trim().split(':');
  if (action !== 'kill' || name !== plannedName) {
    return;
  }
  const count = (hits.get(plan) ?? 0) + 1;
  hits.set(plan, count);
  if (count === Number(nth)) {
    process.kill(process.pid, 'SIGKILL');
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
