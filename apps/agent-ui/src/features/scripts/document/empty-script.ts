import { stringify } from 'yaml';

/** The least that can be talked with: a greeting in both languages, and a way to a person. */
export function emptyScript(name: string): string {
  return stringify(
    {
      format: 'hub-script/1',
      id: keyOf(name),
      title: { en: name.slice(0, 80), fa: name.slice(0, 80) },
      locales: ['en', 'fa'],
      default_locale: 'fa',
      channels: ['web', 'telegram'],
      start: { default: 'hello' },
      fallback: 'to_agent',
      nodes: {
        hello: { do: 'say', message: { text: { en: 'Hello!', fa: 'سلام!' } }, next: 'to_agent' },
        to_agent: { do: 'handoff', onUnavailable: 'sorry' },
        sorry: {
          do: 'end',
          message: {
            text: {
              en: 'Nobody is free now. We have noted your message and will answer.',
              fa: 'اکنون کسی آزاد نیست. پیام شما ثبت شد و پاسخ می‌دهیم.',
            },
          },
          outcome: 'unresolved',
        },
      },
    },
    { lineWidth: 0 },
  );
}

function keyOf(name: string): string {
  const key = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^[^a-z]+|_+$/gu, '')
    .slice(0, 40);
  return key || `script_${Math.abs(hash(name)).toString(36)}`;
}

/** A name without Latin letters gets a key all the same, and another name another one. */
function hash(name: string): number {
  return Array.from(name, (letter) => letter.codePointAt(0) ?? 0).reduce((sum, code) => Math.imul(sum, 31) + code, 7);
}
