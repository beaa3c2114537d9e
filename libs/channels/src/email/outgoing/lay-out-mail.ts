import { directionOf, escapeHtml } from './direction.js';
import { dressedPage, inLanguage, writeWithButtons } from './dress-mail.js';
import { mailTable } from './mail-table.js';
import type { MailDress, MailTable, QuotedMail } from './outgoing-mail.js';
import type { OutgoingSettings } from './outgoing-settings.js';
import { bodyMark, replyMarkerAttribute, replyMarkers } from './reply-marker.js';
import { writeRichText, type RichText } from './rich-text.js';

/** What a mail is laid out from. */
export interface MailParts {
  body: string;
  settings: OutgoingSettings;
  /** Stand for {agent}, {account}, {address} and {customer} in the account's texts. */
  names: { agent: string; account: string; address: string; customer: string };
  images: ReadonlyMap<string, string>;
  quote: QuotedMail[];
  table?: MailTable | null;
  dress?: MailDress | null;
  /** What the organisation ends its mails with, where the account says nothing of its own. */
  underneath?: MailDress['footer'] | null;
  threadToken: string | null;
}

type Language = 'en' | 'fa';

const font = 'font-family:Vazirmatn,Tahoma,Arial,sans-serif;font-size:15px;line-height:1.7;padding:8px';
const small = 'font-size:12px;color:#666';

/**
 * A mail's HTML and text from one source: the account's header, what was written, signature, footer and the quoted thread. The
 * language of the account's parts is that of what was written; a part that is empty in it is taken from the other.
 */
export function layOutMail(parts: MailParts): RichText {
  const { settings, body } = parts;
  const language: Language = directionOf(body) === 'rtl' ? 'fa' : 'en';
  const part = (name: 'header' | 'signature' | 'footer') => accountText(settings[name], language, parts.names);
  const written = writeRichText(body, parts.images);
  const table = mailTable(parts.table ?? null, directionOf(body));
  const header = part('header');
  const signature = part('signature');
  const footer = footerOf(parts, language);
  const dress = parts.dress ?? null;
  return {
    html: frameOf(
      parts,
      language,
    )([
      markerHtml(parts, language),
      div('', header.html),
      div('', dress ? writeWithButtons(body, dress) : written.html),
      table.html,
      div('color:#444', signature.html),
      dress ? '' : div(small, footer.html),
      quoteHtml(parts.quote, language),
    ]),
    text: [
      settings.replyMarker === 'shown' ? replyMarkers[language] : '',
      header.text,
      written.text,
      table.text,
      signature.text && `-- \n${signature.text}`,
      footer.text,
      quoteText(parts.quote, language),
    ]
      .filter((text) => text !== '')
      .join('\n\n'),
  };
}

/** A dress has a footer of its own, and so has an account: what is said twice is read by nobody. */
function footerOf({ settings, names, underneath, dress }: MailParts, language: Language): RichText {
  const own = accountText(settings.footer, language, names);
  const brand = dress?.footer ?? underneath ?? null;
  const isOwn = own.text !== '' && !dress;
  return isOwn || brand === null ? own : plain(inLanguage(brand, language));
}

function frameOf({ dress, body }: MailParts, language: Language): (contents: string[]) => string {
  const dir = directionOf(body);
  return (contents) => (dress ? dressedPage(contents, { dress, dir, language }) : page(dir, language, contents));
}

function page(dir: 'rtl' | 'ltr', language: Language, contents: string[]): string {
  const lang = dir === 'rtl' ? language : 'en';
  return `<!doctype html>
<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body dir="${dir}" style="margin:0;unicode-bidi:plaintext"><div dir="${dir}" style="${font}">
${contents.filter((content) => content !== '').join('\n')}
</div></body></html>`;
}

function div(style: string, html: string): string {
  return html && `<div${style && ` style="${style}"`}>\n${html}\n</div>`;
}

/** Of nothing there is nothing, not even a paragraph. */
function plain(text: string): RichText {
  return text === '' ? { html: '', text: '' } : writeRichText(text);
}

/** The account's own words. What is put in for a name is text and nothing else, whatever somebody called himself. */
function accountText(texts: Record<Language, string>, language: Language, names: MailParts['names']): RichText {
  const written = texts[language].trim() || texts[language === 'fa' ? 'en' : 'fa'].trim();
  const filled = written.replace(/\{(agent|account|address|customer)\}/gu, (_, name: keyof typeof names) =>
    names[name].replace(/[*[\]()!\n\r]|https?:/gu, ' ').trim(),
  );
  return plain(filled);
}

function markerHtml({ settings, threadToken }: MailParts, language: Language): string {
  if (settings.replyMarker === 'off') {
    return '';
  }
  const shown = settings.replyMarker === 'shown';
  const style = shown
    ? `${small};margin:0 0 1em`
    : 'display:none;font-size:0;line-height:0;max-height:0;overflow:hidden';
  const mark = threadToken === null ? '' : ` <span style="display:none">${bodyMark(threadToken)}</span>`;
  return `<div ${replyMarkerAttribute}="1" style="${style}">${replyMarkers[language]}${mark}</div>`;
}

/** Mail programs fold away what they know as a quote, so it takes the form that they know. */
function quoteHtml(quote: QuotedMail[], language: Language): string {
  if (quote.length === 0) {
    return '';
  }
  const mails = quote.map(({ text, ...mail }) => {
    const said = escapeHtml(attribution(mail, language));
    return `<div class="gmail_attr" dir="${directionOf(said)}" style="${small}">${said}</div>
<blockquote class="gmail_quote" style="margin:0 .8ex 1em;border-inline-start:1px solid #ccc;padding-inline-start:1ex">
${writeRichText(text).html}
</blockquote>`;
  });
  return `<div class="gmail_quote gmail_quote_container">\n${mails.join('\n')}\n</div>`;
}

function quoteText(quote: QuotedMail[], language: Language): string {
  return quote
    .map(({ text, ...mail }) => {
      const lines = writeRichText(text)
        .text.split('\n')
        .map((line) => `> ${line}`.trimEnd());
      return [attribution(mail, language), ...lines].join('\n');
    })
    .join('\n\n');
}

function attribution({ at, author }: Omit<QuotedMail, 'text'>, language: Language): string {
  const name = author.replace(/\s+/gu, ' ').trim();
  const locale = language === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  return language === 'fa' ? `در تاریخ ${day}، ${name} نوشت:` : `On ${day}, ${name} wrote:`;
}
