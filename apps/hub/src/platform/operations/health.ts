import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

export interface Readiness {
  ready: boolean;
  /** Each check by name: whether it passed. */
  checks: Record<string, boolean>;
}

/** The longest a check may take before it counts as failed, and how long an answer is good for. */
const patienceMs = 1000;
const freshMs = 250;

/** Whether this process can do its work now. Rooms add what they depend on; a check that is late or throws has failed. */
@Injectable()
export class Health implements OnModuleDestroy {
  private readonly checks = new Map<string, () => Promise<boolean>>();
  private last: { at: number; answer: Promise<Readiness> } | null = null;

  /** While what runs is let end, load balancers send nothing new. */
  onModuleDestroy(): void {
    this.add('staying', () => Promise.resolve(false));
    this.last = null;
  }

  add(name: string, check: () => Promise<boolean>): void {
    this.checks.set(name, check);
  }

  /** Asks all checks at once. Questions that come in quick succession share one answer, so that asking is no attack. */
  ask(): Promise<Readiness> {
    const now = performance.now();
    if (this.last === null || now - this.last.at > freshMs) {
      this.last = { at: now, answer: this.run() };
    }
    return this.last.answer;
  }

  private async run(): Promise<Readiness> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await passes(check)] as const),
    );
    return { ready: results.every(([, passed]) => passed), checks: Object.fromEntries(results) };
  }
}

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  const late = new AbortController();
  try {
    return await Promise.race([check(), sleep(patienceMs, false, { signal: late.signal })]);
  } catch {
    return false;
  } finally {
    late.abort();
  }
}
