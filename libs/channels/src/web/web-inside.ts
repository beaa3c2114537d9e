import { z } from 'zod';

const twoLanguages = z
  .object({ en: z.string().max(500).default(''), fa: z.string().max(500).default('') })
  .prefault({});

const wanted = z.enum(['off', 'optional', 'required']);

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'must be a time such as 09:30' });

const timeZone = z.string().refine(isTimeZone, { error: 'must be a time zone such as Asia/Tehran' });

const openTime = z
  .object({
    /** ISO: Monday is 1. */
    day: z.int().min(1).max(7),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from < to, { error: 'must begin before it ends' });

const ending = z
  .string()
  .regex(/^\.?[\p{L}\p{N}]{1,10}$/u, { error: 'must be an ending such as pdf' })
  .transform((written) => written.replace('.', '').toLowerCase());

/** The inside of a web chat: what is asked before the first message, when nobody is there to answer, and which files are taken. */
export const webInside = z.object({
  /** Asked before the first message. What is written here is only claimed. */
  before: z
    .object({
      isOn: z.boolean().default(false),
      name: wanted.default('optional'),
      email: wanted.default('optional'),
      phone: wanted.default('off'),
      /** A question of the site's own; empty where there is none. */
      question: twoLanguages,
      /** What a visitor agrees to before they write; empty where nothing is asked. */
      consent: twoLanguages,
    })
    .prefault({}),
  away: z
    .object({
      /** `nobody_online`: no agent of the channel's queue is at their console. `hours`: outside the hours below. `calendar`: outside those of a calendar. */
      when: z.enum(['never', 'nobody_online', 'hours', 'calendar']).default('nobody_online'),
      calendarId: z.uuid().nullable().default(null),
      hours: z.object({ timeZone: timeZone.default('UTC'), times: z.array(openTime).max(50).default([]) }).prefault({}),
      /** What visitors read then; empty: the widget's own words. */
      words: twoLanguages,
    })
    .prefault({}),
  /** Agents see on which page of the site a visitor wrote. Told with what they write, never before. */
  showsPage: z.boolean().default(true),
  /** Files that visitors may send. */
  files: z
    .object({
      isOn: z.boolean().default(true),
      /** Of one file. */
      maxMegabytes: z.int().min(1).max(25).default(25),
      /** Endings without the dot, in lower case; none: everything but programs. */
      endings: z.array(ending).max(50).default([]),
    })
    .prefault({}),
});

export type WebInside = z.output<typeof webInside>;

/** What runs when it is opened. It is never taken, whatever the settings say. */
export const programEndings: readonly string[] =
  'apk app bat cmd com cpl dll exe hta jar js jse lnk msi msp ps1 reg scr sh sys vb vbe vbs wsf wsh'.split(' ');

/** Why a file of this name is not taken; null when it may come. */
export function whyNotFile(name: string, endings: readonly string[]): 'program' | 'type' | null {
  const own = /\.([^.]+)$/u.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  if (programEndings.includes(own)) {
    return 'program';
  }
  return endings.length === 0 || endings.includes(own) ? null : 'type';
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
