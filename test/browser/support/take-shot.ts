import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const wanted = process.env['BROWSER_SHOTS'];
const folder = wanted ?? join(tmpdir(), 'peyk-shots');

/** Keeps what the page looks like, for people to look at: no test compares it. Done where BROWSER_SHOTS names a folder for them. */
export async function takeShot(page: Page, name: string): Promise<void> {
  if (wanted !== undefined) {
    await keepShot(page, name);
  }
}

/** Keeps it in any case, as what a failure looked like. */
export async function keepShot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`) });
}
