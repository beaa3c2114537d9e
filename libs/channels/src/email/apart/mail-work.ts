import type { InboundMessage } from '../../message.js';
import { checkSignatures, type SignatureFindings, type SignedMail } from '../check-signatures.js';
import type { MailPage, PageWish } from '../html/mail-page.js';
import { parseEmail, parseHeadOnly, type MailContext, type MailLimits } from '../parse-email.js';

/** A piece of work on a mail, as it goes to another thread. */
export type MailWork =
  | { kind: 'message'; raw: Uint8Array; context: MailContext; limits: MailLimits }
  | { kind: 'head'; raw: Uint8Array; context: MailContext }
  | { kind: 'page'; raw: Uint8Array; wish: PageWish }
  | ({ kind: 'signatures' } & SignedMail);

/** A message without its raw bytes, which the asking thread still has. */
export type ReadMessage = Omit<InboundMessage, 'raw'>;

export async function doMailWork(work: MailWork): Promise<ReadMessage | MailPage | SignatureFindings | null> {
  switch (work.kind) {
    case 'message':
      return withoutRaw(await parseEmail(work.raw, work.context, work.limits));
    case 'head':
      return withoutRaw(await parseHeadOnly(work.raw, work.context));
    case 'page': {
      // The sanitizer is large, and most mail is never looked at as a page.
      const { mailPage } = await import('../html/mail-page.js');
      return mailPage(work.raw, work.wish);
    }
    case 'signatures':
      return checkSignatures(work);
  }
}

function withoutRaw(message: InboundMessage): ReadMessage {
  return { ...message, raw: undefined } as ReadMessage;
}
