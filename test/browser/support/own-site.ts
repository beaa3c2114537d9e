import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One page or file of a site; without a policy it may do what pages may. */
export interface SitePage {
  body: string;
  type?: string;
  policy?: string;
}

/** Somebody's web site on loopback, made of what a test puts there. */
export interface OwnSite {
  origin: string;
  /** By path; read at every request. */
  pages: Map<string, () => SitePage>;
  close(): Promise<void>;
}

export async function startOwnSite(): Promise<OwnSite> {
  const pages: OwnSite['pages'] = new Map();
  const server = createServer(({ url = '/' }, response) => {
    const page = pages.get(url.split('?')[0] ?? '/')?.();
    if (!page) {
      response.writeHead(204).end();
      return;
    }
    response.setHeader('content-type', page.type ?? 'text/html; charset=utf-8');
    if (page.policy) {
      response.setHeader('content-security-policy', page.policy);
    }
    response.end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    pages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page with a little on it, and what goes into its head and body. */
export function htmlOf({ head = '', body = '', lang = 'en' }: { head?: string; body?: string; lang?: string }): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A shop</title>${head}</head><body><h1>A shop</h1><p>Teapots, cups and trays.</p>${body}</body></html>`;
}
