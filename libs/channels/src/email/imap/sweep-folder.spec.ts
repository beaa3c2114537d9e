import { beforeEach, describe, expect, it } from '@jest/globals';
import { type FolderCursor, readCursor } from './imap-cursor.js';
import { type FolderLine, isIncomplete, MailTroubles } from './read-new-mails.js';
import { sweepFolder } from './sweep-folder.js';

/** What a server holds under each UID, and what it does when that mail is asked for. */
type Behaviour = 'gives' | 'refuses' | 'refuses the whole' | 'gives nothing' | 'lost it';

const start: FolderCursor = { uidValidity: '7', lastUid: 0 };
const room = { mails: 50, bytes: 1_000_000, mailBytes: 1_000 };

let server: Map<number, Behaviour>;
let troubles: MailTroubles;

beforeEach(() => {
  server = new Map();
  troubles = new MailTroubles();
});

/** A server that misbehaves with single mails. One that it lost is listed at first and then no more. */
function line(): FolderLine {
  const lost = new Set<number>();
  return {
    select: () => Promise.resolve({ uidValidity: 7n, uidNext: 100, exists: server.size } as never),
    search: () => Promise.resolve([...server.keys()].filter((uid) => !lost.has(uid))),
    sizes: (uids) => Promise.resolve(uids.map((uid) => ({ uid, bytes: 10 }))),
    arrivals: () => Promise.resolve([]),
    read: (uid, atMost) => {
      const behaviour = server.get(uid);
      if (behaviour === 'refuses' || (behaviour === 'refuses the whole' && atMost === undefined)) {
        return Promise.reject(new Error('[SERVERBUG] NO'));
      }
      if (behaviour === 'lost it') {
        lost.add(uid);
      }
      const isGiven = behaviour === 'gives' || behaviour === 'refuses the whole';
      return Promise.resolve(isGiven ? Buffer.from(`Subject: ${uid}\r\n\r\n`) : null);
    },
  };
}

const sweep = (known: FolderCursor = start) =>
  sweepFolder(line(), { path: 'INBOX', known, existing: 'all', now: new Date(0), troubles }, room);

/** Looks until every mail was passed, as a poller does that stores what each look brings. */
async function sweepAll(looks: number) {
  const found: string[] = [];
  let cursor = start;
  for (let look = 0; look < looks; look++) {
    const { mails, cursor: reached } = await sweep(cursor);
    found.push(...mails.map(({ uid, extent }) => `${uid} ${extent}`));
    cursor = reached;
  }
  return { found, cursor };
}

describe('what was kept of a mail', () => {
  it('is known not to be all of it', async () => {
    server = new Map([[1, 'refuses']]);
    const looks = [await sweep(), await sweep(), await sweep(), await sweep(), await sweep()];
    const note = looks.at(-1)?.mails[0]?.raw ?? new Uint8Array();
    const raws = [note, new Uint8Array(256 * 1024), new Uint8Array(0), Buffer.from('Subject: whole\r\n\r\n')];
    expect(raws.map(isIncomplete)).toEqual([true, true, false, false]);
  });
});

describe('a look into a folder', () => {
  it('brings what it has read when the server refuses the mail behind that, and goes on from there', async () => {
    server = new Map([
      [1, 'gives'],
      [2, 'refuses'],
      [3, 'gives'],
    ]);
    const first = await sweep();
    expect(first.mails.map(({ uid }) => uid)).toEqual([1]);
    expect(first).toMatchObject({
      cursor: { lastUid: 1, imported: [1] },
      hasMore: true,
      failure: { cause: { message: '[SERVERBUG] NO' } },
    });
  });

  it('is not held up for ever by a mail that cannot be read', async () => {
    server = new Map([
      [1, 'refuses'],
      [2, 'gives'],
    ]);
    const { found, cursor } = await sweepAll(5);
    expect(found).toEqual(['1 unreadable', '2 whole']);
    expect(cursor).toEqual({ uidValidity: '7', lastUid: 2, imported: [2] });
  });

  it('is held up no longer by such a mail when the process that looks is another each time', async () => {
    server = new Map([
      [1, 'refuses'],
      [2, 'gives'],
    ]);
    let cursor = start;
    const found: number[] = [];
    for (let look = 0; look < 5; look++) {
      troubles = new MailTroubles();
      const swept = await sweep(cursor);
      found.push(...swept.mails.map(({ uid }) => uid));
      // As it comes back out of the database.
      cursor = (readCursor(JSON.parse(JSON.stringify({ folders: { INBOX: swept.cursor } }))).folders['INBOX'] ??
        start) as FolderCursor;
    }
    expect(found).toEqual([1, 2]);
    expect(cursor).toEqual({ uidValidity: '7', lastUid: 2, imported: [2] });
  });

  it('tells of such a mail by its beginning where it can be had', async () => {
    server = new Map([[1, 'refuses the whole']]);
    const seen = [await sweep(), await sweep(), await sweep(), await sweep()];
    expect(seen.map(({ mails }) => mails.length)).toEqual([0, 0, 0, 1]);
    expect(Buffer.from(seen[3]?.mails[0]?.raw ?? []).toString()).toBe('Subject: 1\r\n\r\n');
    expect(seen[3]?.cursor).toEqual({ uidValidity: '7', lastUid: 1 });
  });

  it('does not take a mail for gone that the server lists but does not give', async () => {
    server = new Map([[1, 'gives nothing']]);
    const first = await sweep();
    expect([first.mails, first.cursor.lastUid, first.cursor.imported]).toEqual([[], 0, undefined]);
    expect(first.failure).not.toBeNull();
  });

  it('passes over a mail that is gone by now, and has nothing done with it', async () => {
    server = new Map([
      [1, 'lost it'],
      [2, 'gives'],
    ]);
    const first = await sweep();
    expect(first.failure).toBeNull();
    expect(first.cursor).toEqual({ uidValidity: '7', lastUid: 2, imported: [2] });
  });
});
