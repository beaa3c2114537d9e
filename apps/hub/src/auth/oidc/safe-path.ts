const nowhere = 'http://hub.invalid';
const longest = 1_000;

/** Where a sign-in leads back to: a page of the console, or its first one where what was asked for is anything else. */
export function safePath(wanted: string | undefined): string {
  const url = wanted?.startsWith('/') && wanted.length <= longest ? URL.parse(wanted, nowhere) : null;
  const isPage = url?.origin === nowhere && !/^\/(?:\/|\\|api\/|login|hooks\/)/.test(url.pathname);
  return url && isPage ? url.pathname + url.search : '/';
}
