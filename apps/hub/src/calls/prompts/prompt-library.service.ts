import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SecretKeys } from '../../platform/secret-keys.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { PromptFolder, type KeptPrompt } from './prompt-folder.js';
import { isPromptName, promptKey, promptLocale } from './prompt-names.js';
import { fingerprintOfPrompts, noteGaps, readPrompts, type PromptRow } from './prompt-rows.query.js';
import { readStarterSet } from './starter-set.js';

const purpose = 'prompts of phone lines';
const macBytes = 16;
const refreshMs = 10_000;
/** How long a version that was replaced can still be fetched. */
const keptMs = 24 * 3_600_000;
const tokenShape = /^([0-9a-f]{64})-([0-9a-f]{32})$/u;

/** A recording that the library can play, and where it comes from: uploaded here, or the synthesised set that comes with the hub. */
export interface KnownPrompt extends KeptPrompt {
  source: 'own' | 'starter';
}

/**
 * The recordings that lines play, by the names that scripts use.
 *
 * Own recordings lie above the starter set. All of them are files on this machine, known by their content, and an index beside them
 * says which name plays which: a line that answers while the database is away has its sentences all the same.
 */
@Injectable()
export class PromptLibrary implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(PromptLibrary.name);
  private readonly folder: PromptFolder;
  private readonly starter: ReadonlyMap<string, KeptPrompt>;
  private own: ReadonlyMap<string, KeptPrompt> = new Map();
  private gaps = new Map<string, { name: string; locale: string; times: number }>();
  private fingerprint: string | null = null;
  private rounds: Rounds | null = null;
  private refreshed: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: HubConfig,
    private readonly keys: SecretKeys,
    private readonly database: Database,
    storage: FileStorage,
  ) {
    this.folder = new PromptFolder(config.dataDir, storage);
    this.starter = readStarterSet();
  }

  async onModuleInit(): Promise<void> {
    this.own = await this.folder.readIndex();
    await this.refresh().catch((error: unknown) => this.logger.warn(`prompts stay as they were: ${String(error)}`));
    this.rounds = startRounds(
      refreshMs,
      () => this.look().catch((error: unknown) => this.logger.debug(`prompts stay as they were: ${String(error)}`)),
      'prompts',
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  /**
   * Where a provider fetches a recording: a public, signed address that ends in `.wav` and plays this version of it for ever. Null where
   * nobody recorded it, which is noted, and while the hub has no public address.
   */
  urlOf(name: string, locale: string): string | null {
    const path = this.pathOf(name, locale);
    return path === null || this.config.publicUrl === null ? null : `${this.config.publicUrl}${path}`;
  }

  /** The same without the beginning of the address, for an exchange that reaches the hub by another one. */
  pathOf(name: string, locale: string): string | null {
    const prompt = this.need(name, locale);
    return prompt && `/media/prompts/${prompt.sha256}-${this.mac(prompt.sha256)}.wav`;
  }

  /** The recording as a file of this machine. Null where nobody recorded it, which is noted. */
  fileOf(name: string, locale: string): { path: string } | null {
    const prompt = this.need(name, locale);
    return prompt && { path: prompt.path };
  }

  has(name: string, locale: string): boolean {
    return this.find(name, locale) !== null;
  }

  /** Which version of a recording a caller hears now, for what must be proven later: `<name>@<sha256>`. Null where there is none. */
  versionOf(name: string, locale: string): string | null {
    const prompt = this.find(name, locale);
    return prompt && `${name}@${prompt.sha256}`;
  }

  find(name: string, locale: string): KnownPrompt | null {
    const key = promptKey(name, locale);
    const own = this.own.get(key);
    if (own) {
      return { ...own, source: 'own' };
    }
    const starter = this.starter.get(key);
    return starter ? { ...starter, source: 'starter' } : null;
  }

  /** Every recording that can be played, by key. */
  all(): Map<string, KnownPrompt> {
    const marked = (kept: ReadonlyMap<string, KeptPrompt>, source: KnownPrompt['source']): [string, KnownPrompt][] =>
      [...kept].map(([key, prompt]) => [key, { ...prompt, source }]);
    return new Map([...marked(this.starter, 'starter'), ...marked(this.own, 'own')]);
  }

  /** The file behind an address of ours; null for any other. A version that was replaced is there until its file is cleared away. */
  async open(token: string): Promise<{ path: string; bytes: number; sha256: string } | null> {
    const [, sha256 = '', mac = ''] = tokenShape.exec(token) ?? [];
    const isOurs = this.keys
      .deriveAll(purpose)
      .some((key) => timingSafeEqual(Buffer.from(macOf(sha256, key).padEnd(32)), Buffer.from(mac.padEnd(32))));
    if (!isOurs) {
      return null;
    }
    const known = [...this.starter.values()].find((prompt) => prompt.sha256 === sha256);
    const found = await this.folder.open(sha256, known?.path ?? null);
    if (found === null) {
      // Another node gave this address out a moment ago, and this one has not looked since.
      await this.refresh().catch(() => undefined);
    }
    return found ?? this.folder.open(sha256, null);
  }

  /** Reads anew what was recorded, here or on another node, and sees to it that its files are here. */
  refresh(): Promise<void> {
    // One after the other: what was read first must not be remembered last.
    this.refreshed = this.refreshed.catch(() => undefined).then(() => this.read());
    return this.refreshed;
  }

  private async read(): Promise<void> {
    const [now] = await this.database.query<{ fingerprint: string }>(fingerprintOfPrompts);
    if (now?.fingerprint === this.fingerprint) {
      return;
    }
    const rows = await this.database.query<PromptRow>(readPrompts);
    const { found, isWhole } = await this.folder.take(rows, this.own);
    this.own = found;
    this.fingerprint = isWhole ? (now?.fingerprint ?? null) : null;
    // Chores are done by one of the nodes; this folder may be another one's alone.
    await this.clear(new Date(Date.now() - keptMs));
  }

  /** Removes files of versions that no name plays any more, unless they are younger than `before`. @returns how many. */
  clear(before: Date): Promise<number> {
    return this.folder.clear(this.own, before);
  }

  private async look(): Promise<void> {
    await this.refresh();
    if (this.gaps.size > 0) {
      const gaps = [...this.gaps.values()];
      this.gaps = new Map();
      await this.database.query(noteGaps, [JSON.stringify(gaps)]);
    }
  }

  private need(name: string, locale: string): KnownPrompt | null {
    const found = this.find(name, locale);
    if (found === null && isPromptName(name)) {
      const key = promptKey(name, locale);
      const times = (this.gaps.get(key)?.times ?? 0) + 1;
      this.gaps.set(key, { name, locale: promptLocale(name, locale), times });
    }
    return found;
  }

  private mac(sha256: string): string {
    return macOf(sha256, this.keys.derive(purpose));
  }
}

function macOf(sha256: string, key: Uint8Array): string {
  return createHmac('sha256', key)
    .update(sha256)
    .digest('hex')
    .slice(0, macBytes * 2);
}
