import { splitText, type Span } from './split-text.js';

/** A piece of text with the marks that hold for it. */
interface Run {
  text: string;
  bold: boolean;
  href: string | null;
}

/** A part of a text as it leaves: what the customer reads, and the HTML that says so; null where nothing is marked. */
export interface TextPart {
  text: string;
  html: string | null;
}

/** What agents may mark, as in mails: bold words and named links. Every piece is bounded, so that no text takes long. */
const marks = new RegExp(
  [
    String.raw`!\[(?<alt>[^\]\n]{0,200})\]\(attachment:[0-9a-fA-F-]{36}\)`,
    String.raw`\[(?<label>[^\]\n]{1,300})\]\((?<target>(?:https?:\/\/|mailto:)[^\s()<>"]{1,2000})\)`,
    String.raw`\*\*(?<bold>[^*\s](?:[^*\n]{0,500}[^*\s])?)\*\*`,
  ].join('|'),
  'gu',
);

/**
 * What an agent or a bot wrote, cut into parts of at most `limit` UTF-16 units of what is read: marks cost nothing. A marked piece is
 * never cut unless it is longer than a part; then its marks are closed and opened again.
 */
export function formatText(source: string, limit: number): TextPart[] {
  const runs = readRuns(source);
  const whole = spansOf(runs);
  const parts = splitText(runs.map(({ text }) => text).join(''), limit, whole);
  let at = 0;
  return parts.map((text) => {
    const from = at;
    at += text.length;
    return { text, html: whole.length === 0 ? null : htmlOf(runs, [from, at]) };
  });
}

/** The text without its marks. */
export function plainText(source: string): string {
  return readRuns(source)
    .map(({ text }) => text)
    .join('');
}

function readRuns(source: string, bold = false): Run[] {
  const runs: Run[] = [];
  let at = 0;
  const add = (text: string, href: string | null = null) => text !== '' && runs.push({ text, bold, href });
  for (const found of source.matchAll(marks)) {
    const { alt, label, target = null, bold: strong } = found.groups ?? {};
    add(source.slice(at, found.index));
    at = found.index + found[0].length;
    if (strong === undefined) {
      add(alt ?? label ?? '', isAddress(target) ? target : null);
    } else {
      runs.push(...readRuns(strong, true));
    }
  }
  add(source.slice(at));
  return runs;
}

function isAddress(target: string | null): boolean {
  return target !== null && URL.canParse(target);
}

function isMarked({ bold, href }: Run): boolean {
  return bold || href !== null;
}

/** Neighbours that are marked make one span: a link inside bold words is one piece with them. */
function spansOf(runs: Run[]): Span[] {
  const spans: [number, number][] = [];
  let at = 0;
  for (const run of runs) {
    const last = spans.at(-1);
    if (isMarked(run) && last?.[1] === at) {
      last[1] += run.text.length;
    } else if (isMarked(run)) {
      spans.push([at, at + run.text.length]);
    }
    at += run.text.length;
  }
  return spans;
}

function htmlOf(runs: Run[], [from, to]: Span): string {
  let at = 0;
  return runs
    .map((run) => {
      const start = at;
      at += run.text.length;
      return tagged({ ...run, text: run.text.slice(Math.max(0, from - start), Math.max(0, to - start)) });
    })
    .join('');
}

function tagged({ text, bold, href }: Run): string {
  if (text === '') {
    return '';
  }
  const linked = href === null ? escapeHtml(text) : `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
  return bold ? `<b>${linked}</b>` : linked;
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => named[sign] ?? sign);
}
