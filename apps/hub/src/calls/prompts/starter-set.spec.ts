import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readScript } from '#bots';
import { linePrompts, persianPrompts, scriptPrompts, type NeededPrompt } from './prompt-needs.js';
import { promptKey } from './prompt-names.js';
import { readWav } from './read-wav.js';
import { listStarterSet, readStarterSet, starterFolder } from './starter-set.js';
import { telephoneMs } from './telephone-wav.js';

const root = resolve(import.meta.dirname, '../../../../..');
const folder = starterFolder() ?? '';
const listed = listStarterSet(folder);

function readyPrompts(): NeededPrompt[] {
  const files = globSync(join(root, 'scripts/*.yaml')).filter((file) => !file.endsWith('.scenarios.yaml'));
  return files.flatMap((file) => {
    const { script } = readScript(readFileSync(file, 'utf8'), {});
    return script ? scriptPrompts(script) : [];
  });
}

describe('the starter set', () => {
  it('has everything that the hub, the engine and the ready scripts play, with today’s words', () => {
    const there = new Map(listed.map((prompt) => [promptKey(prompt.name, prompt.locale), prompt.text]));
    const needed = [...linePrompts(), ...persianPrompts(), ...readyPrompts()];
    expect(needed.length).toBeGreaterThan(150);
    const wrong = needed.filter(({ name, locale, text }) => there.get(promptKey(name, locale)) !== text);
    expect(wrong).toEqual([]);
  });

  it('says something wherever it is no music', () => {
    const silent = [...linePrompts(), ...persianPrompts(), ...readyPrompts()].filter(
      ({ name, text }) => text === '' && !name.endsWith('hold-music.wav'),
    );
    expect(silent).toEqual([]);
  });

  it('is telephone sound throughout, as listed, and small', () => {
    const wrong = listed.filter(({ file, sha256, bytes, ms }) => {
      const content = readFileSync(join(folder, file));
      const { rate, samples } = readWav(content);
      const isRight =
        rate === 8_000 &&
        content.readUInt16LE(22) === 1 &&
        content.readUInt16LE(34) === 16 &&
        samples.some((sample) => Math.abs(sample) > 0.1) &&
        createHash('sha256').update(content).digest('hex') === sha256;
      return !isRight || content.length !== bytes || telephoneMs(bytes) !== ms || ms < 100;
    });
    expect(wrong).toEqual([]);
    const total = globSync(join(folder, '**/*.wav')).reduce((sum, file) => sum + readFileSync(file).length, 0);
    expect(total).toBeLessThan(6_000_000);
  });

  it('brings no file that nobody plays', () => {
    const named = new Set(listed.map(({ file }) => join(folder, file)));
    expect(globSync(join(folder, '**/*.wav')).filter((file) => !named.has(file))).toEqual([]);
    expect(readStarterSet().size).toBe(listed.length);
  });
});
