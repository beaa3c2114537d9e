import { describe, expect, it } from '@jest/globals';
import { transcriptPage, transcriptText, type Transcript } from './render-transcript.js';

const transcript: Transcript = {
  title: 'Shop & Co',
  locale: 'en',
  timeZone: 'Asia/Tehran',
  rows: [
    { at: new Date('2026-11-22T05:00:00Z'), author: 'customer', agent: null, body: '<b>سلام</b>', files: null },
    { at: new Date('2026-11-22T05:01:00Z'), author: 'agent', agent: 'Sara', body: '', files: ['a "1".pdf'] },
  ],
};

describe('a transcript', () => {
  it('tells who said what and when, in the zone of the reader', () => {
    expect(transcriptText(transcript)).toBe(
      'Your chat with Shop & Co\n\nYou · 22 Nov 2026, 08:30\n<b>سلام</b>\n\nSara · 22 Nov 2026, 08:31\nFile: a "1".pdf\n',
    );
  });

  it('has Persian digits and the Persian calendar in Persian', () => {
    const text = transcriptText({ ...transcript, locale: 'fa' });
    expect(text).toContain('۱۴۰۵');
    expect(text).toContain('گفتگوی شما با Shop & Co');
  });

  it('is a page in which nothing that somebody wrote is markup', () => {
    const page = transcriptPage({ ...transcript, title: '</title><script>alert(1)</script>' });
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<b>');
    expect(page).toContain('&#60;b&#62;سلام');
  });
});
