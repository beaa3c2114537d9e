import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** A mail that Peyk sent, as its recipient's mail program shows it. */
export interface SentMail {
  envelope: { from: string; to: string[] };
  messageId: string;
  subject: string;
  /** Every header by its lower-case name, the first of each, unfolded but not decoded. */
  headers: Readonly<Record<string, string>>;
  text: string;
  html: string;
  attachments: ReadonlyArray<{ name: string; mediaType: string; bytes: Uint8Array }>;
  raw: Uint8Array;
}

/**
 * How the server takes the next mails. `refuse` and `defer` answer with the code at the recipient or after the message; `cut`
 * reads the whole message and ends the connection without a word, having kept the mail or not.
 */
export type MailMood =
  | { kind: 'accept' }
  | { kind: 'answer'; at: 'recipient' | 'message'; code: number; text: string }
  | { kind: 'cut'; kept: boolean };

/** A customer's mail on its way to Peyk. `raw` replaces everything else but the envelope. */
export interface CustomerMail {
  from: string;
  to: string;
  subject?: string;
  text?: string;
  html?: string;
  messageId?: string;
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
  attachments?: Array<{ filename: string; contentType: string; content: Uint8Array }>;
  raw?: Uint8Array;
  /** The envelope's sender when it is not `from`; '' is the null sender of bounces. */
  envelopeFrom?: string;
}

export interface MailServer {
  readonly port: number;
  /** Every mail that the server said yes to or kept at a cut, oldest first; a mail sent twice stands here twice. */
  readonly sent: readonly SentMail[];
  setMood(mood: MailMood): void;
  /** How many copies of a mail a customer would see. */
  copiesOf(messageId: string): number;
  /** The first mail, already there or still to come, that fits. Rejects after `timeoutMs`. */
  waitFor(fits: (mail: SentMail) => boolean, timeoutMs?: number): Promise<SentMail>;
  /** Sends a customer's mail to Peyk's receiver on this machine. Rejects with the receiver's refusal. */
  writeTo(hubPort: number, mail: CustomerMail): Promise<{ messageId: string; response: string }>;
  close(): Promise<void>;
}

export interface MailServerOptions {
  port?: number;
  /** Asks for this sign-in before it takes anything. */
  auth?: { user: string; password: string };
}

/** A mail server on loopback that stands for all others in the world: for the demo, tests and chaos runs. */
export async function startMailServer({ port = 0, auth }: MailServerOptions = {}): Promise<MailServer> {
  const box = new Box();
  let mood: MailMood = { kind: 'accept' };
  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    authOptional: auth === undefined,
    disabledCommands: auth ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onAuth: ({ username, password }, _, done) => {
      const isKnown = username === auth?.user && password === auth?.password;
      done(
        isKnown ? null : answered(535, 'Authentication credentials invalid'),
        isKnown ? { user: username } : undefined,
      );
    },
    onRcptTo: (_, __, done) =>
      done(mood.kind === 'answer' && mood.at === 'recipient' ? answered(mood.code, mood.text) : null),
    onData: (stream, session, done) => {
      void take(box, { stream, session, mood }, done, () => drop(server, session));
    },
  });
  server.on('error', () => undefined);
  const taken = await new Promise<number>((resolve) => {
    const listener = server.listen(port, '127.0.0.1', () => resolve((listener.address() as AddressInfo).port));
  });
  return {
    port: taken,
    sent: box.mails,
    setMood: (next) => {
      mood = next;
    },
    copiesOf: (messageId) => box.mails.filter((mail) => mail.messageId === messageId).length,
    waitFor: (fits, timeoutMs = 5_000) => box.waitFor(fits, timeoutMs),
    writeTo: writeMail,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The mails taken so far, and who waits for one. */
class Box {
  readonly mails: SentMail[] = [];
  private readonly waiting = new Set<(mail: SentMail) => void>();

  put(mail: SentMail): void {
    this.mails.push(mail);
    for (const hear of this.waiting) {
      hear(mail);
    }
  }

  waitFor(fits: (mail: SentMail) => boolean, timeoutMs: number): Promise<SentMail> {
    const there = this.mails.find(fits);
    if (there) {
      return Promise.resolve(there);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(hear);
        reject(new Error(`no such mail within ${timeoutMs} ms; ${this.mails.length} others came`));
      }, timeoutMs);
      const hear = (mail: SentMail) => {
        if (fits(mail)) {
          clearTimeout(timer);
          this.waiting.delete(hear);
          resolve(mail);
        }
      };
      this.waiting.add(hear);
    });
  }
}

async function take(
  box: Box,
  { stream, session, mood }: { stream: SMTPServerDataStream; session: SMTPServerSession; mood: MailMood },
  done: (error?: Error | null) => void,
  cut: () => void,
): Promise<void> {
  let mail: SentMail;
  try {
    mail = await readMail(stream, session);
  } catch {
    // The sender went away in the middle; there is nobody to answer.
    done(answered(451, 'Cut off'));
    return;
  }
  if (mood.kind === 'answer') {
    done(answered(mood.code, mood.text));
    return;
  }
  if (mood.kind === 'accept' || mood.kept) {
    box.put(mail);
  }
  if (mood.kind === 'cut') {
    cut();
  } else {
    done(null);
  }
}

async function readMail(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<SentMail> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
  }
  const raw = Buffer.concat(chunks);
  const { text, html, subject, messageId, headerLines, attachments } = await simpleParser(raw, { keepCidLinks: true });
  return {
    envelope: {
      from: envelope.mailFrom ? envelope.mailFrom.address : '',
      to: envelope.rcptTo.map(({ address }) => address),
    },
    messageId: messageId ?? '',
    subject: subject ?? '',
    headers: Object.fromEntries(headerLines.toReversed().map(({ key, line }) => [key, unfold(line)])),
    text: (text ?? '').replace(/\n$/u, ''),
    html: html || '',
    attachments: attachments.map(({ filename, contentType, content }) => ({
      name: filename ?? '',
      mediaType: contentType,
      bytes: new Uint8Array(content),
    })),
    raw,
  };
}

function unfold(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/gu, '')
    .trim();
}

function drop(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.id === id) {
      connection._socket.destroy();
    }
  }
}

function answered(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

async function writeMail(hubPort: number, { envelopeFrom, raw, attachments, ...mail }: CustomerMail) {
  const transport = createTransport({ host: '127.0.0.1', port: hubPort, secure: false, ignoreTLS: true });
  const envelope = { from: envelopeFrom ?? mail.from, to: mail.to };
  const files = attachments?.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content) })) ?? [];
  const options: SendMailOptions = raw
    ? { raw: Buffer.from(raw) }
    : { ...mail, attachments: files, textEncoding: 'base64' };
  try {
    const { messageId, response } = await transport.sendMail({ ...options, envelope });
    return { messageId, response };
  } finally {
    transport.close();
  }
}
