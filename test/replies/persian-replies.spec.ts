import { describe, expect, it } from '@jest/globals';
import { htmlToText } from '../../libs/channels/src/email/mime/html-to-text.js';
import { visibleParts, visibleReply } from '../../libs/channels/src/email/visible-reply/visible-reply.js';
import { persianReplies } from './persian-replies.js';

describe('the visible reply in Persian mail', () => {
  it.each(persianReplies.map((reply) => [reply.name, reply] as const))('is found: %s', (_, { text, html, visible }) => {
    const body = html === undefined ? (text ?? '') : htmlToText(html).text;
    const parts = visibleParts(body, visibleReply({ text: body, html: html ?? null }));
    const shown = parts.filter(({ isHidden }) => !isHidden).map((part) => part.text);
    expect(shown.join('\n')).toBe(visible);
  });

  it('is tried on forty mails at least', () => {
    expect(persianReplies.length).toBeGreaterThanOrEqual(40);
  });
});
