/**
 * How a request is answered: a page from the hub or else the kept one, a file beside it in the same way, an asset by the hash in its name, or not by
 * the worker at all.
 */
export type Way = 'page' | 'file' | 'asset' | 'none';

/** Everything of the hub that is no page of the console: the chat widget and its page, the pages that customers open by links, and machines. */
const foreign = /^\/(?:api|hooks|health|metrics|socket\.io|media|widget|chat|b|my|s|u)(?:\/|\.|$)/u;
/** A page's address has no ending. */
const ending = /\.[a-z0-9]+$/iu;
/** What a page asks for by a plain name before it shows. */
const beside = new Set(['/before-paint.js', '/peyk.svg']);

/** Which requests the worker has a part in. What people wrote, and their files, never pass it. */
export function wayOf({ method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>, origin: string): Way {
  const { origin: asked, pathname } = new URL(url);
  if (method !== 'GET' || asked !== origin || foreign.test(pathname)) {
    return 'none';
  }
  if (mode === 'navigate') {
    return ending.test(pathname) ? 'none' : 'page';
  }
  if (beside.has(pathname)) {
    return 'file';
  }
  return pathname.startsWith('/assets/') ? 'asset' : 'none';
}
