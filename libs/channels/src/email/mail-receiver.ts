import type { AddressInfo } from 'node:net';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { normaliseEmail, splitTag } from './email-address.js';
import { BytesInFlight, MailRate, Visitors } from './receiver-limits.js';

/** A mail as it came in, before anything of it was read. */
export interface ReceivedMail {
  accountId: string;
  raw: Uint8Array;
  /** '' is the null sender of bounces. */
  envelopeFrom: string;
  /** The recipients of this account only, plus tags kept. */
  envelopeTo: string[];
  remoteAddress: string;
  helo: string;
}

/** An account as the receiver knows it. */
export interface Mailbox {
  id: string;
}

/** Where the receiver's events go; a pino logger fits. */
export interface ReceiverLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

export interface MailReceiverOptions {
  listen: { host: string; port: number };
  /** PEM texts. Without them STARTTLS is not offered. */
  tls?: { cert: string; key: string };
  maxBytes: number;
  /** The account that owns a normal address, or null. Plus tags are taken off when the whole address is nobody's. */
  accounts: (address: string) => Mailbox | null | Promise<Mailbox | null>;
  /** Stores a mail. Resolves when it may be acknowledged; when it rejects, the sending server is told to come again. */
  deliver: (mail: ReceivedMail) => Promise<void>;
  log: ReceiverLog;
  /** How many connections one address may hold. */
  maxPerAddress?: number;
  /** How many mails one address may bring in a minute. */
  mailsPerMinute?: number;
  /** How many bytes of mails may be in memory at once, over all connections. */
  bytesInFlight?: number;
  /** Milliseconds of the Unix epoch. */
  now?: () => number;
}

export interface MailReceiver {
  readonly port: number;
  /** Takes no new mail, lets mail under way finish, and then resolves. */
  close(): Promise<void>;
}

const mostClients = 100;
const mostPerAddress = 20;
/** Far more than people write, and little enough that one sender cannot keep everybody else waiting. */
const mostPerMinute = 300;
const mostRecipients = 100;
const mostBytesInFlight = 512 * 1024 * 1024;
const idleMs = 60_000;
const closeMs = 5_000;

/**
 * A mail server for the addresses of Peyk and no others: the end of an MX record or of a forwarding rule. It answers 250 only
 * once `deliver` has stored the mail for every account, so that a mail is either ours or still the sender's to send again.
 */
export async function startMailReceiver(options: MailReceiverOptions): Promise<MailReceiver> {
  const { listen, tls, maxBytes, log } = options;
  const visitors = new Visitors(options.maxPerAddress ?? mostPerAddress);
  const rate = new MailRate(options.mailsPerMinute ?? mostPerMinute, options.now ?? Date.now);
  const memory = new BytesInFlight(options.bytesInFlight ?? mostBytesInFlight);
  const owners = new WeakMap<SMTPServerSession, Map<string, string>>();
  // Loaded where mail is received: the server is large, and most hubs fetch theirs from a mailbox.
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    banner: 'Peyk',
    size: maxBytes,
    maxClients: mostClients,
    maxRecipients: mostRecipients,
    socketTimeout: idleMs,
    closeTimeout: closeMs,
    disableReverseLookup: true,
    logger: false,
    authOptional: true,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...tls,
    onConnect: (session, done) =>
      done(visitors.enter(session) ? null : refusal(421, 'Too many connections from your address')),
    onClose: (session) => visitors.leave(session),
    onMailFrom: (_, session, done) => {
      owners.delete(session);
      done(
        rate.admits(session.remoteAddress) ? null : refusal(451, 'Too many mails from your address, please try again'),
      );
    },
    onRcptTo: ({ address }, session, done) => {
      const busy = 'Recipients cannot be checked just now, please try again';
      void answer(() => admit(options, owners, session, address), { done, log, busy });
    },
    onData: (stream, session, done) => {
      const busy = 'The mail cannot be stored just now, please try again';
      void answer(() => take({ ...options, memory }, owners.get(session) ?? new Map(), stream, session), {
        done,
        log,
        busy,
      });
    },
  });
  server.on('error', (error) => log.warn({ err: error }, 'mail receiver'));
  const port = await open(server, listen);
  log.info({ host: listen.host, port, tls: tls !== undefined }, 'mail receiver listens');
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function open(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const listener = server.listen(port, host, () => {
      server.off('error', reject);
      resolve((listener.address() as AddressInfo).port);
    });
  });
}

