import type { OutboundAttachment, OutboundMessage } from '../../message.js';

/** A mail of the same thread that an answer repeats below itself. */
export interface QuotedMail {
  at: Date;
  /** Who wrote it, as its reader knows them. */
  author: string;
  text: string;
}

/** A small table, as texts. */
export interface MailTable {
  head: string[];
  rows: string[][];
}

/** What the mails of programs wear. Texts by language; one that is empty is taken from the other. */
export interface MailDress {
  name: Record<'en' | 'fa', string>;
  footer: Record<'en' | 'fa', string>;
  /** '#rrggbb'. */
  accent: string;
  /** What is read best on it. */
  onAccent: string;
  logo: { mediaType: string; bytes: Buffer } | null;
}

/** The mail part of a message on its way out, with what a full mail program offers; all of it may be left out. */
export interface OutgoingMail extends NonNullable<OutboundMessage['mail']> {
  bcc?: string[];
  /** Those of its recipients to whom it goes this time, the others having it already; null: all. Its head names all of them. */
  onlyTo?: string[] | null;
  /** Who signs it; '' for a program. */
  agentName?: string;
  /** Nearest first. Whoever composes it vouches that every recipient has been shown each of these mails before. */
  quote?: QuotedMail[];
  /** Set on what a program wrote: the id of this installation, by which the mail tells other programs not to answer. */
  automatic?: { instance: string } | null;
  /** Numbers under what was written; every row has a cell for each of the head. */
  table?: MailTable | null;
  /** Set on what a program wrote for one person to act on; absent on what people write. */
  dress?: MailDress | null;
  /** The organisation's footer for what people write, where the account has none. */
  underneath?: MailDress['footer'] | null;
  /** Where its recipient unsubscribes with one click (RFC 8058); set on bulk mail only. */
  unsubscribeUrl?: string | null;
}

/** A file on its way out. One with a content id is shown inside the mail where its text says so. */
export interface OutgoingFile extends OutboundAttachment {
  /** Without angle brackets. */
  contentId?: string | null;
}

/** How a file is named in a text that shows it: `![alt](attachment:<id>)`. */
export const shownFile = /!\[([^\]\n]{0,200})\]\(attachment:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/giu;

/** The content id under which a stored file is shown inside a mail. */
export function contentIdOf(fileId: string): string {
  return `${fileId}@peyk`;
}
