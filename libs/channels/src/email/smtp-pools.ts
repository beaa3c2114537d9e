import type { Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { pipeline, type Readable, Transform } from 'node:stream';
import type { SendMailOptions, SMTPPoolOptions, SMTPSentMessageInfo } from 'nodemailer';
import type { AgentChoice } from '../wire/http-exchange.js';
import { isLoopback } from './is-loopback.js';

/** How to reach an account's SMTP server. `user` is '' for a server that asks nobody who they are. */
export interface SmtpLogin {
  host: string;
  port: number;
  /** TLS from the first byte (465); otherwise STARTTLS is used wherever it is offered. */
  secure: boolean;
  user: string;
  password: string;
  /** Signs in instead of the password where it is set. */
  accessToken?: string;
}

/** How long each wait for a server may be, in milliseconds. */
export interface SmtpPatience {
  connectMs: number;
  answerMs: number;
}

/** A mail that did not go, and whether all of it had been handed to the server by then. */
export class HandOverError extends Error {
  constructor(
    override readonly cause: unknown,
    readonly handedOver: boolean,
  ) {
    super('the mail was not sent', { cause });
    this.name = 'HandOverError';
  }
}

interface Pool {
  login: SmtpLogin;
  transport: ReturnType<typeof openTransport>;
}

/** Set on a mail's options for the stream plugin, which nodemailer hands a copy of them. */
interface Watched {
  onHandedOver?: () => void;
  onChunk?: (chunk: Uint8Array) => void;
}

/** A mail that a server took. `raw` is the mail as it was put together; null unless it was asked for and is not larger than that. */
export interface Taken {
  answer: SMTPSentMessageInfo;
  raw: Uint8Array | null;
}

const connectionsPerAccount = 3;

/** One pool of connections for each account, opened at its first mail and replaced when its login changes. */
export class SmtpPools {
  private readonly pools = new Map<string, Pool>();

  constructor(
    private readonly patience: SmtpPatience,
    private readonly agentFor: AgentChoice | undefined,
  ) {}

  /** Sends one mail, and keeps it if it weighs at most `keepBytes`. Throws HandOverError. */
  async send(accountId: string, login: SmtpLogin, mail: SendMailOptions, keepBytes = 0): Promise<Taken> {
    let handedOver = false;
    const kept = new Keeper(keepBytes);
    const watched: SendMailOptions & Watched = {
      ...mail,
      onHandedOver: () => {
        handedOver = true;
      },
      ...(keepBytes > 0 && { onChunk: (chunk: Uint8Array) => kept.add(chunk) }),
    };
    try {
      const transport = await this.poolOf(accountId, login);
      const answer = await transport.sendMail(watched);
      return { answer, raw: kept.whole() };
    } catch (error) {
      throw new HandOverError(error, handedOver);
    }
  }

  /** Ends an account's connections; a mail under way is finished first. */
  close(accountId: string): void {
    const open = this.pools.get(accountId);
    this.pools.delete(accountId);
    void open?.transport.then((transport) => transport.close());
  }

  closeAll(): void {
    for (const accountId of this.pools.keys()) {
      this.close(accountId);
    }
  }

  private poolOf(accountId: string, login: SmtpLogin): Pool['transport'] {
    const open = this.pools.get(accountId);
    if (open && isDeepStrictEqual(open.login, login)) {
      return open.transport;
    }
    this.close(accountId);
    const transport = openTransport(login, this.patience, this.agentFor);
    this.pools.set(accountId, { login, transport });
    return transport;
  }
}

/** Bytes that pass by, as long as they are not more than `limit`. */
class Keeper {
  private chunks: Uint8Array[] = [];
  private bytes = 0;

  constructor(private readonly limit: number) {}

  add(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) {
      this.chunks = [];
    } else {
      this.chunks.push(chunk);
    }
  }

  whole(): Uint8Array | null {
    return this.bytes === 0 || this.bytes > this.limit ? null : Buffer.concat(this.chunks);
  }
}

/** Opens the way to a server; `verify` on it connects and signs in. */
export async function openTransport(login: SmtpLogin, patience: SmtpPatience, agentFor: AgentChoice | undefined) {
  const { host, port, secure, user } = login;
  const isLocal = isLoopback(host);
  const options: SMTPPoolOptions & { pool: true } = {
    pool: true,
    host,
    port,
    secure,
    ...(user === '' ? {} : { auth: signInOf(login) }),
    // A password never leaves this machine in clear. On the machine itself nobody listens, and its mail server signs for itself.
    requireTLS: user !== '' && !isLocal,
    tls: { rejectUnauthorized: !isLocal },
    maxConnections: connectionsPerAccount,
    maxRequeues: 1,
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.connectMs,
    dnsTimeout: patience.connectMs,
    socketTimeout: patience.answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(agentFor && { getSocket: connectBy(agentFor, login, patience) }),
  };
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(options);
  transport.use('stream', ({ data, message }, done) => {
    const { onHandedOver, onChunk } = data as Watched;
    // A pipeline, so that a file which breaks off ends the mail at once and not when the server has lost its patience.
    message.processFunc((stream: Readable) =>
      pipeline(
        stream,
        watch(
          (chunk) => onChunk?.(chunk),
          () => onHandedOver?.(),
        ),
        () => undefined,
      ),
    );
    done();
  });
  return transport;
}

function signInOf({ user, password, accessToken }: SmtpLogin): NonNullable<SMTPPoolOptions['auth']> {
  return accessToken === undefined ? { user, pass: password } : { type: 'OAuth2', user, accessToken };
}

/** Connections are opened by the agent that would open those to a web server there, so that one guard serves both. */
function connectBy(
  agentFor: AgentChoice,
  { host, port }: SmtpLogin,
  { connectMs }: SmtpPatience,
): NonNullable<SMTPPoolOptions['getSocket']> {
  return (_, done) => {
    const agent = agentFor(new URL('http://smtp/'));
    if (!agent) {
      done(null, undefined);
      return;
    }
    const socket = agent.createConnection({ host, port }) as Socket;
    const fail = (error: Error): void => {
      socket.destroy();
      done(error, undefined);
    };
    socket.setTimeout(connectMs, () =>
      fail(Object.assign(new Error('The server cannot be reached.'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0).removeAllListeners('timeout').off('error', fail);
      done(null, { connection: socket });
    });
  };
}

/** The end of a mail passes here just before its closing dot goes out: from then on the server may have taken it. */
function watch(onChunk: (chunk: Uint8Array) => void, onEnd: () => void): Transform {
  return new Transform({
    transform: (chunk: Uint8Array, _, done) => {
      onChunk(chunk);
      done(null, chunk);
    },
    flush: (done) => {
      onEnd();
      done();
    },
  });
}
