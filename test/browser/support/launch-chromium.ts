import { existsSync } from 'node:fs';
import { describe, jest } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';

/** Debian's two builds of it. The one without a window of its own costs an eighth less of a core, and shows no notifications. */
const whole = '/usr/bin/chromium';
const shell = '/usr/bin/chromium-headless-shell';

const path = process.env['CHROMIUM_PATH'] ?? whole;
const isThere = existsSync(path);
const lean = process.env['CHROMIUM_PATH'] === undefined && existsSync(shell) ? shell : path;

/** A chapter opens pages and has them checked; where two of them share a slow core, that takes its time. */
const patienceMs = 120_000;

/** A browser that talks to nobody by itself: everything it asks for was asked for by a page. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Pages of tests live for seconds: optimising their scripts costs more than it brings, an eighth of what they use of a core. */
const shortLived = '--js-flags=--max-lazy --no-turbofan';

/** One whose pages are timed runs as a user's does. */
export function launchChromium({ notifies = false, isTimed = false } = {}): Promise<Browser> {
  const args = isTimed ? flags : [...flags, shortLived];
  return chromium.launch({ executablePath: notifies ? path : lean, headless: true, args });
}

/** A `describe` that needs Chromium. On a machine without one it is skipped, loudly; under CI it fails instead. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (isThere) {
    jest.setTimeout(patienceMs);
    describe(name, () => {
      tests();
    });
    return;
  }
  const lack = `There is no Chromium at ${path}. Install it ("apt-get install chromium") or set CHROMIUM_PATH.`;
  if (process.env['CI'] === 'true') {
    throw new Error(lack);
  }
  process.stderr.write(`\n*** BROWSER TESTS SKIPPED: ${name}\n*** ${lack}\n\n`);
  // oxlint-disable-next-line jest/no-disabled-tests -- Said aloud above; CI does not come here.
  describe.skip(name, () => {
    tests();
  });
}
