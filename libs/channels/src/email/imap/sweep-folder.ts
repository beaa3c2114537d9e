import type { SearchObject } from 'imapflow';
import type { FolderCursor } from './imap-cursor.js';
import type { MailSize } from './imap-line.js';
import type { ImapSettings } from './imap-settings.js';
import {
  fetchedBytes,
  type FolderLine,
  type FoundMail,
  type MailTroubles,
  type ReadMails,
  readNewMails,
} from './read-new-mails.js';

/** What a folder looked like when it was selected. `uidNext` is 0 where the server does not tell. */
export interface FolderState {
  uidNext: number;
  exists: number;
}

/** One look into a folder: what is new there, and how far it is read then. */
export interface Sweep {
  cursor: FolderCursor;
  mails: FoundMail[];
  /** More is waiting than this look had room for, or could read. */
  hasMore: boolean;
  failure: ReadMails['failure'];
  state: FolderState;
}

/** How much one look may bring. */
export interface SweepRoom {
  mails: number;
  bytes: number;
  /** The largest mail that is fetched whole. */
  mailBytes: number;
}

/** A folder as it is to be looked into. */
export interface SweptFolder {
  path: string;
  known: FolderCursor | null;
  existing: ImapSettings['existing'];
  now: Date;
  troubles: MailTroubles;
}

const dayMs = 86_400_000;
/** A folder that was numbered anew is read again this far back; what was stored before is recognised and not stored twice. */
const againDays = 30;
/** How far the clocks of a mail server and of this one may be apart. */
const clockMs = 300_000;

/**
 * Takes the mails of a folder whose UID is higher than the last one taken. Only the UIDs decide, neither dates nor flags: a date is
 * the sender's word, and somebody may have read the mail already. Mails marked as deleted are passed over.
 */
export async function sweepFolder(line: FolderLine, folder: SweptFolder, room: SweepRoom): Promise<Sweep> {
  const { path, known, troubles } = folder;
  const box = await line.select(path);
  const uidValidity = String(box.uidValidity);
  const start = known?.uidValidity === uidValidity ? known : await begin(line, folder, box);
  troubles.learn({ path, uidValidity }, start.failures ?? {});
  const waiting = await waitingIn(line, { ...start, uidValidity });
  const chosen = await choose(line, waiting.uids, room);
  const read = await readNewMails(line, chosen, { path, uidValidity, mailBytes: room.mailBytes }, troubles);
  const { imported: _imported, partial: _partial, failures: _failures, ...place } = waiting.cursor;
  const lastUid = read.readTo ?? place.lastUid;
  const failures = troubles.ahead({ path, uidValidity }, lastUid);
  const taken = chosen.filter(({ uid }) => read.readTo !== null && uid <= read.readTo).length;
  return {
    cursor: { ...place, lastUid, ...toSettle(read.mails), ...(failures && { failures }) },
    mails: read.mails,
    hasMore: chosen.length > 0 && (taken < waiting.uids.length || place.unseenTo !== undefined),
    failure: read.failure,
    state: { uidNext: box.uidNext || 0, exists: box.exists },
  };
}

/** Of the mails that are to be stored now, those that are here whole and those of which the server has more. */
function toSettle(mails: readonly FoundMail[]): Pick<FolderCursor, 'imported' | 'partial'> {
  const imported = mails.filter(({ extent }) => extent === 'whole').map(({ uid }) => uid);
  const partial = mails.filter(({ extent }) => extent === 'beginning').map(({ uid }) => uid);
  return { ...(imported.length > 0 && { imported }), ...(partial.length > 0 && { partial }) };
}

/** Where to begin in a folder that is seen for the first time, or whose numbers of before mean nothing any more. */
async function begin(
  line: FolderLine,
  { known, existing, now }: SweptFolder,
  box: FolderState,
): Promise<Omit<FolderCursor, 'uidValidity'>> {
  const newest = box.uidNext > 0 ? box.uidNext - 1 : ((await line.search({ all: true })).at(-1) ?? 0);
  if (known) {
    const since = known.since === undefined ? {} : { since: known.since };
    return { ...since, lastUid: await again(line, { known, now, newest }) };
  }
  if (existing === 'all') {
    return { lastUid: 0 };
  }
  const since = now.getTime();
  return existing === 'unseen' && newest > 0
    ? { since, lastUid: 0, unseenTo: newest }
    : { since, lastUid: existing === 'none' ? newest : 0 };
}

/** What lay there before the first look was passed over then, and is not new because it has another number now. */
async function again(
  line: FolderLine,
  { known, now, newest }: { known: FolderCursor; now: Date; newest: number },
): Promise<number> {
  const from = Math.max(now.getTime() - againDays * dayMs, (known.since ?? 0) - clockMs);
  // Servers know days only, each in its own time zone.
  const found = await line.search({ since: new Date(from - dayMs) });
  const mails = found.length > 0 ? await line.arrivals(found) : [];
  const first = mails.find(({ at }) => at === null || at.getTime() >= from);
  return first === undefined ? newest : Math.min(first.uid - 1, newest);
}

/** The UIDs still to take, ascending. Once nothing unseen is left of what lay there at the first look, all that came after counts. */
async function waitingIn(line: FolderLine, cursor: FolderCursor): Promise<{ cursor: FolderCursor; uids: number[] }> {
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
async function higher(line: FolderLine, lastUid: number, to: string, more: SearchObject): Promise<number[]> {
  const uids = await line.search({ uid: `${lastUid + 1}:${to}`, deleted: false, ...more });
  return uids.filter((uid) => uid > lastUid);
}

/** As many as there is room for, at least one. A mail whose size the server does not tell is looked for by reading it. */
async function choose(line: FolderLine, uids: number[], room: SweepRoom): Promise<MailSize[]> {
  if (uids.length === 0) {
    return [];
  }
  const first = uids.slice(0, room.mails);
  const sizes = new Map((await line.sizes(first)).map(({ uid, bytes }) => [uid, bytes]));
  let bytes = 0;
  const fitting = first.findIndex((uid, index) => {
    bytes += fetchedBytes(sizes.get(uid) ?? 0, room.mailBytes);
    return index > 0 && bytes > room.bytes;
  });
  return first.slice(0, fitting === -1 ? first.length : fitting).map((uid) => ({ uid, bytes: sizes.get(uid) ?? 0 }));
}
