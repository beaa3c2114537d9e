import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { KeptPrompt } from './prompt-folder.js';
import { promptKey } from './prompt-names.js';

/** One recording of the set that comes with the hub, as `prompts/set.json` lists it. */
export interface StarterPrompt {
  name: string;
  locale: 'fa' | 'en';
  /** What was read aloud; '' for music. */
  text: string;
  /** Where it lies in the folder: the same words are one file. */
  file: string;
  sha256: string;
  bytes: number;
  ms: number;
}

/** The folder `prompts` that comes with the hub, which runs from its sources or from `dist` beside them; null where it was left out. */
export function starterFolder(): string | null {
  const found = ['../../../../..', '../../../../../..']
    .map((path) => resolve(import.meta.dirname, path, 'prompts'))
    .find((path) => existsSync(join(path, 'set.json')));
  return found ?? null;
}

/** What the starter set has, by key; nothing where there is none. */
export function readStarterSet(): Map<string, KeptPrompt> {
  const folder = starterFolder();
  const listed = folder === null ? [] : listStarterSet(folder);
  return new Map(
    listed.map(({ name, locale, file, sha256, bytes, ms }) => [
      promptKey(name, locale),
      { sha256, bytes, ms, path: join(folder ?? '', file) },
    ]),
  );
}

export function listStarterSet(folder: string): StarterPrompt[] {
  return JSON.parse(readFileSync(join(folder, 'set.json'), 'utf8')) as StarterPrompt[];
}
