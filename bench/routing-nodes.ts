import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { administrator } from './hub-program.js';
import { closeAtTheEnd } from './machine.js';
import type { Deed } from './routing-node.js';

export interface NodePlan {
  main: string;
  folder: string;
  databaseUrl: string;
}

/** The node died before it answered. */
export class NodeGone extends Error {}

interface Asked {
  done: () => void;
  failed: (error: Error) => void;
}

/** A hub in a process of its own that can be killed and started again. */
export class RoutingNode {
  url = '';
  private readonly plan: NodePlan;
  private readonly dataDir: string;
  private child: ChildProcess | null = null;
  private readonly asked = new Map<number, Asked>();
  private count = 0;

  private constructor(plan: NodePlan, name: string) {
    this.plan = plan;
    this.dataDir = join(plan.folder, name);
  }

  static async start(plan: NodePlan, name: string): Promise<RoutingNode> {
    const node = new RoutingNode(plan, name);
    closeAtTheEnd(() => node.stop());
    await node.start();
    return node;
  }

  get isAlive(): boolean {
    return this.child !== null && this.url !== '';
  }

  /** Resolves once it is ready. */
  async start(): Promise<void> {
    await mkdir(this.dataDir, { recursive: true, mode: 0o755 });
    const [hook, program] = ['../test/support/run-typescript.mjs', 'routing-node.ts'].map((path) =>
      resolve(import.meta.dirname, path),
    ) as [string, string];
    const child = spawn(process.execPath, ['--import', hook, program, this.plan.main], {
      cwd: this.dataDir,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: this.dataDir,
        DATABASE_URL: this.plan.databaseUrl,
        SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
        LOG_LEVEL: 'warn',
        OUTBOUND_ALLOW: '127.0.0.0/8',
        PEYK_ADMIN_EMAIL: administrator.email,
        PEYK_ADMIN_PASSWORD: administrator.password,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    child.once('exit', () => this.died(child));
    await new Promise<void>((done, failed) => {
      child.once('exit', () => failed(new NodeGone('A node ended before it was ready.')));
      child.on('message', (message) =>
        this.hear(message as { url: string } | { id: number; error: string | null }, done),
      );
    });
  }

  /** Resolves once it is done. Rejects with NodeGone when the node died meanwhile: then nobody knows. */
  ask(deed: Deed): Promise<void> {
    const { child } = this;
    if (child === null || !this.isAlive) {
      return Promise.reject(new NodeGone('The node is not there.'));
    }
    const id = (this.count += 1);
    return new Promise((done, failed) => {
      this.asked.set(id, { done, failed });
      child.send({ id, deed }, (error) => {
        if (error) {
          this.asked.delete(id);
          failed(new NodeGone(error.message));
        }
      });
    });
  }

  /** kill -9; resolves once it is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child !== null) {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill(signal);
      await gone;
    }
  }

  private hear(message: { url: string } | { id: number; error: string | null }, ready: () => void): void {
    if ('url' in message) {
      this.url = message.url;
      ready();
      return;
    }
    const asked = this.asked.get(message.id);
    this.asked.delete(message.id);
    if (message.error === null) {
      asked?.done();
    } else {
      asked?.failed(new Error(message.error));
    }
  }

  private died(child: ChildProcess): void {
    if (this.child === child) {
      this.child = null;
      this.url = '';
      const open = [...this.asked.values()];
      this.asked.clear();
      open.forEach(({ failed }) => failed(new NodeGone('The node died.')));
    }
  }
}
