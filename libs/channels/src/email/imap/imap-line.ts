import type { ImapFlow, MailboxObject, SearchObject } from 'imapflow';
import { ChannelError } from '../../channel-adapter.js';
import type { AgentChoice } from '../../wire/http-exchange.js';
import { isLoopback } from '../is-loopback.js';
import { reachServer } from '../../wire/reach-server.js';

/** How to reach a mailbox. `accessToken` is null where a password signs in. */
export interface ImapLogin {
  host: string;
  port: number;
  /** TLS from the first byte (993); otherwise STARTTLS is used wherever it is offered. */
  secure: boolean;
  user: string;
  password: string;
  accessToken: string | null;
}

/** How long each wait for a server may be, in milliseconds. */
export interface ImapPatience {
  connectMs: number;
  answerMs: number;
  /** For a whole mail to come through. */
  mailMs: number;
  /** How long one IDLE lasts before it is asked for again. */
  idleMs: number;
}

/** What a mail is before it is fetched. */
export interface MailSize {
  uid: number;
  bytes: number;
}

/**
 * One connection to a mailbox. No command waits longer than it may: a line on which nothing comes back any more is closed, and the
 * command on it fails. `onNews` is called when the open folder has grown, and once when the line is gone.
 */
export class ImapLine {
  onNews: () => void = () => undefined;
  private opened: { path: string; uidValidity: string } | null = null;

  private constructor(
    private readonly client: ImapFlow,
    private readonly patience: ImapPatience,
  ) {
    client.on('exists', () => this.onNews());
    client.on('close', () => this.onNews());
    // A command that waits hears of it too; unheard, an error on an idle line would end the process.
    client.on('error', () => undefined);
  }

