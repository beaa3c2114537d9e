import { plainId } from '../mime/classify-files.js';
import { longestText } from '../mime/clean-text.js';
import { htmlToText } from '../mime/html-to-text.js';
import { textAsPage } from '../mime/read-body.js';
import { readParts } from '../mime/read-parts.js';
import { mailLimits, notes } from '../parse-email.js';
import type { InboundAttachment } from '../../message.js';
import { sanitizeMailHtml } from './sanitize-mail-html.js';

export interface PageWish {
  /** Images of other servers are shown. */
  images: boolean;
  /** The text alone, for a page that is too much for the sanitizer. */
  textOnly?: boolean;
  fallbackCharset?: string;
}

/** A whole document. `blocked` counts the images of other servers that it does not show. */
export interface MailPage {
  html: string;
  blocked: number;
}

const mostImageBytes = 15 * 1024 * 1024;

/**
 * A mail as a page of its own, to be shown under `mailPagePolicy`. Its own images are in it as data: the frame it is shown in has no origin
 * and so no session by which it could fetch them.
 */
export async function mailPage(raw: Uint8Array, wish: PageWish): Promise<MailPage> {
  const { html, text, attachments } = await readParts(raw, mailLimits, wish.fallbackCharset);
  const clean =
    html === null || wish.textOnly
      ? null
      : await sanitizeMailHtml(html, { images: wish.images, cidUrl: imagesOf(attachments) });
  if (!clean) {
    const shown = html === null ? text : htmlToText(html).text;
    return { html: wrapMailPage(textAsPage(shown.slice(0, longestText)), wish.images), blocked: 0 };
  }
  return { html: wrapMailPage(clean.html + (clean.isCut ? cutNote : ''), wish.images), blocked: clean.blocked };
}

/** The page of a mail that cannot be shown at all. Takes no time to make. */
export function unreadablePage({ images }: PageWish): MailPage {
  return { html: wrapMailPage(textAsPage(notes.malformed), images), blocked: 0 };
}

/**
 * The second wall: what the frame of a mail may do, whatever is in it. Nothing runs, nothing is sent, and nothing is loaded but images,
 * which are in the page itself or, when somebody asked for them, on other servers. Links open in windows of their own.
 */
export function mailPagePolicy(images: boolean): string {
  return [
    "default-src 'none'",
    `img-src data:${images ? ' https: http:' : ''}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

/** Puts a page into a document that begins with the policy, for whoever shows it without our headers. */
export function wrapMailPage(body: string, images: boolean): string {
  const policy = mailPagePolicy(images).replace(/; (?:frame-ancestors|sandbox)[^;]*/gu, '');
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta http-equiv="x-dns-prefetch-control" content="off"><meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width"><style>${look}</style></head><body dir="auto">${body}</body></html>`;
}

const look =
  'body{margin:0;padding:8px;font:15px/1.5 system-ui,Vazirmatn,Tahoma,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin-block:8px;margin-inline:8px 0;padding-inline-start:8px;border-inline-start:3px solid #ccc}';

const cutNote = `<hr>${textAsPage(notes.cut)}`;

/** The mail's own images by content id, as far as they are images and not too many. */
function imagesOf(attachments: readonly InboundAttachment[]): (contentId: string) => string | null {
  const files = new Map(attachments.map(({ contentId, source }) => [contentId ?? '', source]));
  const urls = new Map<string, string | null>();
  let bytes = 0;
  return (written) => {
    const id = plainId(written);
    const source = files.get(id);
    if (id === '' || !source || !('bytes' in source)) {
      return null;
    }
    if (!urls.has(id)) {
      bytes += source.bytes.length;
      urls.set(id, bytes > mostImageBytes ? null : dataUrl(source.bytes));
    }
    return urls.get(id) ?? null;
  };
}

const beginnings: [string, string][] = [
  ['image/png', '89504e47'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['image/bmp', '424d'],
];

/** By what the bytes are and not by what they are called: a drawing that can carry a script is no image here. */
function dataUrl(bytes: Uint8Array): string | null {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = content.toString('hex', 0, 12);
  const isWebp = begin.startsWith('52494646') && begin.endsWith('57454250');
  const type = isWebp ? 'image/webp' : beginnings.find(([, mark]) => begin.startsWith(mark))?.[0];
  return type === undefined ? null : `data:${type};base64,${content.toString('base64')}`;
}
