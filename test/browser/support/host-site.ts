import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody's web site on loopback, which shows the chat by its one line. */
export interface HostSite {
  origin: string;
  /** Its page in a language; `hostile`: with styles that spoil whatever they reach. */
  page(locale: 'en' | 'fa', styles: 'plain' | 'hostile'): string;
  /** Tells it whose chat to show: the page needs the hub, and the hub's channel the page's origin. */
  show(hub: string, channel: string): void;
  close(): Promise<void>;
}

const words = {
  en: { dir: 'ltr', title: 'A shop', text: 'Teapots, cups and trays.' },
  fa: { dir: 'rtl', title: 'یک فروشگاه', text: 'قوری و فنجان و سینی.' },
};

/**
 * What a page's own rules may do at their worst: inherited properties from the root down, every property on every element by
 * universal and type selectors, and the widget's element by its name. All important. Nothing here is on html or body that no
 * descendant could take back.
 */
const hostileCss = `
main { display: none !important; }
html, body {
  color: yellow !important; cursor: none !important; direction: rtl !important; font: italic 44px/1 cursive !important;
  letter-spacing: 9px !important; pointer-events: none !important; text-align: center !important; text-indent: 70px !important;
  text-transform: uppercase !important; user-select: none !important; visibility: hidden !important; white-space: pre !important;
  word-spacing: 30px !important;
}
body *, peyk-chat, div, span, p, h2, header, form, button, textarea, dialog, svg, path, time, bdi, output {
  animation: none !important; background: purple !important; border: 9px dotted red !important; box-sizing: content-box !important;
  clip-path: circle(5px) !important; color: yellow !important; filter: blur(9px) !important; float: left !important;
  font: italic 44px/1 cursive !important; height: 1px !important; letter-spacing: 9px !important; margin: 33px !important;
  opacity: 0.1 !important; padding: 33px !important; pointer-events: none !important; position: static !important;
  text-transform: uppercase !important; transform: rotate(40deg) !important; visibility: hidden !important; width: 1px !important;
}
peyk-chat { display: none !important; z-index: -1 !important; }
`;

export async function startHostSite(): Promise<HostSite> {
  let shown = { hub: '', channel: '' };
  const server = createServer((request, response) => answer(request, response, shown));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    origin,
    page: (locale, styles) => `${origin}/${locale}/${styles}`,
    show: (hub, channel) => {
      shown = { hub, channel };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
  { hub, channel }: { hub: string; channel: string },
): void {
  const [, locale, styles] = /^\/(en|fa)\/(plain|hostile)$/.exec(url) ?? [];
  if (url === '/hostile.css') {
    response.setHeader('content-type', 'text/css').end(hostileCss);
  } else if (locale === undefined) {
    response.writeHead(204).end();
  } else {
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .setHeader('content-security-policy', policyFor(hub))
      .end(pageOf(locale as 'en' | 'fa', styles === 'hostile', `src="${hub}/widget.js" data-channel="${channel}"`));
  }
}

/** What the documentation says that the chat needs, the page's own style sheet, and nothing else. */
function policyFor(hub: string): string {
  return [
    `default-src 'none'`,
    `script-src ${hub}`,
    `connect-src ${hub} ${hub.replace('http', 'ws')}`,
    `style-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ');
}

function pageOf(locale: 'en' | 'fa', isHostile: boolean, script: string): string {
  const { dir, title, text } = words[locale];
  return `<!doctype html>
<html lang="${locale}" dir="${dir}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    ${isHostile ? '<link rel="stylesheet" href="/hostile.css">' : ''}
    <script async ${script}></script>
  </head>
  <body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>`;
}
