import type { InboundMessage, MessageFlag } from '../../message.js';
import { type MailContext, mailLimits, notes, parseHeadOnly, type ParseMail } from '../parse-email.js';
import { isNote } from './read-new-mails.js';

/**
 * A mail of which only the beginning was fetched, because it is too large: its words, as far as they are there, and none of its files,
 * which are cut off. It says where the rest is.
 */
export async function readBeginning(raw: Uint8Array, context: MailContext, parse: ParseMail): Promise<InboundMessage> {
  const message = await parse(raw, context, { ...mailLimits, fileBytes: 0 });
  const flags = message.flags.filter((flag) => flag !== 'malformed' && flag !== 'oversized');
  const text = withoutNotes(message.text);
  return {
    ...message,
    attachments: [],
    text: text === '' ? notes.beginning : `${text}\n\n${notes.beginning}`,
    flags: [...flags, 'oversized' satisfies MessageFlag],
  };
}

/** A mail that its server would not give: what is known of it, and where it is. */
export async function readUnfetched(raw: Uint8Array, context: MailContext): Promise<InboundMessage> {
  return { ...(await parseHeadOnly(raw, context)), text: notes.unfetched };
}

/** The same for bytes that were kept: they tell which of the two they are. */
export function readIncomplete(raw: Uint8Array, context: MailContext, parse: ParseMail): Promise<InboundMessage> {
  return isNote(raw) ? readUnfetched(raw, context) : readBeginning(raw, context, parse);
}

/** What the reader says of a whole mail is not true of this one. */
function withoutNotes(text: string): string {
  const told = [notes.cut, notes.oversized, notes.malformed].find((note) => text.endsWith(note));
  return told === undefined ? text : text.slice(0, -told.length).trimEnd();
}
