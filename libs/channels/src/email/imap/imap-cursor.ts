import { z } from 'zod';

const folderCursor = z.object({
  /** A server that numbers a folder anew gives it another one. */
  uidValidity: z.string(),
  /** Every mail up to this UID was taken or passed over for good. */
  lastUid: z.number().int().min(0),
  /** Up to this UID only unseen mail is taken: what lay there at the first look. */
  unseenTo: z.number().int().min(1).optional(),
  /** When the folder was first looked into, in milliseconds of the Unix epoch, unless all that lay there was wanted. */
  since: z.number().int().min(0).optional(),
  /** Taken whole, but what is to become of them on the server has not happened yet. */
  imported: z.array(z.number().int().min(1)).optional(),
  /** Taken in part: the server's copy is the only whole one, so that it is never taken away. */
  partial: z.array(z.number().int().min(1)).optional(),
  /** By UID, how often mails that still wait were asked for in vain. */
  failures: z.record(z.string(), z.number().int().min(1)).optional(),
});

const mailboxCursor = z.object({ folders: z.record(z.string(), folderCursor) });

/** How far a folder is read. */
export type FolderCursor = z.infer<typeof folderCursor>;

/** How far each folder of a mailbox is read, by its path. */
export type MailboxCursor = z.infer<typeof mailboxCursor>;

/** The cursor of an account's lease; one of another shape counts as a first look. */
export function readCursor(stored: unknown): MailboxCursor {
  const read = mailboxCursor.safeParse(stored);
  return read.success ? read.data : { folders: {} };
}
