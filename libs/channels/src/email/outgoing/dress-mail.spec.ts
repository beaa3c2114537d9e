import { describe, expect, it } from '@jest/globals';
import type { OutboundMessage } from '../../message.js';
import { renderMail } from '../render-mail.js';
import type { MailDress, OutgoingMail } from './outgoing-mail.js';

const dress: MailDress = {
  name: { en: 'Shop & Sons', fa: 'فروشگاه' },
  footer: { en: 'Shop, 1 Long Street', fa: 'فروشگاه، خیابان بلند' },
  accent: '#ffd400',
  onAccent: '#000000',
  logo: { mediaType: 'image/png', bytes: Buffer.from('picture') },
};

function render(text: string, mail: Partial<OutgoingMail> = { dress }): ReturnType<typeof renderMail> {
  const message: OutboundMessage = {
    id: 'x',
    to: { kind: 'email', address: 'ann@example.com' },
    toName: 'Ann',
    text,
    attachments: [],
    mail: { messageId: '<a@b>', inReplyTo: null, references: [], subject: 's', cc: [], threadToken: null, ...mail },
    replyTo: null,
  };
  return renderMail(message, { address: 'us@shop.example', fromName: 'Shop' });
}

const textOf = (html: unknown): string => (typeof html === 'string' ? html : '');

describe('a dressed mail', () => {
  const asked =
    'How was it?\n\n1 (bad)\nhttps://x.example/s?score=1&a=b\n\n2\nhttps://x.example/s?score=2\n\nNo more:\nhttps://x.example/u';

  it('shows links under their names as buttons in one row, and leaves the text as it was written', () => {
    const { html, text } = render(asked);
    const row = /<p [^>]*>(<a [^]*?)<\/p>/u.exec(textOf(html))?.[1] ?? '';
    expect(
      [...row.matchAll(/<a href="([^"]+)"[^>]*background:#ffd400;color:#000000[^>]*>([^<]+)<\/a>/gu)].map((a) =>
        a.slice(1),
      ),
    ).toEqual([
      ['https://x.example/s?score=1&amp;a=b', '1 (bad)'],
      ['https://x.example/s?score=2', '2'],
    ]);
    expect(textOf(html)).toContain('No more:');
    expect(text).toContain('1 (bad)\nhttps://x.example/s?score=1&a=b');
    expect(text).toContain('1 Long Street');
  });

  it('runs as it was written, with the picture inside it and nothing that is fetched', () => {
    const { html, attachments } = render('سلام\n\nرمز تازه\nhttps://x.example/r');
    expect(html).toMatch(/<html lang="fa" dir="rtl">[^]*خیابان بلند/u);
    expect(html).toContain('<img src="cid:brand-logo@peyk" alt="فروشگاه"');
    expect(attachments).toMatchObject([
      { cid: 'brand-logo@peyk', contentDisposition: 'inline', contentType: 'image/png' },
    ]);
    expect(textOf(html)).not.toMatch(/(?:src|background)="https?:|url\(|@import/u);
    expect(textOf(html)).toContain('prefers-color-scheme:dark');
  });

  it('is no dress for what people write: theirs end with the footer, unless the account has its own', () => {
    const { html, text } = render('Hello', { underneath: dress.footer });
    expect(html).not.toContain('<table');
    expect(html).toContain('1 Long Street');
    expect(text).toMatch(/Long Street$/u);
  });
});
