import type { Socket } from 'node:net';
import { storableText } from '../../storable-text.js';

/** The call's variables as Asterisk names them, without the `agi_` before each. */
export type AgiEnvironment = Readonly<Record<string, string>>;

/** An answer to a command. `result` is -1 where it failed or the caller left; `note` stood in parentheses. */
export interface AgiReply {
  code: number;
  result: number;
  note: string;
  /** Where a recording or a sound was stopped, in samples; null where nothing says so. */
  endpos: number | null;
}

/** The caller, or the exchange, is gone. */
export class AgiGone extends Error {
  constructor(readonly why: 'hung_up' | 'closed' | 'silent' | 'not_agi') {
    super(`The line is gone (${why}).`);
    this.name = 'AgiGone';
  }
}

const longestLine = 4 * 1024;
const mostVariables = 100;
const deadChannel = 511;

/**
 * One call that an exchange handed over: text lines over TCP. Commands go one at a time, each with one answer. When the caller hangs up
 * Asterisk says HANGUP between the lines; what it can still tell of the call then, it is asked with `dead`.
 */
export class AgiConnection {
  /** Called once, when the caller has left. */
  onGone: () => void = () => undefined;
  private rest = '';
  private lines: string[] = [];
  private reader: ((line: string | null) => void) | null = null;
  private gone: AgiGone | null = null;
  private isClosed = false;

  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setEncoding('utf8');
    socket.on('data', (chunk: string) => this.read(chunk));
    socket.on('error', () => this.end('closed'));
    socket.on('close', () => this.end('closed'));
  }

  /** Why nothing can be played any more; null while the caller is there. */
  get left(): AgiGone | null {
    return this.gone;
  }

  /** The variables that come before everything else, all of them in so long. Throws AgiGone. */
  async environment(timeoutMs: number): Promise<AgiEnvironment> {
    const timer = setTimeout(() => this.end('silent'), timeoutMs);
    return await this.introduction(timeoutMs).finally(() => clearTimeout(timer));
  }

  private async introduction(timeoutMs: number): Promise<AgiEnvironment> {
    const found: [string, string][] = [];
    for (let line = await this.line(timeoutMs); line !== ''; line = await this.line(timeoutMs)) {
      const [, name, value] = /^agi_(\w+):\s?(.*)$/u.exec(line) ?? [];
      if (name === undefined || value === undefined || found.length >= mostVariables) {
        this.end('not_agi');
        throw new AgiGone('not_agi');
      }
      found.push([name, value]);
    }
    return Object.fromEntries(found);
  }

  /** Asks for one thing. Throws AgiGone once the caller has left, unless the command may be asked of a `dead` channel. */
  async command(words: string[], timeoutMs: number, how: { dead?: boolean } = {}): Promise<AgiReply> {
    if (this.isClosed || (this.gone && how.dead !== true)) {
      throw this.gone ?? new AgiGone('closed');
    }
    this.socket.write(`${words.map(quoted).join(' ')}\n`);
    let reply = replyOf(await this.line(timeoutMs));
    while (reply === null) {
      reply = replyOf(await this.line(timeoutMs));
    }
    if (reply.code === deadChannel) {
      this.hangUp();
      throw new AgiGone('hung_up');
    }
    return reply;
  }

  /** Gives the call back to the exchange, whose dialplan goes on behind us. */
  close(): void {
    this.socket.end();
    this.end('closed');
  }

  private line(timeoutMs: number): Promise<string> {
    const next = this.lines.shift();
    if (next !== undefined) {
      return Promise.resolve(next);
    }
    if (this.isClosed) {
      return Promise.reject(this.gone ?? new AgiGone('closed'));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end('silent'), timeoutMs);
      this.reader = (line) => {
        clearTimeout(timer);
        this.reader = null;
        if (line === null) {
          reject(this.gone ?? new AgiGone('closed'));
        } else {
          resolve(line);
        }
      };
    });
  }

  private read(chunk: string): void {
    const parts = (this.rest + chunk).split('\n');
    this.rest = parts.pop() ?? '';
    for (const part of parts) {
      const line = storableText(part.replace(/\r$/u, ''));
      if (line === 'HANGUP') {
        this.hangUp();
      } else if (this.reader) {
        this.reader(line);
      } else {
        this.lines.push(line);
      }
    }
    if (this.rest.length > longestLine || this.lines.length > mostVariables * 2) {
      this.end('not_agi');
    }
  }

  private hangUp(): void {
    if (!this.gone) {
      this.gone = new AgiGone('hung_up');
      this.onGone();
    }
  }

  private end(why: AgiGone['why']): void {
    if (this.isClosed) {
      return;
    }
    this.isClosed = true;
    const isNews = this.gone === null;
    this.gone ??= new AgiGone(why);
    this.socket.destroySoon();
    this.reader?.(null);
    if (isNews) {
      this.onGone();
    }
  }
}

/** Null for what is no answer; of the lines that say how a command is used the last one counts. */
function replyOf(line: string): AgiReply | null {
  const [, code, text = ''] = /^(\d{3}) (.*)$/u.exec(line) ?? [];
  if (code === undefined) {
    return null;
  }
  const [, result = '-1', note = '', endpos] =
    /^result=(-?\d*)\S*(?: \((.*)\))?(?: endpos=(\d+))?\s*$/u.exec(text) ?? [];
  const at = endpos === undefined ? null : Number(endpos);
  return { code: Number(code), result: Number(result), note, endpos: at };
}

/** A word of a command. In quotes only quotes and backslashes have a meaning; line breaks would be commands of their own. */
function quoted(word: string): string {
  const plain = word.replace(/[\r\n]+/gu, ' ');
  return /^[\w./:+*#=@-]+$/u.test(plain) ? plain : `"${plain.replace(/["\\]/gu, (sign) => `\\${sign}`)}"`;
}
