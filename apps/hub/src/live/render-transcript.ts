import type { TranscriptRow } from './visitor-transcript.query.js';

type Locale = 'en' | 'fa';

/** What a transcript is made from. */
export interface Transcript {
  /** What the chat is called. */
  title: string;
  locale: Locale;
  /** IANA name of the zone that times are told in. */
  timeZone: string;
  rows: readonly TranscriptRow[];
}

const words = {
  en: { heading: (title: string) => `Your chat with ${title}`, me: 'You', us: 'We', bot: 'Assistant', file: 'File' },
  fa: { heading: (title: string) => `گفتگوی شما با ${title}`, me: 'شما', us: 'ما', bot: 'دستیار', file: 'پرونده' },
} as const;

const tags: Record<Locale, string> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian-nu-arabext' };

const style =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:42em;margin:2em auto;padding:0 1em}' +
  'article{margin:0 0 1em}h1{font-size:1.3em}header{color:#52605f;font-size:.85em}p{margin:0;white-space:pre-wrap;unicode-bidi:plaintext}';

export function headingOf({ title, locale }: Pick<Transcript, 'title' | 'locale'>): string {
  return words[locale].heading(title);
}

/** A transcript as plain text, for a mail. */
export function transcriptText(transcript: Transcript): string {
  const lines = linesOf(transcript).map(({ head, body }) => `${head}\n${body.join('\n')}`);
  return `${headingOf(transcript)}\n\n${lines.join('\n\n')}\n`;
}

/** A transcript as a page to keep: it loads nothing and runs nothing. */
export function transcriptPage(transcript: Transcript): string {
  const { locale } = transcript;
  const heading = escape(headingOf(transcript));
  const articles = linesOf(transcript).map(
    ({ head, body }) =>
      `<article><header>${escape(head)}</header>${body.map((line) => `<p dir="auto">${escape(line)}</p>`).join('')}</article>`,
  );
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${heading}</title><style>${style}</style></head>
<body><h1>${heading}</h1>
${articles.join('\n')}
</body></html>
`;
}

function linesOf({ locale, timeZone, rows }: Transcript): { head: string; body: string[] }[] {
  const { me, us, bot, file } = words[locale];
  const when = new Intl.DateTimeFormat(tags[locale], { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const nameOf = { customer: () => me, agent: (name: string | null) => name ?? us, bot: () => bot, system: () => us };
  return rows.map(({ at, author, agent, body, files }) => ({
    head: `${nameOf[author](agent)} · ${when.format(at)}`,
    body: [...(body === '' ? [] : [body]), ...(files ?? []).map((name) => `${file}: ${name}`)],
  }));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.codePointAt(0))};`);
}
