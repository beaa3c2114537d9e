import { isDeepStrictEqual } from 'node:util';
import { ChannelError } from '../../channel-adapter.js';
import type { AgentChoice } from '../../wire/http-exchange.js';
import { type FolderFailure, inOne } from './folder-failures.js';
import { type FolderCursor, type MailboxCursor, readCursor } from './imap-cursor.js';
import { imapFailure } from './imap-failure.js';
import { ImapLine, type ImapLogin, type ImapPatience } from './imap-line.js';
import type { ImapSettings } from './imap-settings.js';
import { PollTrouble } from './poll-trouble.js';
import { type FoundMail, MailTroubles } from './read-new-mails.js';
import { settleImported } from './settle-imported.js';
import { type FolderState, type Sweep, sweepFolder, type SweepRoom } from './sweep-folder.js';

/** The times of a mailbox, in milliseconds. */
export interface ImapTimes extends ImapPatience {
  /** Every folder is looked into this often, whatever IDLE says or does not say. */
  sweepMs: number;
  /** The rest after the first failure; each further one doubles it, up to `longestRestMs`. */
  restMs: number;
  longestRestMs: number;
}

export const imapTimes: ImapTimes = {
  connectMs: 15_000,
  answerMs: 30_000,
  mailMs: 180_000,
  idleMs: 270_000,
  sweepMs: 150_000,
  restMs: 3_000,
  longestRestMs: 300_000,
};

/** A mail of a mailbox, and whether it lay among those that were sent from there. */
export interface MailboxMail extends FoundMail {
  isSent: boolean;
}

/** What one poll of a mailbox brought. */
export interface MailboxNews {
  mails: MailboxMail[];
  cursor: MailboxCursor;
}

export interface MailboxOptions {
  times: ImapTimes;
  room: SweepRoom;
  agentFor: AgentChoice | undefined;
  now: () => Date;
}

/**
 * One mailbox with its one long connection. IDLE only wakes the next look early: a connection that dies without a word is noticed at
 * the latest when the time for a look has come, by a probe that nobody answers, and the look is made on a new one.
 */
export class ImapMailbox {
  private line: ImapLine | null = null;
  private login: ImapLogin | null = null;
  private sent: string | null = null;
  private failures = 0;
  /** Set when the last look left nothing behind: whoever has stored what it brought may wait for news. */
  private drainedTo: MailboxCursor | null = null;
  private wake: (() => void) | null = null;
  private hasNews = false;
  /** The folder that is listened to: the last one that could be looked into. */
  private listensTo: string | null = null;
  private readonly swept = new Map<string, FolderState>();
  private readonly troubles = new MailTroubles();
  /** Why a part of the mailbox could not be read while the rest could. The next poll that brings nothing tells it. */
  private untold: ChannelError | null = null;

  constructor(private readonly options: MailboxOptions) {}

  /**
   * Waits for news unless more is known to be there, and brings it. Throws ChannelError, with a longer rest after each failure. One is
   * thrown also for a single folder or mail that cannot be read, but only by a poll that has nothing to bring, and the line stays.
   */
  async poll(
    login: ImapLogin,
    settings: ImapSettings,
    { cursor, signal }: { cursor: unknown; signal: AbortSignal },
  ): Promise<MailboxNews> {
    const known = readCursor(cursor);
    const news = await this.attempt(login, settings, { known, signal });
    const trouble = this.untold;
    if (trouble && !signal.aborted && news.mails.length === 0 && isDeepStrictEqual(news.cursor, known)) {
      this.untold = null;
      throw trouble;
    }
    return news;
  }

  close(): void {
    const { line } = this;
    this.line = null;
    this.drainedTo = null;
    line?.close();
    this.wake?.();
  }

