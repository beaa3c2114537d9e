interface OriginHeaders {
  origin?: string | undefined;
  host?: string | undefined;
}

/** Whether a browser's Origin is the hub itself: the host that it asked for, or PUBLIC_URL. */
export function isOwnOrigin(headers: OriginHeaders, publicUrl: string | null): boolean {
  const origin = parseOrigin(headers.origin);
  if (origin === null) {
    return false;
  }
  return origin.host === headers.host || (publicUrl !== null && origin.origin === new URL(publicUrl).origin);
}

/** Whether a page may show a chat: the hub's own, or one of the channel's sites; without a list, every page may. */
export function mayShowChat(headers: OriginHeaders, publicUrl: string | null, allowed: readonly string[]): boolean {
  return (
    allowed.length === 0 ||
    isOwnOrigin(headers, publicUrl) ||
    allowed.includes(parseOrigin(headers.origin)?.origin ?? '')
  );
}

function parseOrigin(origin: string | undefined): URL | null {
  const url = URL.parse(origin ?? '');
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}
