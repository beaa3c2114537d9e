import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import EmailReplyParser from 'email-reply-parser';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/support/launch-chromium.js';

/** What the other parsers show of a mail; null where one cannot read its kind. */
export interface Rivals {
  emailReplyParser(text: string): string;
  planerText(text: string): string;
  planerHtml(html: string): Promise<string | null>;
  close(): Promise<void>;
}

interface Planer {
  extractFrom(body: string, type: string, document?: unknown): string;
}

const require = createRequire(import.meta.url);

/**
 * Both at their best: email-reply-parser reads text, and planer gets a real browser's document for HTML. Without Chromium planer
 * is not tried on HTML, which is said aloud.
 */
export async function openRivals(): Promise<Rivals> {
  const planer = require('planer') as Planer;
  const browser = await openBrowser();
  const page = browser === null ? null : await browser.newPage();
  await page?.evaluate(planerSource());
  return {
    emailReplyParser: (text) => new EmailReplyParser().read(text).getVisibleText(),
    planerText: (text) => planer.extractFrom(text, 'text/plain'),
    planerHtml: async (html) => (page ? page.evaluate(runPlaner, html) : null),
    close: async () => browser?.close(),
  };
}

async function openBrowser(): Promise<Browser | null> {
  try {
    return await launchChromium();
  } catch (fault) {
    process.stderr.write(
      `SKIPPED: planer was not tried on HTML, there is no Chromium (${String(fault).slice(0, 80)}).\n`,
    );
    return null;
  }
}

/** Its three CommonJS files as one script that sets `planer` on the page. */
function planerSource(): string {
  const modules = ['regexes', 'htmlPlaner', 'planer'].map((name) => {
    const source = readFileSync(require.resolve(`planer/lib/${name}.js`), 'utf8');
    return `modules['./${name}'] = {}; ((exports) => { ${source} })(modules['./${name}']);`;
  });
  return `(() => { const modules = {}; const require = (name) => modules[name]; ${modules.join('\n')} globalThis.planer = modules['./planer']; })()`;
}

/** Runs in the page. A mail on which planer fails is left as it is, as its users would have to. */
function runPlaner(html: string): string {
  const page = globalThis as unknown as { planer: Planer; document: unknown };
  try {
    return page.planer.extractFrom(html, 'text/html', page.document);
  } catch {
    return html;
  }
}
