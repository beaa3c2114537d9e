import { z } from 'zod';

/** The languages that a script may speak. */
export const locales = ['en', 'fa'] as const;
export type Locale = (typeof locales)[number];

/** Where a script may run. The organisation's own channel runs it as `web` without presses, the phone as `voice`. */
export const scriptChannels = ['web', 'telegram', 'sms', 'email', 'voice'] as const;
export type ScriptChannel = (typeof scriptChannels)[number];

/** What a script may hold at most. Texts are in UTF-16 units. */
export const scriptLimits = {
  source: 300_000,
  depth: 40,
  problems: 200,
  nodes: 400,
  options: 9,
  text: 4_000,
  label: 80,
  words: 100,
  word: 200,
  cases: 20,
  intents: 200,
  vars: 200,
  conditionDepth: 8,
  conditionTests: 50,
} as const;

/** Names that a plain object has by itself: as a key they would answer where nothing was written. */
const ownNames = new Set(['constructor', 'prototype', '__proto__']);
export const isReservedName = (name: string): boolean => ownNames.has(name);

const idPattern = /^[a-z][a-z0-9_]{0,47}$/;

/** A name of a node, option, intent or variable. Schema problems carry these words as their code. */
export const nameSchema = z
  .string()
  .regex(idPattern, { error: 'bad_name' })
  .refine((name) => !isReservedName(name), { error: 'reserved_name' });

/** Where a script goes on: the name of a node. */
export const targetSchema = nameSchema.describe('The name of the node that comes next.');

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const durationPattern = /^([1-9]\d{0,5})(ms|s|m|h|d)$/;

/** A length of time as scripts write it: `500ms`, `6s`, `30m`, `2h`, `1d`. */
export const durationSchema = z
  .string()
  .regex(durationPattern, { error: 'bad_duration' })
  .describe('A length of time: 500ms, 6s, 30m, 2h or 1d.');

/** The milliseconds of a length of time that the schema let through; 0 for anything else. */
export function durationMs(written: string): number {
  const [, count = '0', unit = 'ms'] = durationPattern.exec(written) ?? [];
  return Number(count) * (units[unit] ?? 0);
}

const words = z.string().min(1, { error: 'empty_text' }).max(scriptLimits.text);

/** A text in each language of the script. Which languages must be there is asked by the linter, since the script says it. */
export const localTextSchema = z.strictObject({ en: words.exactOptional(), fa: words.exactOptional() });
export type LocalText = z.infer<typeof localTextSchema>;

const label = z.string().trim().min(1, { error: 'empty_text' }).max(scriptLimits.label);
export const labelSchema = z.strictObject({ en: label.exactOptional(), fa: label.exactOptional() });

const wordList = z
  .array(z.string().trim().min(1, { error: 'empty_text' }).max(scriptLimits.word))
  .max(scriptLimits.words);

/** Words and phrases per language, e.g. those that mean an option. */
export const localWordsSchema = z.strictObject({ en: wordList.exactOptional(), fa: wordList.exactOptional() });

/** The name of a recording or picture among the organisation's files, e.g. `prompts/menu.fa.wav`. */
export const assetSchema = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*(?:\/[\p{L}\p{N}][\p{L}\p{N}._-]*){0,7}$/u, { error: 'bad_asset' })
  .max(200);

/** What a bot says. `text` is a template; the others stand for it where they fit better. */
export const messageSchema = z.strictObject({
  text: localTextSchema.describe('What is said, in each language.'),
  short: localTextSchema.exactOptional().describe('A shorter wording for SMS.'),
  speech: localTextSchema.exactOptional().describe('The wording that a voice reads out.'),
  audio: z
    .strictObject({ en: assetSchema.exactOptional(), fa: assetSchema.exactOptional() })
    .exactOptional()
    .describe('A recording for the phone, in each language.'),
  media: assetSchema.exactOptional().describe('A picture or file that goes with the text.'),
});
export type Message = z.infer<typeof messageSchema>;

/** A value that a script writes by hand; a text is a template. */
export const writtenValueSchema = z.union([z.string().max(scriptLimits.text), z.number(), z.boolean(), z.null()]);
export type WrittenValue = z.infer<typeof writtenValueSchema>;
