/** What a browser says of the page that calls, and of whom it calls. */
export interface OriginHeaders {
  origin?: string | undefined;
  host?: string | undefined;
}

/** Which pages may show a chat. */
export interface AllowedPages {
  /** Origins; `https://*.example.com` stands for every host below. None: every page. */
  allowedOrigins: readonly string[];
  /** Also programs that send no Origin, or `null`: web views of mobile apps, pages in a sandbox. */
  allowApps: boolean;
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
export function mayShowChat(headers: OriginHeaders, publicUrl: string | null, pages: AllowedPages): boolean {
  const { allowedOrigins, allowApps } = pages;
  if (allowedOrigins.length === 0 || isOwnOrigin(headers, publicUrl)) {
    return true;
  }
  const origin = parseOrigin(headers.origin);
  return origin ? allowedOrigins.some((allowed) => fits(origin, allowed)) : allowApps && isNobodys(headers.origin);
}

function fits(origin: URL, allowed: string): boolean {
  const star = /^(https?:\/\/)\*(\..+)$/.exec(allowed);
  return star
    ? origin.origin.startsWith(star[1] ?? '') && origin.host.endsWith(star[2] ?? '')
    : origin.origin === allowed;
}

/** A web view sends none, `null`, or the address of a file in its app. */
function isNobodys(origin: string | undefined): boolean {
  return origin === undefined || origin === 'null' || /^(file|capacitor|ionic|app):\/\//.test(origin);
}

function parseOrigin(origin: string | undefined): URL | null {
  const url = URL.parse(origin ?? '');
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}
