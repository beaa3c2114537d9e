import type { Locale } from './locale.js';
import type { PeykChatIdentity } from './page-api.js';
import type { VisitorSession } from './visitor-memory.js';

/** The hub does not have this chat, or not for this page. Asking again changes nothing. */
export class ChatRefused extends Error {}

/** What the hub is asked for, and what the site says about who is there (null: nobody; undefined: nothing). */
interface Wish {
  locale: Locale;
  token?: string | undefined;
  identity?: string | null | undefined;
}

/**
 * Asks the hub for a visitor of this channel, or for a fresh token for the one whose token is given. The page's cookies stay
 * out of it, and a token is in no address.
 */
export async function openSession(
  hub: string,
  channel: string,
  wish: Wish,
): Promise<{ session: VisitorSession; identity: PeykChatIdentity }> {
  const response = await fetch(`${hub}/api/chat/${encodeURIComponent(channel)}/session`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    throw new ChatRefused(`The chat was refused: ${String(response.status)}`);
  }
  if (!response.ok) {
    throw new Error(`The hub answered ${String(response.status)}`);
  }
  const { identity, reason, ...session } = (await response.json()) as VisitorSession & {
    identity: PeykChatIdentity['state'];
    reason: string | null;
  };
  return { session: { ...session, at: Date.now() }, identity: { state: identity, reason } };
}
