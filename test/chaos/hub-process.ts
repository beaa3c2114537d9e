import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

export interface HubPlan {
  /** Where package.json and dist/ are. */
  root: string;
  /** The run's own folder: logs, the plan of crashes, compiled modules. */
  folder: string;
  /** Variables of the hub over those that it runs with anyway. */
  env: Record<string, string>;
  port: number;
}

const readyWithinMs = 60_000;

/** The hub as an operating system sees it: a real process of the built program, started and killed like any other. */
export class HubProcess {
  readonly url: string;
  private readonly plan: HubPlan;
  private readonly planFile: string;
  private readonly log: number;
  private running: ChildProcess | null = null;
  private standby: ChildProcess | null = null;

  constructor(plan: HubPlan) {
    this.plan = plan;
    this.url = `http://127.0.0.1:${String(plan.port)}`;
    this.planFile = join(plan.folder, 'failpoint');
    this.log = openSync(join(plan.folder, 'hub.log'), 'a');
  }

  get logFile(): string {
    return join(this.plan.folder, 'hub.log');
  }

  /** Starts the hub and gives the milliseconds until it is ready. A hub that stands by is used up first. */
  async start(): Promise<number> {
    const began = performance.now();
    const child = this.standby ?? this.spawn([]);
    this.running = child;
    this.standby = null;
    child.stdin?.end('start\n');
    child.stdin?.on('error', () => undefined);
    await this.ready();
    return performance.now() - began;
  }

  /** The milliseconds until a running hub is ready once more. */
  async readyAgain(): Promise<number> {
    const began = performance.now();
    await this.ready();
    return performance.now() - began;
  }

  /** Loads the modules of the next hub already. */
  prepareNext(): void {
    this.standby ??= this.spawn(['--import', pathToFileURL(join(import.meta.dirname, 'await-turn.mjs')).href]);
  }

  /** Says where the hub is to die. It may run already; null disarms. */
  arm(plan: string | null): void {
    if (plan === null) {
      rmSync(this.planFile, { force: true });
    } else {
      writeFileSync(this.planFile, plan);
    }
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.running;
    child?.kill('SIGKILL');
    await this.died();
  }

  /** Resolves when the hub is no more; false when it still lives after a while. */
  async died(withinMs = 30_000): Promise<boolean> {
    const child = this.running;
    const giveUpAt = performance.now() + withinMs;
    while (child && child.exitCode === null && child.signalCode === null) {
      if (performance.now() > giveUpAt) {
        return false;
      }
      await sleep(5);
    }
    return true;
  }

  /** Stops it as a supervisor would. */
  async stop(): Promise<void> {
    this.running?.kill('SIGTERM');
    if (!(await this.died(15_000))) {
      await this.kill();
    }
  }

  /** Freezes it, as a machine that has no time for it does. */
  pause(): void {
    this.running?.kill('SIGSTOP');
  }

  resume(): void {
    this.running?.kill('SIGCONT');
  }

  async close(): Promise<void> {
    this.standby?.kill('SIGKILL');
    await this.stop();
    closeSync(this.log);
  }

  private spawn(before: string[]): ChildProcess {
    const main = join(this.plan.root, 'dist/apps/hub/src/main.js');
    return spawn(process.execPath, ['--conditions=chaos', ...before, main], {
      cwd: this.plan.folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_COMPILE_CACHE: join(this.plan.folder, 'modules'),
        CHAOS_WARM_UP: pathToFileURL(join(this.plan.root, 'dist/apps/hub/src/start-hub.js')).href,
        FAILPOINT_FILE: this.planFile,
        PORT: String(this.plan.port),
        ...this.plan.env,
      },
      stdio: ['pipe', this.log, this.log],
    });
  }

  private async ready(): Promise<void> {
    const giveUpAt = performance.now() + readyWithinMs;
    while (performance.now() < giveUpAt) {
      if (await this.died(0)) {
        throw new Error(`The hub ended before it was ready. Its log: ${this.logFile}`);
      }
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
      if (answer?.ok === true) {
        return;
      }
      await sleep(20);
    }
    throw new Error(`The hub was not ready within ${String(readyWithinMs / 1000)} s. Its log: ${this.logFile}`);
  }
}
