import { escapeHtml } from './direction.js';
import type { MailDress } from './outgoing-mail.js';
import { writeRichText } from './rich-text.js';

type Language = 'en' | 'fa';

/** The content id of the picture that a dressed mail shows. Nothing in it is fetched from anywhere. */
export const logoContentId = 'brand-logo@peyk';

const font = 'font-family:Vazirmatn,Tahoma,Arial,sans-serif;font-size:15px;line-height:1.7';

/** For programs that draw dark: colours of their own instead of whatever they would turn ours into. */
const dark = `@media (prefers-color-scheme:dark){.pk-page{background:#14171a!important}.pk-card{background:#1d2125!important;color:#e9ecef!important;border-color:#383f46!important}.pk-small{color:#a6afb8!important}.pk-link{color:#8ecbff!important}}`;

const buttonBlock = /^(?<label>[^\n]{1,80})\n(?<target>https?:\/\/[^\s<>"]{1,2000})$/u;

interface Button {
  label: string;
  target: string;
}

/**
 * What was written, with buttons. A paragraph of one line with an address alone under it is one; a line that ends in a colon only
 * leads to its address. In the text of the mail both stand as they were written.
 */
export function writeWithButtons(body: string, dress: Pick<MailDress, 'accent' | 'onAccent'>): string {
  const rows: (string | Button[])[] = [];
  for (const block of body.split(/\n{2,}/u)) {
    const button = buttonIn(block);
    const last = rows.at(-1);
    if (button && Array.isArray(last)) {
      last.push(button);
    } else {
      rows.push(button ? [button] : block);
    }
  }
  return rows.map((row) => (typeof row === 'string' ? writeRichText(row).html : buttonRow(row, dress))).join('\n');
}

function buttonIn(block: string): Button | null {
  const { label, target } = buttonBlock.exec(block)?.groups ?? {};
  return label === undefined || target === undefined || /[:：]\s*$/u.test(label) ? null : { label, target };
}

function buttonRow(buttons: Button[], { accent, onAccent }: Pick<MailDress, 'accent' | 'onAccent'>): string {
  const style = `display:inline-block;margin:4px;padding:10px 18px;border:1px solid ${onAccent};border-radius:8px;background:${accent};color:${onAccent};text-decoration:none;font-weight:bold`;
  const links = buttons.map(
    ({ label, target }) => `<a href="${escapeHtml(target)}" style="${style}">${escapeHtml(label)}</a>`,
  );
  return `<p style="margin:1em -4px;line-height:2.6">${links.join(' ')}</p>`;
}

/** The page of a mail that a program wrote: tables, for programs that lay out nothing else, and styles in place. */
export function dressedPage(
  contents: string[],
  { dress, dir, language }: { dress: MailDress; dir: 'rtl' | 'ltr'; language: Language },
): string {
  const side = dir === 'rtl' ? 'right' : 'left';
  const name = inLanguage(dress.name, language);
  const footer = inLanguage(dress.footer, language);
  const cell = (padding: string, style: string, inner: string, names = ''): string =>
    `<tr><td${names && ` class="${names}"`} align="${side}" dir="${dir}" style="padding:${padding};text-align:${side};${style}">${inner}</td></tr>`;
  const rows = [
    headOf(dress, name) && cell('18px 28px', `border-bottom:3px solid ${dress.accent};${font}`, headOf(dress, name)),
    cell('20px 28px', font, contents.filter((content) => content !== '').join('\n')),
    footer && cell('14px 28px 20px', `${font};font-size:12px;color:#59636e`, writeRichText(footer).html, 'pk-small'),
  ];
  return `<!doctype html>
<html lang="${language}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><style>${dark}</style></head>
<body dir="${dir}" class="pk-page" style="margin:0;padding:0;background:#f2f4f6"><table role="presentation" class="pk-page" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f6"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="pk-card" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;color:#1b1f24;border:1px solid #d5dae1;border-radius:10px">
${rows.filter((row) => row !== '').join('\n')}
</table></td></tr></table></body></html>`;
}

/** The picture stands on white: one that is drawn for paper is seen in the dark too. */
function headOf({ logo }: MailDress, name: string): string {
  const picture =
    logo &&
    `<img src="cid:${logoContentId}" alt="${escapeHtml(name)}" height="40" style="height:40px;max-width:220px;vertical-align:middle;background:#ffffff;color:#1b1f24;border-radius:6px">`;
  return picture ?? (name && `<strong style="font-size:17px">${escapeHtml(name)}</strong>`);
}

export function inLanguage(texts: Record<Language, string>, language: Language): string {
  return texts[language].trim() || texts[language === 'fa' ? 'en' : 'fa'].trim();
}
