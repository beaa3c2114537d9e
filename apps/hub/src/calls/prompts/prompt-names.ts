/** As scripts write the names of their files. No part of it can climb out of a folder. */
const nameShape = /^[\p{L}\p{N}][\p{L}\p{N}._-]*(?:\/[\p{L}\p{N}][\p{L}\p{N}._-]*){0,7}$/u;
const longest = 200;

/** Languages that prompts are kept in. */
export const promptLocales = ['fa', 'en'] as const;
export type PromptLocale = (typeof promptLocales)[number];

/** Whether it can name a recording, e.g. `prompts/menu.fa.wav`. */
export function isPromptName(name: string): boolean {
  return name.length <= longest && nameShape.test(name);
}

/**
 * The language of a recording: what its name says (`prompts/menu.fa.wav`, `numbers/fa/20.wav`), else what was asked for. Regions do not
 * matter: `fa-IR` is `fa`. An unknown language counts as English, which is what providers' voices can read.
 */
export function promptLocale(name: string, asked: string): PromptLocale {
  const said = /\.(fa|en)\.\w+$/u.exec(name)?.[1] ?? /(?:^|\/)(fa|en)\//u.exec(name)?.[1] ?? asked.split('-')[0];
  return said === 'fa' ? 'fa' : 'en';
}

/** The one key under which a recording is kept. */
export function promptKey(name: string, asked: string): string {
  return `${promptLocale(name, asked)} ${name}`;
}
