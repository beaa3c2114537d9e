import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const options = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
  // Style sheets of other origins, which no page here has, and what asks for them.
  preload: false,
};

/** What fades in is neither there nor away: two frames for what has yet to begin, then whatever ends by itself. */
const settled = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
  Promise.allSettled(
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && effect.getComputedTiming().endTime !== Infinity)
      .map(({ finished }) => finished),
  ))`;

/**
 * What stands between a page and people who cannot see, hear or point, one line a place. `within`: a part of it, as a selector; `rules`:
 * only these, e.g. where nothing but the colours is another.
 */
export async function findViolations(page: Page, within?: string, rules?: string[]): Promise<string[]> {
  // It is more than half a megabyte: once a page, not once a look.
  if (!(await page.evaluate<boolean>(`typeof axe === 'object'`))) {
    await page.evaluate(source);
  }
  await page.evaluate(`${settled}.then(() => undefined)`);
  const part = within === undefined ? 'document' : JSON.stringify({ include: [within] });
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    `axe.run(${part}, ${JSON.stringify(rules ? { ...options, runOnly: { type: 'rule', values: rules } } : options)})`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${String(target)} ${failureSummary ?? ''}`),
  );
}
