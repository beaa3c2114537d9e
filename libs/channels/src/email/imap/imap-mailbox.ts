import { isDeepStrictEqual } from 'node:util';
import { ChannelError } from '../../channel-adapter.js';
import type { AgentChoice } from '../../wire/http-exchange.js';
import { type FolderCursor, type MailboxCursor, readCursor } from './imap-cursor.js';
import { imapFailure } from './imap-failure.js';
import { ImapLine, type ImapLogin, type ImapPatience } from './imap-line.js';
import type { ImapSettings } from './imap-settings.js';
import { settleImported } from './settle-imported.js';
import { type FoundMail, sweepFolder, type SweepRoom } from './sweep-folder.js';

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

  constructor(private readonly options: MailboxOptions) {}

  /** Waits for news unless more is known to be there, and brings it. Throws ChannelError, with a longer rest after each failure. */
  async poll(
    login: ImapLogin,
    settings: ImapSettings,
    { cursor, signal }: { cursor: unknown; signal: AbortSignal },
  ): Promise<MailboxNews> {
    const known = readCursor(cursor);
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
      throw this.withRest(imapFailure(error, [login.password, login.accessToken ?? '']));
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    const { line } = this;
    this.line = null;
    this.drainedTo = null;
    line?.close();
    this.wake?.();
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
      await this.wait(line, settings.folders[0] ?? 'INBOX', signal);
      if (signal.aborted) {
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
      const { imported, ...place } = cursor;
      folders[path] = place;
      if (imported && settings.folders.includes(path)) {
        await settleImported(line, path, cursor, settings).catch((error: unknown) => {
          // A server that refuses this still has new mail to give.
          if (!line.isUsable) {
            throw error;
          }
        });
      }
    }
    return { folders };
  }

  private async wait(line: ImapLine, path: string, signal: AbortSignal): Promise<void> {
    if (this.hasNews || signal.aborted) {
      return;
    }
    if (!line.isSelected(path)) {
      await line.select(path);
    }
    const timer: { end?: NodeJS.Timeout } = {};
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer.end = setTimeout(resolve, this.options.times.sweepMs);
      line.listen();
    });
    this.wake = null;
    clearTimeout(timer.end);
  }

  /** Looks into every folder; the one that is listened to comes last, so that it stays open and tells of what comes meanwhile. */
  private async sweep(line: ImapLine, settings: ImapSettings, known: MailboxCursor): Promise<MailboxNews> {
    const mails: MailboxMail[] = [];
    const folders = { ...known.folders };
    const room = { ...this.options.room };
    let hasMore = false;
    this.hasNews = false;
    for (const path of this.foldersOf(settings)) {
      const isSent = !settings.folders.includes(path);
      const found = await sweepFolder(
        line,
        {
          path,
          known: known.folders[path] ?? null,
          existing: isSent ? 'none' : settings.existing,
          now: this.options.now(),
        },
        room,
      );
      const { imported, ...place } = found.cursor;
      const isPending = imported !== undefined && !isSent && settings.afterImport !== 'leave';
      folders[path] = isPending ? found.cursor : place;
      mails.push(...found.mails.map((mail) => ({ ...mail, isSent })));
      room.mails = Math.max(1, room.mails - found.mails.length);
      hasMore ||= found.hasMore;
    }
    this.drainedTo = hasMore ? null : { folders };
    return { mails, cursor: { folders } };
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

/** A new access token does not make a standing connection another one. */
function withoutToken(login: ImapLogin | null): object | null {
  return login && { ...login, accessToken: login.accessToken !== null };
}
