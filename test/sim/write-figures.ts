import { readFileSync, writeFileSync } from 'node:fs';
import type { Finding } from './experiments.js';

/** A table as Markdown, padded as the formatter pads it. */
export function markdownTable({ head, rows }: Pick<Finding, 'head' | 'rows'>): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Replaces what stands between the markers of each name; the text around them is written by hand. */
export function writeBlocks(file: string, blocks: Record<string, string>): void {
  let text = readFileSync(file, 'utf8');
  for (const [name, block] of Object.entries(blocks)) {
    const [begin, end] = [`<!-- sim: ${name} -->`, `<!-- end: ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from === -1 || to < from) {
      throw new Error(`${file} has no place for ${name}.`);
    }
    text = `${text.slice(0, from + begin.length)}\n\n${block}\n\n${text.slice(to)}`;
  }
  writeFileSync(file, text);
}
