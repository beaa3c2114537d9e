import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { htmlToText } from '../../libs/channels/src/email/mime/html-to-text.js';
import { visibleReply } from '../../libs/channels/src/email/visible-reply/visible-reply.js';
import { persianReplies } from './persian-replies.js';
import { openRivals, type Rivals } from './rival-parsers.js';
import { faultsOf, leftOut, type Extraction, type ReplyCase } from './score-replies.js';

/**
 * Our reading of replies beside email-reply-parser and planer, on the cases of five published suites and on Persian mail of our
 * own. The suites contradict each other (what a signature is, whether it is hidden), so nobody meets them all.
 */
const folder = new URL('../../../shared/corpus/replies/', import.meta.url);
const isHere = existsSync(folder);
if (!isHere) {
  process.stderr.write('SKIPPED: the corpus of replies is missing, the reply parsers were not compared.\n');
}

const toText = (html: string) => htmlToText(html).text;
const parsers = ['peyk', 'emailReplyParser', 'planer'] as const;
type Score = { cases: number } & Record<(typeof parsers)[number], number>;

async function bodyOf({ kind, file, input_text: input }: ReplyCase): Promise<{ text: string; html: string | null }> {
  const raw = file === undefined ? (input ?? '') : readFileSync(new URL(file, folder), 'utf8');
  const lines = raw.replace(/\r\n?/gu, '\n');
  if (kind === 'eml-plain') {
    // Joining flowed lines is the business of the mail reader, not of those who are compared here.
    const mail = await simpleParser(Buffer.from(lines.trimStart().replace(/;\s*format="?flowed"?/iu, '')));
    return { text: mail.text ?? '', html: null };
  }
  return kind === 'html' ? { text: toText(lines), html: lines } : { text: lines, html: null };
}

function readOurs(text: string, html: string | null): Extraction {
  const ranges = visibleReply({ text, html });
  const ends = [0, ...ranges.flat(), text.length];
  const part = (odd: number) =>
    ends.flatMap((from, index) => (index % 2 === odd ? [text.slice(from, ends[index + 1] ?? from)] : [])).join('');
  return { visible: part(0), hidden: part(1) };
}

async function readAll(
  rivals: Rivals,
  text: string,
  html: string | null,
): Promise<Record<(typeof parsers)[number], Extraction>> {
  const page = html === null ? null : await rivals.planerHtml(html);
  const planer = page === null ? rivals.planerText(text) : toText(page);
  const other = rivals.emailReplyParser(text);
  return {
    peyk: readOurs(text, html),
    emailReplyParser: { visible: other, hidden: leftOut(text, other) },
    planer: { visible: planer, hidden: leftOut(text, planer) },
  };
}

function addTo(scores: Map<string, Score>, set: string, met: Record<(typeof parsers)[number], boolean>): void {
  const score = scores.get(set) ?? { cases: 0, peyk: 0, emailReplyParser: 0, planer: 0 };
  score.cases += 1;
  for (const parser of parsers) {
    score[parser] += met[parser] ? 1 : 0;
  }
  scores.set(set, score);
}

function printed(scores: ReadonlyMap<string, Score>): string {
  const rows = [...scores].map(([set, { cases, peyk, emailReplyParser, planer }]) => [
    set,
    cases,
    peyk,
    emailReplyParser,
    planer,
  ]);
  return [['Set', 'Cases', 'Peyk', 'email-reply-parser', 'planer'], ['---', '---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** Milliseconds of the fastest of three: whoever else has the machine for a moment does not count. */
function fastest(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return Math.min(...times);
}

const describeWithCorpus = isHere ? describe : describe.skip;

describeWithCorpus('the visible reply beside other parsers', () => {
  const scores = new Map<string, Score>();
  let slowestMs = 0;
  let rivals: Rivals;

  beforeAll(async () => {
    rivals = await openRivals();
    const { cases } = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as { cases: ReplyCase[] };
    for (const one of cases) {
      const { text, html } = await bodyOf(one);
      slowestMs = Math.max(
        slowestMs,
        fastest(() => visibleReply({ text, html })),
      );
      const all = await readAll(rivals, text, html);
      const isMet = (parser: (typeof parsers)[number]) => faultsOf(one.expect, all[parser], toText).length === 0;
      addTo(scores, one.set, {
        peyk: isMet('peyk'),
        emailReplyParser: isMet('emailReplyParser'),
        planer: isMet('planer'),
      });
    }
    for (const { text, html, visible } of persianReplies) {
      const all = await readAll(rivals, text ?? toText(html ?? ''), html ?? null);
      const isMet = (parser: (typeof parsers)[number]) => all[parser].visible.trim() === visible;
      addTo(scores, 'Persian (ours)', {
        peyk: isMet('peyk'),
        emailReplyParser: isMet('emailReplyParser'),
        planer: isMet('planer'),
      });
    }
    process.stdout.write(`${printed(scores)}\nslowest case of ours: ${slowestMs.toFixed(1)} ms\n`);
  });

  afterAll(() => rivals.close());

  it('is not worse than the better of them on any set', () => {
    const worse = [...scores].filter(
      ([, { peyk, emailReplyParser, planer }]) => peyk < Math.max(emailReplyParser, planer),
    );
    expect(worse).toEqual([]);
  });

  it('is clearly better over all published sets', () => {
    const published = [...scores].flatMap(([set, score]) => (set.startsWith('Persian') ? [] : [score]));
    const total = (parser: (typeof parsers)[number]) => published.reduce((sum, score) => sum + score[parser], 0);
    expect(total('peyk')).toBeGreaterThanOrEqual(1.1 * Math.max(total('emailReplyParser'), total('planer')));
  });

  it('takes under 200 ms for every case', () => {
    expect(slowestMs).toBeLessThan(200);
  });
});
