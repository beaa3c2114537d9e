import type { Claim, SiteUser } from '#channels';

/** What a site's user only said of themselves: it owns nothing and is for agents to look at. */
export function claimsOf(site: SiteUser | null): Claim[] {
  return (site?.told ?? []).map((one) => ({ ...one, source: 'page' }));
}

/** The `sub` of a token that proves nothing, for comparing it with what is proven already; null when it has none. */
export function peekSubject(token: string): string | null {
  try {
    const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub?: unknown };
    return typeof sub === 'string' || typeof sub === 'number' ? String(sub) : null;
  } catch {
    return null;
  }
}