  static async open(login: ImapLogin, patience: ImapPatience, agentFor?: AgentChoice): Promise<ImapLine> {
    const { ImapFlow } = await import('imapflow');
    const isLocal = isLoopback(login.host);
    const client = new ImapFlow({
      // Under a guard it must be exactly the address which that let pass: asked for again, a name might lead elsewhere.
      host: agentFor ? await reachServer(login, patience.connectMs, agentFor) : login.host,
      ...(isNumeric(login.host) ? {} : { servername: login.host }),
      port: login.port,
      secure: login.secure,
      // A password never leaves this machine in clear.
      ...(login.secure || isLocal ? {} : { doSTARTTLS: true }),
      tls: { rejectUnauthorized: !isLocal },
      auth: {
        user: login.user,
        ...(login.accessToken === null ? { pass: login.password } : { accessToken: login.accessToken }),
      },
      clientInfo: { name: 'Peyk' },
      logger: false,
      disableAutoIdle: true,
      maxIdleTime: patience.idleMs,
      connectionTimeout: patience.connectMs,
      greetingTimeout: patience.connectMs,
      // Longer than an IDLE, which the library would otherwise break off; each command has its own limit here.
      socketTimeout: patience.idleMs + patience.mailMs,
    });
    const line = new ImapLine(client, patience);
    try {
      await line.within(2 * patience.connectMs, client.connect());
      return line;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  get isUsable(): boolean {
    return this.client.usable;
  }

  get isEncrypted(): boolean {
    return this.client.secureConnection;
  }

  /** Makes a folder the one that commands are about. Throws when it does not exist. */
  async select(path: string): Promise<MailboxObject> {
    this.opened = null;
    const box = await this.answer(this.client.mailboxOpen(path)).catch((error: unknown) => this.explain(path, error));
    this.opened = { path, uidValidity: String(box.uidValidity) };
    return box;
  }

  /** How the server numbers a folder while it is the selected one, else null. */
  selected(path: string): string | null {
    return this.opened?.path === path && this.client.usable ? this.opened.uidValidity : null;
  }

  /** UIDs in ascending order. Plain SEARCH only: not every server knows its later forms. */
  async search(query: SearchObject): Promise<number[]> {
    const found = await this.answer(this.client.search(query, { uid: true }));
    if (!Array.isArray(found)) {
      throw new Error('the server refused to search the folder');
    }
    return found.toSorted((one, other) => one - other);
  }

  async sizes(uids: number[]): Promise<MailSize[]> {
    const found = await this.answer(this.client.fetchAll(uids.join(','), { uid: true, size: true }, { uid: true }));
    return found.map(({ uid, size }) => ({ uid, bytes: size ?? 0 })).toSorted((one, other) => one.uid - other.uid);
  }

  /** When mails came into the mailbox, by the server's word. */
  async arrivals(uids: number[]): Promise<{ uid: number; at: Date | null }[]> {
    const found = await this.answer(
      this.client.fetchAll(uids.join(','), { uid: true, internalDate: true }, { uid: true }),
    );
    return found
      .map(({ uid, internalDate }) => ({ uid, at: internalDate === undefined ? null : new Date(internalDate) }))
      .toSorted((one, other) => one.uid - other.uid);
  }

  /** A mail byte for byte, or its first `atMost` bytes; null when it is gone by now. Does not mark it as seen. */
  async read(uid: number, atMost?: number): Promise<Uint8Array | null> {
    const source = atMost === undefined ? true : { maxLength: atMost };
    const mail = await this.within(
      this.patience.mailMs,
      this.client.fetchOne(String(uid), { uid: true, source }, { uid: true }),
    );
    return mail ? (mail.source ?? null) : null;
  }

  async addFlags(uids: number[], flags: string[]): Promise<boolean> {
    return await this.answer(this.client.messageFlagsAdd(uids.join(','), flags, { uid: true }));
  }

  /**
   * Takes mails out of the open folder, into another one when `to` names it. A server that can only clear away everything that is
   * marked as deleted gets the mark and no more: other people's deleted mail is theirs to clear away.
   */
  async takeAway(uids: number[], to: string | null): Promise<boolean> {
    const range = uids.join(',');
    const isExact = this.client.capabilities.has('UIDPLUS');
    if (to === null) {
      return isExact
        ? await this.answer(this.client.messageDelete(range, { uid: true }))
        : await this.addFlags(uids, ['\\Deleted']);
    }
    if (isExact || this.client.capabilities.has('MOVE')) {
      return (await this.answer(this.client.messageMove(range, to, { uid: true }))) !== false;
    }
    const copied = await this.answer(this.client.messageCopy(range, to, { uid: true }));
    return copied !== false && (await this.addFlags(uids, ['\\Deleted']));
  }

  /** The folders that can be opened, and the one that holds what was sent, as far as the server or its name tells. */
  async folders(): Promise<{ paths: string[]; sent: string | null }> {
    const all = await this.answer(this.client.list());
    const usable = all.filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
    return {
      paths: usable.map(({ path }) => path),
      sent: usable.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null,
    };
  }

  /** Puts a mail into a folder, as one that was read. */
  async append(path: string, raw: Uint8Array): Promise<void> {
    const kept = await this.within(this.patience.mailMs, this.client.append(path, Buffer.from(raw), ['\\Seen']));
    if (kept === false) {
      throw new Error('the server did not take the mail into the folder');
    }
  }

  async create(path: string): Promise<void> {
    await this.answer(this.client.mailboxCreate(path));
  }

  async probe(): Promise<void> {
    await this.answer(this.client.noop());
  }

  /** Asks to be told of news until the next command. A server without IDLE is asked now and then instead. */
  listen(): void {
    this.client.idle().catch(() => undefined);
  }

  close(): void {
    this.client.close();
  }

  /** Servers refuse a folder in many words; whether it is there at all is asked in another way. */
  private async explain(path: string, error: unknown): Promise<never> {
    const isThere = !this.isUsable || (await this.folders()).paths.includes(path);
    throw isThere
      ? error
      : new ChannelError('folder_missing', `The mailbox has no folder ${path}.`, {
          retry: 'after-reconnect',
          cause: error,
        });
  }

  private answer<T>(command: Promise<T>): Promise<T> {
    return this.within(this.patience.answerMs, command);
  }

  private async within<T>(ms: number, command: Promise<T>): Promise<T> {
    const timer: { end?: NodeJS.Timeout } = {};
    const tooLate = new Promise<never>((_, reject) => {
      timer.end = setTimeout(() => {
        reject(new Error('the server has stopped answering'));
        this.client.close();
      }, ms);
    });
    try {
      return await Promise.race([command, tooLate]);
    } catch (error) {
      command.catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(timer.end);
    }
  }
}

function isNumeric(host: string): boolean {
  return /^[\d.]+$|:/u.test(host);
}
