import type { Locale } from './locale.js';
import type { VisitorSession } from './visitor-memory.js';

/** The hub does not have this chat, or not for this page. Asking again changes nothing. */
export class ChatRefused extends Error {}

/**
 * Asks the hub for a visitor of this channel, or for a fresh token for the one whose token is given. The page's cookies stay
 * out of it.
 */
export async function openSession(
  hub: string,
  channel: string,
  wish: { locale: Locale; token?: string },
): Promise<VisitorSession> {
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
  const { token, name } = (await response.json()) as VisitorSession;
  return { token, name, locale: wish.locale, at: Date.now() };
}
