import axe from 'axe-core';
import type { Page } from 'playwright-core';

const options = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
};

interface Found {
  violations: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }[];
}

/** What stands between a page and people who cannot see, hear or point, one line a place. `within`: a part of it, as a selector. */
export async function findViolations(page: Page, within?: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const part = within === undefined ? 'document' : JSON.stringify({ include: [within] });
  const { violations } = await page.evaluate<Found>(`axe.run(${part}, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${String(target)} ${failureSummary ?? ''}`),
  );
}
