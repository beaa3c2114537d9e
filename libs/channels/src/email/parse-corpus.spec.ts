import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { inboundFaults } from '../contract/contract-rules.js';
import { closeMailReaders, mailPageApart, parseEmailApart } from './apart/read-apart.js';
import { parseEmail, type MailContext } from './parse-email.js';

const corpus = new URL('../../../../../shared/corpus/', import.meta.url);
const context: MailContext = { envelopeTo: [], envelopeFrom: null, accountAddresses: [], verdict: 'none' };
const most = { ms: 1_000, bytes: 200 * 1024 * 1024 };

interface Case {
  id: string;
  file?: string;
  expect?: { from_present?: boolean; subject_present?: boolean } | null;
}

interface Mail {
  id: string;
  raw: Buffer;
  hasSender: boolean;
  hasSubject: boolean;
}

function mailsOf(folder: string): Mail[] {
  const { cases } = JSON.parse(readFileSync(new URL(`${folder}/index.json`, corpus), 'utf8')) as { cases: Case[] };
  const files = new Map(cases.flatMap((one) => (one.file === undefined ? [] : [[one.file, one]])));
  return [...files].flatMap(([file, { id, expect: wanted }]) => {
    const path = new URL(`${folder}/${file}`, corpus);
    const isMail = existsSync(path) && !/\.(?:json|ya?ml)$/u.test(file);
    const present = { hasSender: wanted?.from_present === true, hasSubject: wanted?.subject_present === true };
    return isMail ? [{ id: `${folder}: ${id}`, raw: readFileSync(path), ...present }] : [];
  });
}

afterAll(() => closeMailReaders());

describe('the corpus of mails', () => {
  it('is read whole: no mail throws, takes a second or 200 MB, or loses its sender or subject', async () => {
    if (!existsSync(corpus)) {
      process.stderr.write('SKIPPED: no corpus at ../shared/corpus, its mails were not read\n');
      return;
    }
    const mails = ['mails', 'bounces', 'dkim'].flatMap(mailsOf);
    const failed: string[] = [];
    const figures = { ms: 0, bytes: 0, faulty: 0, pageMs: 0 };
    await parseEmailApart(Buffer.from('From: a@b.example\r\n\r\nstart the thread'), context);
    await mailPageApart(Buffer.from('Content-Type: text/html\r\n\r\n<b>load the sanitizer</b>'), { images: false });
    for (const { id, raw, hasSender, hasSubject } of mails) {
      const before = process.memoryUsage.rss();
      const started = performance.now();
      const message = await parseEmailApart(raw, context);
      const parsed = performance.now();
      await mailPageApart(raw, { images: false });
      const spent = {
        ms: parsed - started,
        pageMs: performance.now() - parsed,
        bytes: process.memoryUsage.rss() - before,
      };
      figures.ms = Math.max(figures.ms, spent.ms);
      figures.pageMs = Math.max(figures.pageMs, spent.pageMs);
      figures.bytes = Math.max(figures.bytes, spent.bytes);
      figures.faulty += message.flags.some((flag) => flag === 'malformed' || flag === 'oversized') ? 1 : 0;
      const findings: [string, boolean][] = [
        ['took too long', Math.max(spent.ms, spent.pageMs) > most.ms],
        ['took too much memory', spent.bytes > most.bytes],
        ['lost its sender', hasSender && message.flags.includes('malformed') && message.from.name === ''],
        ['lost its subject', hasSubject && message.mail?.subject === ''],
        ['is out of form', inboundFaults(message).length > 0],
        ['says what is hidden where nothing stands', (message.hidden ?? []).some(([, to]) => to > message.text.length)],
        ['is read otherwise in its own thread', (await parseEmail(raw, context)).text !== message.text],
      ];
      failed.push(...findings.filter(([, isTrue]) => isTrue).map(([what]) => `${id} ${what}`));
    }
    process.stderr.write(
      `corpus of mails: ${mails.length} read, ${figures.faulty} of them damaged or without a sender, slowest ${Math.round(figures.ms)} ms, slowest page ${Math.round(figures.pageMs)} ms, most memory ${Math.round(figures.bytes / 1024 / 1024)} MB\n`,
    );
    expect(mails.length).toBeGreaterThan(100);
    expect(failed).toEqual([]);
  });
});
