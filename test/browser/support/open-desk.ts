import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { TestHub } from '../../support/start-hub.js';
import { signedIn } from '../../support/build-rows.js';
import { watchContext, type Watched } from './watch-page.js';

export interface DeskWish {
  /** Signed in as, without the way over a password; nobody otherwise. */
  agentId?: string;
  locale?: 'en' | 'fa';
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** Whether the console's own worker may look after this browser. */
  hasWorker?: boolean;
  /** For how many seconds what is sent can be taken back; it leaves at once otherwise. */
  undo?: { email: number; other: number };
}

/** A browser of somebody who works with the hub: cookies and storage of its own. */
export interface Desk {
  page: Page;
  context: BrowserContext;
  watched: Watched;
  goto: (path: string) => Promise<void>;
  close: () => Promise<void>;
}

const patienceMs = 30_000;
const atOnce = { email: 0, other: 0 };

export async function openDesk(browser: Browser, hub: TestHub, wish: DeskWish = {}): Promise<Desk> {
  const context = await browser.newContext(contextOptions(wish));
  context.setDefaultTimeout(patienceMs);
  const watched = watchContext(context, hub.url);
  await sendAtOnce(hub);
  if (wish.agentId !== undefined && wish.undo !== undefined) {
    await likeUndo(hub, wish.agentId, wish.undo);
  }
  if (wish.agentId !== undefined) {
    await bringSession(context, hub, wish.agentId);
  }
  const page = await context.newPage();
  return {
    page,
    context,
    watched,
    goto: async (path) => void (await page.goto(hub.url + path)),
    close: async () => {
      await context.close();
      if (wish.agentId !== undefined && wish.undo !== undefined) {
        await likeUndo(hub, wish.agentId, atOnce);
      }
    },
  };
}

function contextOptions({ locale, scheme, width, height, hasWorker }: DeskWish): BrowserContextOptions {
  return {
    locale: locale === 'fa' ? 'fa-IR' : 'en-GB',
    timezoneId: 'Asia/Tehran',
    colorScheme: scheme ?? 'light',
    reducedMotion: 'reduce',
    viewport: { width: width ?? 1440, height: height ?? 900 },
    serviceWorkers: hasWorker ? 'allow' : 'block',
  };
}

/** What accounts that have not chosen like in tests: who waits for what is sent waits for nothing else. */
async function sendAtOnce(hub: TestHub): Promise<void> {
  await hub.database.query(`update agent set preferences = preferences || $1::jsonb where not preferences ? 'undo'`, [
    JSON.stringify({ undo: atOnce }),
  ]);
}

async function likeUndo(hub: TestHub, agentId: string, undo: typeof atOnce): Promise<void> {
  const caller = await signedIn(hub, agentId);
  await caller.call('/api/me', { method: 'PATCH', body: { preferences: { undo } } });
}

async function bringSession(context: BrowserContext, hub: TestHub, agentId: string): Promise<void> {
  const { credentials } = await signedIn(hub, agentId);
  const [name = '', value = ''] = (credentials['cookie'] ?? '').split(';', 1).join().split('=');
  await context.addCookies([{ name, value, url: hub.url, httpOnly: true, sameSite: 'Lax' }]);
}
