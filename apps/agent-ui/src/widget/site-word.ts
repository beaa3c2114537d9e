import type { WordSource } from './peyk-chat.js';

/**
 * What the site says about who is signed in: its token, null for nobody, undefined where it says nothing. Throws where it was to say
 * something and could not.
 */
export async function askSite(source: WordSource | undefined): Promise<string | null | undefined> {
  if (source instanceof URL) {
    const answer = await fetch(source, {
      credentials: 'same-origin',
      headers: { accept: 'application/jwt, text/plain' },
    });
    if (!answer.ok) {
      throw new Error(`The site answered ${String(answer.status)}`);
    }
    return (await answer.text()).trim() || null;
  }
  return typeof source === 'function' ? (await source()) || null : source;
}

/** The site's id of the user that a token is about, as it says itself; null for none. Nothing is believed by it. */
export function userOf(word: string | null): string | null {
  try {
    const part = (word ?? '').split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: string | number };
    return sub === undefined ? null : String(sub);
  } catch {
    return null;
  }
}
