import dns from 'node:dns';
import { getSystemErrorMap } from 'node:util';
import { isNativeError } from 'node:util/types';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { HubConfig } from '#config';

export type LogFields = Record<string, unknown>;

/** Names under which secrets and people's words travel. Whatever is logged under one of them is replaced, two levels deep. */
const hidden = [
  'authorization',
  'cookie',
  'setCookie',
  '["set-cookie"]',
  '["idempotency-key"]',
  'password',
  'currentPassword',
  'newPassword',
  'passwordHash',
  'token',
  'tokenHash',
  'accessToken',
  'authToken',
  'botToken',
  'secret',
  'secrets',
  'secretKey',
  'apiKey',
  'totpSecret',
  'code',
  'body',
  'text',
  'raw',
  'payload',
  'parameters',
  'values',
];
const paths = hidden.flatMap((name) =>
  name.startsWith('[') ? [name, `*${name}`, `*.*${name}`] : [name, `*.${name}`, `*.*.${name}`],
);

/** What systems and Node call their faults: the one thing under the name of a code that is nobody's one-time code. */
const faults = new Set([
  ...[...getSystemErrorMap().values()].map(([name]) => name),
  ...Object.values(dns).filter((value) => typeof value === 'string'),
]);

function censor(value: unknown, path: string[]): unknown {
  const isFault =
    path.at(-1) === 'code' && typeof value === 'string' && (faults.has(value) || /^ERR_[A-Z_]+$/.test(value));
  return isFault ? value : '[redacted]';
}

/**
 * The hub's log: one JSON line per fact, on standard output.
 *
 * A message is a fixed sentence and everything variable is a field, so that fields can be redacted. An error is told by its
 * name, sentence, code and stack; what a driver hangs on it besides (query parameters, for one) stays out.
 */
export class Log {
  constructor(
    private readonly pino: Logger,
    private readonly kept: string[] = [],
  ) {}

  /** The last lines that this process wrote, as they were written: whatever is hidden in the log is hidden in them. */
  get recent(): readonly string[] {
    return this.kept;
  }

  debug(message: string, fields: LogFields = {}): void {
    this.pino.debug(fields, message);
  }

  info(message: string, fields: LogFields = {}): void {
    this.pino.info(fields, message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.pino.warn(fields, message);
  }

  error(message: string, error?: unknown, fields: LogFields = {}): void {
    this.pino.error(error === undefined ? fields : { ...fields, error: describe(error) }, message);
  }

  /** The same log with these fields on every line. */
  with(fields: LogFields): Log {
    return new Log(this.pino.child(fields), this.kept);
  }
}

export function createLog(level: HubConfig['logLevel'], destination?: DestinationStream): Log {
  const options = {
    level,
    redact: { paths, censor },
    base: null,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const out = destination ?? pino.destination({ dest: 1, sync: true });
  const kept: string[] = [];
  const write = (line: string): void => {
    keep(kept, line);
    out.write(line);
  };
  return new Log(pino(options, { write }), kept);
}

/** Lines that a diagnostic file brings along. */
const mostKept = 1_000;
const longestKept = 2_000;

function keep(kept: string[], line: string): void {
  kept.push(line.length > longestKept ? `${line.slice(0, longestKept)}…\n` : line);
  if (kept.length > mostKept) {
    kept.splice(0, mostKept / 10);
  }
}

function describe(error: unknown): LogFields {
  if (!isNativeError(error)) {
    return { name: typeof error };
  }
  const code: unknown = Reflect.get(error, 'code');
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { reason: code } : {}),
    stack: error.stack,
    ...cause,
  };
}

/** The hub's log as Nest writes to it: an optional stack and a context come behind the message. */
export function toNestLogger(log: Log): LoggerService {
  const say =
    (level: 'debug' | 'warn') =>
    (message: unknown, ...rest: unknown[]) =>
      log[level](String(message), { room: rest.at(-1) });
  const fail = (message: unknown, ...rest: unknown[]): void =>
    log.error(String(message), undefined, { room: rest.at(-1), stack: rest.length > 1 ? rest[0] : undefined });
  return { log: say('debug'), debug: say('debug'), verbose: say('debug'), warn: say('warn'), error: fail, fatal: fail };
}