  private async attempt(
    login: ImapLogin,
    settings: ImapSettings,
    { known, signal }: { known: MailboxCursor; signal: AbortSignal },
  ): Promise<MailboxNews> {
    // A command may wait long for its answer; whoever stops the poll does not.
    const stop = (): void => this.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const news = await this.step(login, settings, { known, signal });
      this.failures = 0;
      return news;
    } catch (error) {
      this.close();
      if (signal.aborted) {
        return { mails: [], cursor: known };
      }
      throw this.asTrouble(error, login, known);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  private async step(
    login: ImapLogin,
    settings: ImapSettings,
    { known, signal }: { known: MailboxCursor; signal: AbortSignal },
  ): Promise<MailboxNews> {
    let line = await this.connected(login, settings);
    const cursor = await this.settle(line, settings, known);
    // Another cursor than the one handed out says that storing failed: then what it brought is due at once.
    if (this.drainedTo && isDeepStrictEqual(known, this.drainedTo)) {
      if (!this.untold) {
        await this.wait(line, signal);
      }
      if (this.untold || signal.aborted) {
        return { mails: [], cursor };
      }
      line = await this.alive(login, settings);
    }
    return this.sweep(line, settings, cursor);
  }

  private async connected(login: ImapLogin, settings: ImapSettings): Promise<ImapLine> {
    if (this.line?.isUsable && isDeepStrictEqual(withoutToken(this.login), withoutToken(login))) {
      return this.line;
    }
    this.close();
    const line = await ImapLine.open(login, this.options.times, this.options.agentFor);
    line.onNews = () => {
      this.hasNews = true;
      this.wake?.();
    };
    this.line = line;
    this.login = login;
    this.sent = settings.readSent ? settings.sentFolder || (await line.folders()).sent : null;
    return line;
  }

  /** The same line when it still answers, else a new one. */
  private async alive(login: ImapLogin, settings: ImapSettings): Promise<ImapLine> {
    try {
      await this.line?.probe();
    } catch {
      this.close();
    }
    return this.connected(login, settings);
  }

  /** What the cursor says was taken is stored by now. */
  private async settle(line: ImapLine, settings: ImapSettings, known: MailboxCursor): Promise<MailboxCursor> {
    const folders: Record<string, FolderCursor> = {};
    for (const [path, cursor] of Object.entries(known.folders)) {
      folders[path] = withoutTaken(cursor);
      if (settings.folders.includes(path)) {
        await settleImported(line, cursor, settings, () => this.open(line, path)).catch((error: unknown) => {
          // A server that refuses this still has new mail to give.
          if (!line.isUsable) {
            throw error;
          }
        });
      }
    }
    return { folders };
  }

  /**
   * Selects a folder outside a look, and gives its UIDVALIDITY. Mail that came since the look is counted in the answer to SELECT, and
   * then nothing more tells of it.
   */
  private async open(line: ImapLine, path: string): Promise<string> {
    const selected = line.selected(path);
    if (selected !== null) {
      return selected;
    }
    const box = await line.select(path);
    const swept = this.swept.get(path);
    this.hasNews ||= !swept || isOther(box, swept);
    return String(box.uidValidity);
  }

  private async wait(line: ImapLine, signal: AbortSignal): Promise<void> {
    const timer: { end?: NodeJS.Timeout } = {};
    // Before anything is looked at: news may come at any moment from here on.
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
      timer.end = setTimeout(resolve, this.options.times.sweepMs);
    });
    try {
      if (this.listensTo !== null) {
        await this.open(line, this.listensTo);
      }
      if (!this.hasNews && !signal.aborted) {
        line.listen();
        await woken;
      }
    } finally {
      this.wake = null;
      clearTimeout(timer.end);
    }
  }

  /** Looks into every folder; the one that is listened to comes last, so that it stays open and tells of what comes meanwhile. */
  private async sweep(line: ImapLine, settings: ImapSettings, known: MailboxCursor): Promise<MailboxNews> {
    const gathered: Gathered = { mails: [], folders: { ...known.folders }, hasMore: false, failures: [] };
    const room = { ...this.options.room };
    const paths = this.foldersOf(settings);
    this.hasNews = false;
    for (const path of paths) {
      if (isFull(room) || !line.isUsable) {
        gathered.hasMore = true;
        break;
      }
      const isSent = !settings.folders.includes(path);
      const found = await this.look(line, { path, isSent, settings, known }, room).catch((cause: unknown) => {
        gathered.failures.push({ path, cause });
      });
      if (found) {
        gathered.folders[path] = isSent ? withoutTaken(found.cursor) : found.cursor;
        gather(gathered, found, { path, isSent });
        takeUp(room, found.mails);
      }
    }
    const { mails, folders, hasMore, failures } = gathered;
    const isOver = !line.isUsable || failures.length === paths.length;
    this.judge(failures, mails.length === 0 && isOver, { folders });
    this.drainedTo = hasMore || isOver ? null : { folders };
    return { mails, cursor: { folders } };
  }

  private async look(
    line: ImapLine,
    of: { path: string; isSent: boolean; settings: ImapSettings; known: MailboxCursor },
    room: SweepRoom,
  ): Promise<Sweep> {
    const { path, isSent, settings, known } = of;
    const folder = {
      path,
      known: known.folders[path] ?? null,
      existing: isSent ? ('none' as const) : settings.existing,
      now: this.options.now(),
      troubles: this.troubles,
    };
    const swept = await sweepFolder(line, folder, room);
    const found = settings.afterImport === 'leave' ? { ...swept, cursor: withoutTaken(swept.cursor) } : swept;
    this.swept.set(path, found.state);
    this.listensTo = path;
    return found;
  }

  /** One folder or mail that cannot be read must not keep the others back, and somebody must hear of it all the same. */
  private judge(failures: FolderFailure[], isTotal: boolean, reached: MailboxCursor): void {
    if (failures.length === 0) {
      this.untold = null;
      return;
    }
    const error = inOne(failures, this.login ? secretsOf(this.login) : []);
    if (isTotal) {
      throw new PollTrouble(error, reached);
    }
    const { code, message, cause } = error;
    this.untold = new ChannelError(code, message, {
      retry: 'soon',
      retryAfterMs: this.options.times.restMs,
      cause,
    });
  }

  /** What a poll ends with that brings nothing. A cursor is told with it only where it says something new. */
  private asTrouble(error: unknown, login: ImapLogin, known: MailboxCursor): ChannelError {
    const trouble = this.withRest(imapFailure(error, secretsOf(login)));
    return error instanceof PollTrouble && !isDeepStrictEqual(error.cursor, known)
      ? new PollTrouble(trouble, error.cursor)
      : trouble;
  }

  private foldersOf({ folders }: ImapSettings): string[] {
    const sent = this.sent === null || folders.includes(this.sent) ? [] : [this.sent];
    return [...sent, ...folders.toReversed()];
  }

  private withRest(error: ChannelError): ChannelError {
    const { restMs, longestRestMs } = this.options.times;
    const rest = Math.min(restMs * 2 ** this.failures, longestRestMs);
    this.failures += 1;
    return new ChannelError(error.code, error.message, {
      retry: error.retry,
      retryAfterMs: Math.max(rest, error.retryAfterMs ?? 0),
      cause: error.cause,
    });
  }
}

