import type { SearchObject } from 'imapflow';
import type { FolderCursor } from './imap-cursor.js';
import type { ImapLine } from './imap-line.js';
import type { ImapSettings } from './imap-settings.js';

/** A mail of a folder, byte for byte. */
export interface FoundMail {
  raw: Uint8Array;
  /** It is larger than may be: only its beginning was fetched. */
  isCut: boolean;
}

/** One look into a folder: what is new there, and how far it is read then. */
export interface Sweep {
  cursor: FolderCursor;
  mails: FoundMail[];
  /** More is waiting than this look had room for. */
  hasMore: boolean;
}

/** How much one look may bring. */
export interface SweepRoom {
  mails: number;
  bytes: number;
  /** The largest mail that is fetched whole. */
  mailBytes: number;
}

/** What is fetched of a mail that is too large: its head for certain, and most likely what it says. */
const beginningBytes = 256 * 1024;
const dayMs = 86_400_000;
/** A folder that was numbered anew is read again this far back; what was stored before is recognised and not stored twice. */
const againDays = 30;

/**
 * Takes the mails of a folder whose UID is higher than the last one taken. Only the UIDs decide, neither dates nor flags: a date is
 * the sender's word, and somebody may have read the mail already. Mails marked as deleted are passed over.
 */
export async function sweepFolder(
  line: ImapLine,
  {
    path,
    known,
    existing,
    now,
  }: { path: string; known: FolderCursor | null; existing: ImapSettings['existing']; now: Date },
  room: SweepRoom,
): Promise<Sweep> {
  const box = await line.select(path);
  const uidValidity = String(box.uidValidity);
  const start = known?.uidValidity === uidValidity ? known : await begin(line, { known, existing, now, box });
  const cursor = { ...start, uidValidity };
  const waiting = await waitingIn(line, cursor);
  const chosen = await choose(line, waiting.uids, room);
  const mails: FoundMail[] = [];
  for (const { uid, bytes } of chosen) {
    const isCut = bytes > room.mailBytes;
    const raw = await line.read(uid, isCut ? beginningBytes : undefined);
    if (raw) {
      mails.push({ raw, isCut });
    }
  }
  const taken = chosen.map(({ uid }) => uid);
  const { imported: _, ...place } = waiting.cursor;
  return {
    cursor: {
      ...place,
      lastUid: taken.at(-1) ?? place.lastUid,
      ...(taken.length > 0 && { imported: taken }),
    },
    mails,
    hasMore: taken.length > 0 && (taken.length < waiting.uids.length || place.unseenTo !== undefined),
  };
}

/** Where to begin in a folder that is seen for the first time, or whose numbers of before mean nothing any more. */
async function begin(
  line: ImapLine,
  {
    known,
    existing,
    now,
    box,
  }: {
    known: FolderCursor | null;
    existing: ImapSettings['existing'];
    now: Date;
    box: { uidNext: number; exists: number };
  },
): Promise<Omit<FolderCursor, 'uidValidity'>> {
  const newest = box.uidNext > 0 ? box.uidNext - 1 : ((await line.search({ all: true })).at(-1) ?? 0);
  if (known) {
    const [first] = await line.search({ since: new Date(now.getTime() - againDays * dayMs) });
    return { lastUid: first === undefined ? newest : Math.min(first - 1, newest) };
  }
  const lastUid = existing === 'none' ? newest : 0;
  return existing === 'unseen' && newest > 0 ? { lastUid, unseenTo: newest } : { lastUid };
}

/** The UIDs still to take, ascending. Once nothing unseen is left of what lay there at the first look, all that came after counts. */
async function waitingIn(line: ImapLine, cursor: FolderCursor): Promise<{ cursor: FolderCursor; uids: number[] }> {
  const { unseenTo, ...place } = cursor;
  if (unseenTo !== undefined && cursor.lastUid < unseenTo) {
    const uids = await higher(line, cursor.lastUid, String(unseenTo), { seen: false });
    if (uids.length > 0) {
      return { cursor, uids };
    }
  }
  const reached = { ...place, lastUid: Math.max(place.lastUid, unseenTo ?? 0) };
  return { cursor: reached, uids: await higher(line, reached.lastUid, '*', {}) };
}

/** A range up to the newest mail always holds the newest one, however low its UID: what is not higher falls away again. */
async function higher(line: ImapLine, lastUid: number, to: string, more: SearchObject): Promise<number[]> {
  const uids = await line.search({ uid: `${lastUid + 1}:${to}`, deleted: false, ...more });
  return uids.filter((uid) => uid > lastUid);
}

/** As many as there is room for, at least one. */
async function choose(line: ImapLine, uids: number[], room: SweepRoom) {
  if (uids.length === 0) {
    return [];
  }
  const sizes = await line.sizes(uids.slice(0, room.mails));
  let bytes = 0;
  return sizes.filter((mail, index) => {
    bytes += Math.min(mail.bytes, room.mailBytes);
    return index === 0 || bytes <= room.bytes;
  });
}
