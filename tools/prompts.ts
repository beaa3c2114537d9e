// `npm run prompts`: makes the starter set of recordings in prompts/ by espeak-ng, which must be installed. Never at run time.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readScript } from '#bots';
import {
  linePrompts,
  persianPrompts,
  scriptPrompts,
  type NeededPrompt,
} from '../apps/hub/src/calls/prompts/prompt-needs.js';
import { readWav } from '../apps/hub/src/calls/prompts/read-wav.js';
import type { StarterPrompt } from '../apps/hub/src/calls/prompts/starter-set.js';
import {
  telephoneMs,
  telephoneRate,
  toTelephoneRate,
  writeTelephoneWav,
} from '../apps/hub/src/calls/prompts/telephone-wav.js';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'prompts');
const quiet = 0.012;
/** Pauses between sentences are long enough at this. */
const longestPause = Math.round(telephoneRate * 0.16);
const edgeSamples = Math.round(telephoneRate * 0.03);
/** Words a minute: a little brisk, since the whole set is to stay small. */
const speeds = { sentence: '205', word: '155' };

const needed = unique([...linePrompts(), ...persianPrompts(), ...readyPrompts()]);
for (const place of ['line', 'numbers', 'prompts', 'built_in']) {
  rmSync(join(folder, place), { recursive: true, force: true });
}
const made = new Map<string, StarterPrompt>();
const listed = needed.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(make);
writeFileSync(join(folder, 'set.json'), `${JSON.stringify(listed, null, 2)}\n`);
const total = [...made.values()].reduce((sum, { bytes }) => sum + bytes, 0);
process.stdout.write(`${String(listed.length)} recordings, ${(total / 1_048_576).toFixed(2)} MB\n`);

/** The same words are one file, whatever they are called by. */
function make({ name, locale, text }: NeededPrompt): StarterPrompt {
  const words = text === '' ? 'music' : `${locale} ${text}`;
  const known = made.get(words);
  if (known) {
    return { ...known, name, locale };
  }
  const bytes = writeTelephoneWav(text === '' ? holdMusic() : speak(text, locale));
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const prompt = { name, locale, text, file: name, sha256, bytes: bytes.length, ms: telephoneMs(bytes.length) };
  made.set(words, prompt);
  return prompt;
}

function readyPrompts(): NeededPrompt[] {
  const files = readdirSync(join(root, 'scripts')).filter(
    (file) => file.endsWith('.yaml') && !file.endsWith('.scenarios.yaml'),
  );
  return files.flatMap((file) => {
    const { script } = readScript(readFileSync(join(root, 'scripts', file), 'utf8'), {});
    return script ? scriptPrompts(script) : [];
  });
}

function speak(text: string, locale: string): Float32Array {
  const speed = text.includes(' ') ? speeds.sentence : speeds.word;
  const voice = locale === 'fa' ? 'fa' : 'en-us';
  const wav = execFileSync('espeak-ng', ['-v', voice, '-s', speed, '-g', '1', '--stdout', text], {
    maxBuffer: 32 * 1024 * 1024,
  });
  return levelled(trimmed(squeezed(toTelephoneRate(readWav(wav)))));
}

/** Silence at both ends is cut, but for a moment, and the ends are faded so that joined numbers do not click. */
function trimmed(samples: Float32Array): Float32Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > quiet);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > quiet);
  const cut = samples.slice(Math.max(0, first - edgeSamples), last + edgeSamples);
  const fade = Math.min(edgeSamples / 2, cut.length / 2);
  return cut.map((sample, index) => sample * Math.min(1, index / fade, (cut.length - 1 - index) / fade));
}

function squeezed(samples: Float32Array): Float32Array {
  let still = 0;
  return samples.filter((sample) => {
    still = Math.abs(sample) > quiet ? 0 : still + 1;
    return still <= longestPause;
  });
}

function levelled(samples: Float32Array): Float32Array {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample / loudest) * 0.7);
}

/**
 * Eight seconds that begin and end in silence, so that they can be played round and round: slow broken chords of four steps, soft as
 * a music box, well inside what a telephone carries.
 */
function holdMusic(): Float32Array {
  const chords = [
    [392, 493.88, 587.33, 783.99],
    [329.63, 493.88, 659.25, 783.99],
    [349.23, 523.25, 698.46, 880],
    [392, 587.33, 739.99, 880],
  ];
  const noteSeconds = 0.5;
  const samples = new Float32Array(Math.round(telephoneRate * noteSeconds * 16));
  chords.flat().forEach((pitch, place) => addNote(samples, pitch, Math.round(place * noteSeconds * telephoneRate)));
  return samples;
}

function addNote(samples: Float32Array, pitch: number, from: number): void {
  for (let index = from; index < samples.length; index++) {
    const seconds = (index - from) / telephoneRate;
    const left = (samples.length - index) / telephoneRate;
    const loudness = Math.min(1, seconds / 0.02) * Math.exp(-seconds * 2.4) * Math.min(1, left / 0.5) * 0.16;
    samples[index] =
      (samples[index] ?? 0) +
      loudness * (Math.sin(2 * Math.PI * pitch * seconds) + 0.3 * Math.sin(4 * Math.PI * pitch * seconds));
  }
}

function unique(prompts: NeededPrompt[]): NeededPrompt[] {
  return [...new Map(prompts.map((prompt) => [prompt.name, prompt])).values()];
}
