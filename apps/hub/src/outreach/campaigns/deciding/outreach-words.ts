import type { ChannelKind, Choice } from '#channels';

export type Language = 'en' | 'fa';

const words = {
  en: {
    link: 'To get no more of these mails:',
    word: 'To stop these messages, send STOP.',
    button: 'No more of these',
    withdrawn: 'You will get no more of these messages.',
    test: '[Test]',
  },
  fa: {
    link: 'برای نگرفتن این نامه‌ها:',
    word: 'برای نگرفتن این پیام‌ها «لغو» را بفرستید.',
    button: 'دیگر نفرستید',
    withdrawn: 'دیگر این پیام‌ها برای شما فرستاده نمی‌شود.',
    test: '[آزمایشی]',
  },
} as const;

/** How a person says that they want no more of it: by a link, a button, or a word. */
export interface WayOut {
  kind: ChannelKind;
  /** Of a mail; null where the hub has no public address. */
  link: string | null;
  /** The choice that a button makes; null on channels without buttons. */
  choiceId: string | null;
}

/** A text with what must stand under it. */
export function withWayOut(language: Language, text: string, out: WayOut): { body: string; choices: Choice[] } {
  const { link, word, button } = words[language];
  if (out.kind === 'email') {
    return { body: out.link === null ? text : `${text}\n\n--\n${link}\n${out.link}`, choices: [] };
  }
  return out.choiceId === null
    ? { body: `${text}\n\n${word}`, choices: [] }
    : { body: text, choices: [{ id: out.choiceId, label: button }] };
}

export function withdrawnWords(language: Language): string {
  return words[language].withdrawn;
}

export function asTest(language: Language, text: string): string {
  return `${words[language].test} ${text}`;
}

const choice = /^outreach-stop:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The id of the button by which somebody stops what this outreach is about. */
export function stopChoice(outreachId: string): string {
  return `outreach-stop:${outreachId}`;
}

/** The outreach that a choice stops; null for a choice of somebody else's. */
export function readStopChoice(id: string): string | null {
  return choice.exec(id)?.[1] ?? null;
}
