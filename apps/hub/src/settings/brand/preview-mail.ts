import { layOutMail, logoContentId, outgoingOf } from '#channels';
import { dressOf, logoPath, type Brand } from './brand.js';
import type { BrandPreviewDto } from './brand.dto.js';

/** Nothing runs in it, and the picture is the only thing that it loads. */
export const previewPolicy = `default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

const examples = {
  en: `How satisfied are you with the help you got?

Choose a score:

😞 1
https://example.com/1

😐 2
https://example.com/2

😀 3
https://example.com/3`,
  fa: `از کمکی که گرفتید چقدر راضی هستید؟

امتیاز خود را انتخاب کنید:

😞 ۱
https://example.com/1

😐 ۲
https://example.com/2

😀 ۳
https://example.com/3`,
};

/** An example of a mail in one language, as programs show it that draw light or dark. */
export function previewMail(brand: Brand, { locale, theme, name = '', footer = '', accent }: BrandPreviewDto): string {
  const dress = dressOf({
    ...brand,
    name: { en: name, fa: name },
    footer: { en: footer, fa: footer },
    accent: accent ?? null,
  });
  const { html } = layOutMail({
    body: examples[locale],
    settings: outgoingOf({}),
    names: { agent: '', account: '', address: '', customer: '' },
    images: new Map(),
    quote: [],
    threadToken: null,
    dress,
  });
  return html
    .replace('(prefers-color-scheme:dark)', theme === 'dark' ? 'all' : 'not all')
    .replace(`cid:${logoContentId}`, logoPath(brand) ?? '');
}