/** Answers with what `work` decides. When it fails, the trouble is ours and passing, so the sender keeps the mail and comes again. */
async function answer(
  work: () => Promise<Error | null>,
  { done, log, busy }: { done: (error?: Error | null) => void; log: ReceiverLog; busy: string },
): Promise<void> {
  let reply: Error | null;
  try {
    reply = await work();
  } catch (error) {
    log.warn({ err: error }, 'a mail was put off');
    reply = refusal(451, busy);
  }
  done(reply);
}

type Owners = WeakMap<SMTPServerSession, Map<string, string>>;

/** Remembers which account a recipient belongs to, or refuses it: a server that takes mail for others is a relay for spam. */
async function admit(options: MailReceiverOptions, owners: Owners, session: SMTPServerSession, written: string) {
  const address = normaliseEmail(written);
  const owner = address === null ? null : await ownerOf(options, address);
  if (address === null || owner === null) {
    return refusal(550, `No mailbox here by the name ${written.slice(0, 100)}`);
  }
  const admitted = owners.get(session) ?? new Map<string, string>();
  owners.set(session, admitted.set(address, owner.id));
  return null;
}

async function ownerOf({ accounts }: MailReceiverOptions, address: string): Promise<Mailbox | null> {
  return (await accounts(address)) ?? (await accounts(splitTag(address).mailbox));
}

async function take(
  options: MailReceiverOptions & { memory: BytesInFlight },
  admitted: ReadonlyMap<string, string>,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Error | null> {
  const mail = new MailInMemory(options.maxBytes, options.memory);
  try {
    await mail.read(stream);
    if (mail.fault) {
      return mail.fault === 'large'
        ? refusal(552, `The mail is larger than the ${options.maxBytes} bytes taken here`)
        : refusal(452, 'There is no room for the mail just now, please try again');
    }
    await handOver(options, { admitted, session, raw: mail.whole() });
    return null;
  } finally {
    mail.release();
  }
}

async function handOver(
  { deliver }: MailReceiverOptions,
  mail: { admitted: ReadonlyMap<string, string>; session: SMTPServerSession; raw: Uint8Array },
): Promise<void> {
  const { admitted, session, raw } = mail;
  const { mailFrom } = session.envelope;
  for (const accountId of new Set(admitted.values())) {
    await deliver({
      accountId,
      raw,
      envelopeFrom: mailFrom ? mailFrom.address : '',
      envelopeTo: [...admitted].filter(([, owner]) => owner === accountId).map(([address]) => address),
      remoteAddress: session.remoteAddress,
      helo: session.hostNameAppearsAs,
    });
  }
}

/** A mail while it comes in. One that may not be kept is read to its end all the same, which SMTP asks for. */
class MailInMemory {
  fault: 'large' | 'no room' | null = null;
  private chunks: Uint8Array[] = [];
  private held = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly memory: BytesInFlight,
  ) {}

  async read(stream: SMTPServerDataStream): Promise<void> {
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > this.maxBytes) {
        this.refuse('large');
      } else if (this.fault === null) {
        this.keep(chunk);
      }
    }
  }

  /** The pieces are given up as they are joined: while the mail is read and stored it is here once. */
  whole(): Uint8Array {
    return Buffer.concat(this.chunks.splice(0));
  }

  release(): void {
    this.memory.give(this.held);
    this.chunks = [];
    this.held = 0;
  }

  private keep(chunk: Uint8Array): void {
    if (this.memory.take(chunk.length)) {
      this.held += chunk.length;
      this.chunks.push(chunk);
    } else {
      this.refuse('no room');
    }
  }

  private refuse(fault: 'large' | 'no room'): void {
    this.fault = fault;
    this.release();
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
