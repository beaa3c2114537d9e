import type { ImapLine, MailSize } from './imap-line.js';

/** The line as far as reading a folder needs it. */
export type FolderLine = Pick<ImapLine, 'select' | 'search' | 'sizes' | 'arrivals' | 'read'>;

/** A mail of a folder, byte for byte as far as it was fetched. */
export interface FoundMail {
  uid: number;
  raw: Uint8Array;
  /**
   * 'beginning': it is larger than may be, so that only its beginning was fetched. 'unreadable': the server would not give it whole;
   * `raw` is its beginning or, where not even that came, a note of where it lies.
   */
  extent: 'whole' | 'beginning' | 'unreadable';
}

/** Where mails are read from, and which of them may be fetched whole. */
export interface MailPlace {
  path: string;
  uidValidity: string;
  mailBytes: number;
}

/** What reading came to. `failure` is why the mail behind the last one could not be read this time. */
export interface ReadMails {
  mails: FoundMail[];
  /** Every mail up to this UID is read, or gone from the server; null when not even the first is. */
  readTo: number | null;
  failure: { cause: unknown } | null;
}

/** What is fetched of a mail that is too large: its head for certain, and most likely what it says. */
const beginningBytes = 256 * 1024;
const noteName = 'X-Peyk-Unreadable:';
/** So often a mail is asked for as a whole; then once for its beginning, and then the ones behind it wait no longer. */
const mostTries = 3;
const mostTriesForBeginning = 4;

type Folder = Pick<MailPlace, 'path' | 'uidValidity'>;

/** How often the reading of each mail has failed on this mailbox, so that one bad mail does not hold up all others for ever. */
export class MailTroubles {
  private readonly failures = new Map<string, Map<number, number>>();

  countOf(folder: Folder, uid: number): number {
    return this.of(folder).get(uid) ?? 0;
  }

  failed(folder: Folder, uid: number): void {
    this.of(folder).set(uid, this.countOf(folder, uid) + 1);
  }

  /** Takes over what was counted before this process began. */
  learn(folder: Folder, counts: Readonly<Record<string, number>>): void {
    for (const [uid, count] of Object.entries(counts)) {
      this.of(folder).set(Number(uid), Math.max(count, this.countOf(folder, Number(uid))));
    }
  }

  /** The counts of the mails that are not passed yet, by UID; null when there are none. */
  ahead(folder: Folder, lastUid: number): Record<string, number> | null {
    const counts = [...this.of(folder)].filter(([uid]) => uid > lastUid);
    return counts.length === 0 ? null : Object.fromEntries(counts);
  }

  private of({ path, uidValidity }: Folder): Map<number, number> {
    const name = `${path} ${uidValidity}`;
    const counts = this.failures.get(name) ?? new Map<number, number>();
    this.failures.set(name, counts);
    return counts;
  }
}

/** How much of a mail is fetched. */
export function fetchedBytes(bytes: number, mailBytes: number): number {
  return bytes > mailBytes ? beginningBytes : bytes;
}

/** Reads mails one after the other and stops at the first that cannot be read; what was read until then is not lost. */
export async function readNewMails(
  line: FolderLine,
  chosen: readonly MailSize[],
  place: MailPlace,
  troubles: MailTroubles,
): Promise<ReadMails> {
  const read: ReadMails = { mails: [], readTo: null, failure: null };
  for (const mail of chosen) {
    try {
      const found = await readOne(line, mail, place, troubles.countOf(place, mail.uid));
      read.mails.push(...(found ? [found] : []));
      read.readTo = mail.uid;
    } catch (cause) {
      troubles.failed(place, mail.uid);
      return { ...read, failure: { cause } };
    }
  }
  return read;
}

/** Null for a mail that is gone by now. */
async function readOne(
  line: FolderLine,
  mail: MailSize,
  place: MailPlace,
  failures: number,
): Promise<FoundMail | null> {
  const { uid } = mail;
  if (failures >= mostTriesForBeginning) {
    return { uid, raw: noteOf(mail, place), extent: 'unreadable' };
  }
  const isSpoilt = failures >= mostTries;
  const isLarge = mail.bytes > place.mailBytes;
  const raw = await line.read(uid, isSpoilt || isLarge ? beginningBytes : undefined);
  if (raw) {
    return { uid, raw, extent: isSpoilt ? 'unreadable' : isLarge ? 'beginning' : 'whole' };
  }
  if ((await line.search({ uid: String(uid) })).includes(uid)) {
    throw new Error(`the server lists the mail ${uid} of the folder ${place.path} but does not give it`);
  }
  return null;
}

/**
 * Whether the bytes that were kept of a mail are not all of it: another reading of them finds no more. A mail that is by chance as long
 * as a beginning counts too, so that this is asked only of mails that are flagged.
 */
export function isIncomplete(raw: Uint8Array): boolean {
  return raw.length === beginningBytes || isNote(raw);
}

/** Whether bytes are what stands for a mail of which nothing came. */
export function isNote(raw: Uint8Array): boolean {
  return Buffer.from(raw.subarray(0, noteName.length)).toString() === noteName;
}

/** Stands for a mail of which nothing came. The same mail gives the same note, so that it is stored once. */
function noteOf({ uid, bytes }: MailSize, { path, uidValidity }: MailPlace): Uint8Array {
  const where = `folder=${encodeURIComponent(path)}; uidvalidity=${uidValidity}; uid=${uid}; bytes=${bytes}`;
  return Buffer.from(`${noteName} ${where}\r\n\r\n`);
}
