import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import hoodiecrow, { type ImapServer } from 'hoodiecrow-imap';

/** Mail that lies in the stand-in mailbox, as another mail program would show it. */
export interface KeptMail {
  uid: number;
  flags: readonly string[];
  raw: string;
}

export interface MailboxServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly accessToken: string;
  /** Puts a mail into a folder, as the server would on arrival; with `silent` nobody who listens is told. */
  put(path: string, raw: string | Uint8Array, options?: { flags?: string[]; silent?: boolean }): number;
  mails(path: string): KeptMail[];
  /** Numbers a folder anew from 1, as a server does after a restore. */
  renumber(path: string, uidValidity: number): void;
  /** Lets standing connections go dead without a word: nothing passes any more in either direction. New ones work. */
  freeze(): void;
  /** How many connections were made so far. */
  readonly connections: number;
  close(): Promise<void>;
}

export interface MailboxServerOptions {
  port?: number;
  folders?: string[];
  /** A server that knows no more than IMAP4rev1 asks for. */
  isPlain?: boolean;
}

const everyday = [
  idle,
  'MOVE',
  'UIDPLUS',
  'SPECIAL-USE',
  'SASL-IR',
  'AUTH-PLAIN',
  'XOAUTH2',
  'ID',
  'NAMESPACE',
  'UNSELECT',
];
const user = 'support@shop.example';
const password = 'imap-pass-8d21';
const accessToken = 'ya29.good-token';

/** A mailbox on loopback, behind a relay that can fall silent: for the demo and for tests. */
export async function startMailboxServer(options: MailboxServerOptions = {}): Promise<MailboxServer> {
  const folder = (path: string) => [path, path === 'Sent' ? { 'special-use': '\\Sent' } : {}] as const;
  const server = hoodiecrow({
    plugins: options.isPlain === true ? [] : everyday,
    users: { [user]: { password, xoauth2: { accessToken, sessionTimeout: 3_600_000 } } },
    storage: {
      INBOX: {},
      '': { separator: '/', folders: Object.fromEntries((options.folders ?? ['Sent']).map(folder)) },
    },
  });
  // It writes in small pieces, which would wait for each other.
  server.server.on('connection', (socket) => socket.setNoDelay(true));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay = new Relay((server.server.address() as AddressInfo).port);
  const port = await relay.listen(options.port ?? 0);
  return {
    port,
    user,
    password,
    accessToken,
    put: (path, raw, { flags = [], silent = false } = {}) => put(server, path, { raw: textOf(raw), flags, silent }),
    mails: (path) => folderOf(server, path).messages.map(({ uid, flags, raw }) => ({ uid, flags: [...flags], raw })),
    renumber: (path, uidValidity) => {
      const box = folderOf(server, path);
      box.uidvalidity = uidValidity;
      box.messages.forEach((mail, index) => (mail.uid = index + 1));
      box.uidnext = box.messages.length + 1;
    },
    freeze: () => relay.freeze(),
    get connections() {
      return relay.connections;
    },
    close: async () => {
      await relay.close();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** IDLE without the library's own, whose timer outlives the connection and keeps the process alive for half an hour. */
function idle(server: ImapServer): void {
  server.registerCapability('IDLE');
  server.setCommandHandler('IDLE', (connection, { tag }, _, done) => {
    connection.directNotifications = true;
    connection.inputHandler = () => {
      connection.inputHandler = false;
      connection.directNotifications = false;
      connection.send({ tag, command: 'OK', attributes: [{ type: 'TEXT', value: 'Done' }] }, 'IDLE');
    };
    connection.socket?.write('+ idling\r\n');
    connection.processNotifications();
    done();
  });
}

function folderOf(server: ImapServer, path: string) {
  const folder = server.getMailbox(path);
  if (!folder) {
    throw new Error(`there is no folder ${path}`);
  }
  return folder;
}

function put(
  server: ImapServer,
  path: string,
  { raw, flags, silent }: { raw: string; flags: string[]; silent: boolean },
): number {
  if (!silent) {
    return server.appendMessage(path, flags, undefined, raw).message.uid;
  }
  const box = folderOf(server, path);
  const mail = { uid: box.uidnext, raw, flags, internaldate: '01-Jan-2026 10:00:00 +0000' };
  box.uidnext += 1;
  box.messages.push(mail);
  return mail.uid;
}

/** The server keeps mails as strings of bytes. */
function textOf(raw: string | Uint8Array): string {
  return Buffer.from(raw).toString('latin1');
}

/** Passes bytes on until it is told to swallow them. */
class Relay {
  connections = 0;
  private pairs: Socket[][] = [];
  private readonly server = createServer((near) => {
    this.connections += 1;
    const far = connect(this.target, '127.0.0.1');
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.pipe(far).pipe(near);
    this.pairs.push([near, far]);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
    }
    near.on('close', () => far.destroy());
  });

  constructor(private readonly target: number) {}

  listen(port: number): Promise<number> {
    return new Promise((resolve) => {
      this.server.listen(port, '127.0.0.1', () => resolve((this.server.address() as AddressInfo).port));
    });
  }

  freeze(): void {
    for (const [near, far] of this.pairs) {
      near?.unpipe();
      far?.unpipe();
      near?.resume();
      far?.resume();
    }
  }

  async close(): Promise<void> {
    this.pairs.flat().forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.server.close(resolve));
  }
}
