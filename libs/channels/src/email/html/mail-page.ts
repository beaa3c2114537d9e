import { plainId } from '../mime/classify-files.js';
import { longestText } from '../mime/clean-text.js';
import { htmlToText } from '../mime/html-to-text.js';
import { textAsPage } from '../mime/read-body.js';
import { readParts } from '../mime/read-parts.js';
import { mailLimits, notes } from '../parse-email.js';
import type { InboundAttachment } from '../../message.js';
import { pictureUrl } from './picture-url.js';
import { sanitizeMailHtml } from './sanitize-mail-html.js';

export interface PageWish {
  /** The places of images of other servers are kept, to be filled by withPictures. */
  images: boolean;
  /** The text alone, for a page that is too much for the sanitizer. */
  textOnly?: boolean;
  fallbackCharset?: string;
}

/** A whole document. `blocked` counts the images of other servers that it does not show, `remote` are those whose places it keeps. */
export interface MailPage {
  html: string;
  blocked: number;
  remote: string[];
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
    return { html: wrapMailPage(textAsPage(shown.slice(0, longestText))), blocked: 0, remote: [] };
  }
  const { blocked, remote } = clean;
  return { html: wrapMailPage(clean.html + (clean.isCut ? cutNote : '')), blocked, remote };
}

/** The page of a mail that cannot be shown at all. Takes no time to make. */
export function unreadablePage(): MailPage {
  return { html: wrapMailPage(textAsPage(notes.malformed)), blocked: 0, remote: [] };
}

/**
 * The second wall: what the frame of a mail may do, whatever is in it. Nothing runs, nothing is sent and nothing is loaded: what a page
 * shows is in it, the pictures of other servers too when somebody asked for them. Links open in windows of their own.
 */
export function mailPagePolicy(): string {
  return [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

/** Puts a page into a document that begins with the policy, for whoever shows it without our headers. */
export function wrapMailPage(body: string): string {
  const policy = mailPagePolicy().replace(/; (?:frame-ancestors|sandbox)[^;]*/gu, '');
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
      urls.set(id, bytes > mostImageBytes ? null : pictureUrl(source.bytes));
    }
    return urls.get(id) ?? null;
  };
}
