import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openReport } from './report-parts.js';
import { readReport, readReportDetail } from './read-report.js';
import type { ReportDetail } from './report-detail.js';

const folder = join('..', 'shared', 'corpus', 'bounces');
const index = join(folder, 'index.json');
const floor = 0.85;

interface Case {
  id: string;
  file: string;
  class: string;
  expect: { status: string; hard: boolean }[] | null;
  variants?: string[];
}

type Measure = 'class' | 'rows' | 'digit' | 'hard';

/** Whether each of the four answers is right; null where the corpus does not know it. */
function score({ class: told, rows }: ReportDetail, wanted: Case): Record<Measure, boolean | null> {
  const expected = wanted.expect;
  const same = (right: (index: number) => boolean) => (expected ? expected.every((_, at) => right(at)) : null);
  return {
    class: told === wanted.class,
    rows: expected && rows.length === expected.length,
    digit: same((at) => (rows[at]?.digit ?? 'missing') === (expected?.[at]?.status[0] ?? '')),
    hard: same((at) => rows[at]?.hard === expected?.[at]?.hard),
  };
}

function open(file: string): Buffer {
  return readFileSync(join(folder, file));
}

if (!existsSync(index)) {
  process.stdout.write('SKIPPED: ../shared/corpus is not here, so reports are not measured against real bounces\n');
}

(existsSync(index) ? describe : describe.skip)('reports of the corpus', () => {
  const { cases } = existsSync(index)
    ? (JSON.parse(readFileSync(index, 'utf8')) as { cases: Case[] })
    : { cases: [] as Case[] };

  it('are read right in at least 85 % by each of class, rows, status digit and hardness', () => {
    const scores = cases.map((wanted) => ({ id: wanted.id, ...score(readReportDetail(open(wanted.file)), wanted) }));
    const table = (['class', 'rows', 'digit', 'hard'] as const).map((measure) => {
      const known = scores.filter((one) => one[measure] !== null);
      const right = known.filter((one) => one[measure] === true).length;
      const wrong = known.filter((one) => one[measure] === false).map(({ id }) => id.replace(/\.eml$/u, ''));
      return { measure, right, of: known.length, share: right / known.length, wrong };
    });
    const lines = table.map(
      ({ measure, right, of, share, wrong }) =>
        `  ${measure.padEnd(6)} ${String(right).padStart(4)}/${of}  ${(share * 100).toFixed(1)} %  ${wrong.join(' ')}`,
    );
    process.stdout.write(`bounces of the corpus\n${lines.join('\n')}\n`);
    expect(table.filter(({ share }) => share < floor)).toEqual([]);
  });

  it('name the mail of ours that they are about, wherever its id stands in what they return', () => {
    const returning = cases.flatMap(({ class: kind, file, id }) => {
      const raw = open(file);
      const ids = [...raw.toString().matchAll(/^[> ]*message-id:\s*(<[^>\s]+>)/gimu)].map(([, found]) => found);
      return kind === 'bounce' && ids.length > 1
        ? [{ id, returned: ids.slice(1), about: readReportDetail(raw).about }]
        : [];
    });
    const missed = returning.filter(({ returned, about }) => about === null || !returned.includes(about));
    const right = returning.length - missed.length;
    process.stdout.write(`  about  ${right}/${returning.length}  ${missed.map(({ id }) => id).join(' ')}\n`);
    expect(right / returning.length).toBeGreaterThanOrEqual(28 / 30);
  });

  it('are read the same whatever their line ends are', () => {
    const differing = cases.flatMap((one) =>
      (one.variants ?? []).filter((variant) => {
        const [here, there] = [readReportDetail(open(one.file)), readReportDetail(open(variant))];
        return JSON.stringify(here) !== JSON.stringify(there);
      }),
    );
    expect(differing).toEqual([]);
  });

  it('take under 50 ms each', () => {
    const slow = cases.filter(({ file }) => fastest(() => readReport(open(file))) > 50);
    expect(slow.map(({ id }) => id)).toEqual([]);
  });

  it('open without an encoded word left in their subject', () => {
    const encoded = cases.filter(({ file }) => openReport(open(file)).subject.includes('=?UTF-8?B?'));
    expect(encoded.map(({ id }) => id)).toEqual([]);
  });
});

/** Milliseconds of the fastest of three: whoever else has the machine for a moment does not count. */
function fastest(work: () => void): number {
  const times = [1, 2, 3].map(() => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return Math.min(...times);
}
