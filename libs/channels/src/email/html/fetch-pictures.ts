import { type AgentChoice, exchange } from '../../wire/http-exchange.js';
import type { MailPage } from './mail-page.js';
import { pictureUrl } from './picture-url.js';
import { remoteMark } from './sanitize-mail-html.js';

/** What the pictures of one page may be together and each. Sizes in bytes, times in milliseconds. */
export interface PictureLimits {
  atOnce: number;
  bytes: number;
  allBytes: number;
  redirects: number;
  /** For one answer, and for all of them. */
  answerMs: number;
  allMs: number;
}

const pictureLimits: PictureLimits = {
  atOnce: 6,
  bytes: 5 * 1024 * 1024,
  allBytes: 15 * 1024 * 1024,
  redirects: 3,
  answerMs: 8_000,
  allMs: 10_000,
};

/** The same for every page and every reader: it tells nobody who looks, or with what. */
const asked = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Mozilla/5.0 (compatible; Peyk)' };

/**
 * Puts the pictures of other servers into a page that was made with them. They are asked for from here, where `agentFor` keeps every
 * address that is not public out of reach, without cookies and without a word of who looks: the sender learns that somebody opened the
 * mail, and nothing of the reader's machine. What is no picture, too large or too slow is left out; the page has its `alt` then.
 */
export async function withPictures(
  page: MailPage,
  agentFor: AgentChoice | undefined,
  limits: PictureLimits = pictureLimits,
): Promise<MailPage> {
  const until = performance.now() + limits.allMs;
  const urls = new Map<number, string>();
  const room = { bytes: limits.allBytes };
  const waiting = page.remote.map((address, at) => ({ address, at }));
  const fetchNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next && performance.now() < until && room.bytes > 0; next = waiting.shift()) {
      const timeoutMs = Math.min(limits.answerMs, until - performance.now());
      const bytes = await fetchPicture(next.address, { agentFor, timeoutMs, limits }).catch(() => null);
      const url = bytes && bytes.length <= room.bytes ? pictureUrl(bytes) : null;
      if (bytes && url !== null) {
        room.bytes -= bytes.length;
        urls.set(next.at, url);
      }
    }
  };
  await Promise.all(Array.from({ length: limits.atOnce }, fetchNext));
  const html = page.html.replace(remoteMark, (_, at: string) => {
    const url = urls.get(Number(at));
    return url === undefined ? '' : ` src="${url}"`;
  });
  return { ...page, html, remote: [] };
}

async function fetchPicture(
  address: string,
  { agentFor, timeoutMs, limits }: { agentFor: AgentChoice | undefined; timeoutMs: number; limits: PictureLimits },
): Promise<Uint8Array | null> {
  let url = new URL(address);
  for (let hops = 0; hops <= limits.redirects; hops++) {
    if (!isPlain(url)) {
      return null;
    }
    const { status, headers, body } = await exchange({
      method: 'GET',
      url,
      headers: asked,
      timeoutMs: Math.max(1, Math.round(timeoutMs)),
      limitBytes: limits.bytes,
      agentFor,
    });
    if (status < 300 || status > 399 || headers.location === undefined) {
      return status === 200 ? body : null;
    }
    url = new URL(headers.location, url);
  }
  return null;
}

/** A page's pictures lie on the web's own ports, and nobody signs in to see them. */
function isPlain({ protocol, username, password }: URL): boolean {
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