function secretsOf({ password, accessToken }: ImapLogin): string[] {
  return [password, accessToken ?? ''];
}

/** A new access token does not make a standing connection another one. */
function withoutToken(login: ImapLogin | null): object | null {
  return login && { ...login, accessToken: login.accessToken !== null };
}

/** What the folders brought so far in one look, and why some brought nothing. */
interface Gathered {
  mails: MailboxMail[];
  folders: Record<string, FolderCursor>;
  hasMore: boolean;
  failures: FolderFailure[];
}

function isFull({ mails, bytes }: SweepRoom): boolean {
  return mails <= 0 || bytes <= 0;
}

function takeUp(room: SweepRoom, mails: readonly FoundMail[]): void {
  room.mails -= mails.length;
  room.bytes -= mails.reduce((sum, { raw }) => sum + raw.length, 0);
}

function gather(
  gathered: Gathered,
  { mails, hasMore, failure }: Sweep,
  { path, isSent }: { path: string; isSent: boolean },
): void {
  gathered.mails.push(...mails.map((mail) => ({ ...mail, isSent })));
  gathered.hasMore ||= hasMore;
  gathered.failures.push(...(failure ? [{ path, cause: failure.cause }] : []));
}

function withoutTaken({ imported: _imported, partial: _partial, ...place }: FolderCursor): FolderCursor {
  return place;
}

function isOther(box: FolderState, swept: FolderState): boolean {
  return box.uidNext > 0 && swept.uidNext > 0 ? box.uidNext !== swept.uidNext : box.exists !== swept.exists;
}
