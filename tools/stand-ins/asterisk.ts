import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How somebody's phone answers when the exchange rings it. `talkMs`: until they hang up; without it until `endTalk`. */
export type PhonePlan =
  { answers: true; talkMs?: number } | { answers: false; status: 'BUSY' | 'NOANSWER' | 'CHANUNAVAIL' };

export interface CallerOptions {
  /** Where the hub takes FastAGI. */
  port: number;
  channelId: string;
  token: string;
  from: string;
  to: string;
  name?: string;
  uniqueId?: string;
  linkedId?: string;
  /** What they press at what they hear: a part of a file's name with the keys, each used once, in turn. */
  hears?: [file: string, keys: string][];
  /** Phones by what the exchange is told to dial, e.g. `PJSIP/101`. */
  phones?: Record<string, PhonePlan>;
  /** Hangs up while a file is played whose name holds this. */
  hangsUpDuring?: string;
  /** How long the caller speaks into a recording; then they say nothing, or hang up. */
  speaks?: { seconds: number; thenHangsUp?: boolean };
  /** Thinks for as long as it takes before they press something where a prompt asks for keys; without it silence goes by. */
  patient?: boolean;
  /** Variables that the channel has already. */
  variables?: Record<string, string>;
  /** Files that the exchange does not have. */
  missing?: string[];
  /** How many times faster than on a clock waits go by. */
  speed?: number;
  /** Writes answers in pieces of so many bytes. */
  pieces?: number;
}

/** A caller on an exchange that hands them to the hub. */
export interface Caller {
  /** What the hub asked for and was answered, e.g. `STREAM FILE "peyk/x" "" -> 200 result=0 endpos=8000`. */
  transcript: string[];
  variables: Map<string, string>;
  /** Whether the line listens for keys, and none is left. */
  isWaiting(): boolean;
  /** The files that were played, in order. */
  played(): string[];
  press(keys: string): void;
  hangUp(): void;
  /** Ends the talk with whoever answered. */
  endTalk(): void;
  /** Cuts the connection without a word, as an exchange that dies. */
  cut(): void;
  /** Resolves when the hub gave the call back, or the connection is gone. */
  over: Promise<void>;
}

let calls = 0;

/** Plays an exchange's part of FastAGI, from its published protocol; it was never compared with a real one. */
export async function startCaller(options: CallerOptions): Promise<Caller> {
  calls += 1;
  const uniqueId = options.uniqueId ?? `1760000000.${String(calls)}`;
  const socket = connect({ host: '127.0.0.1', port: options.port });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  const call = new AgiCaller(socket, { ...options, uniqueId, linkedId: options.linkedId ?? uniqueId });
  return {
    transcript: call.transcript,
    variables: call.variables,
    isWaiting: () => call.isWaiting,
    played: () => call.played,
    press: (keys) => call.press(keys),
    hangUp: () => call.hangUp(),
    endTalk: () => call.endTalk(),
    cut: () => void socket.destroy(),
    over: call.over,
  };
}

const deadWords = /^(GET VARIABLE|SET VARIABLE|HANGUP)/u;

class AgiCaller {
  readonly transcript: string[] = [];
  readonly variables = new Map<string, string>();
  readonly played: string[] = [];
  readonly over: Promise<void>;
  isWaiting = false;
  private isAsked = false;
  endTalk: () => void = () => undefined;
  private isThere = true;
  private readonly pressed: string[] = [];
  private readonly hears: [file: string, keys: string][];
  private wake: () => void = () => undefined;
  private rest = '';
  private work: Promise<void> = Promise.resolve();

  private readonly socket: Socket;
  private readonly options: CallerOptions & { uniqueId: string; linkedId: string };

  constructor(socket: Socket, options: CallerOptions & { uniqueId: string; linkedId: string }) {
    this.socket = socket;
    this.options = options;
    this.hears = [...(options.hears ?? [])];
    this.variables.set('CHANNEL(linkedid)', options.linkedId);
    Object.entries(options.variables ?? {}).forEach(([name, value]) => this.variables.set(name, value));
    socket.setEncoding('utf8').setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => this.read(chunk));
    this.over = new Promise((resolve) => {
      socket.once('close', () => {
        this.isThere = false;
        this.wake();
        this.endTalk();
        resolve();
      });
      socket.once('end', () => socket.end());
    });
    this.write(environmentOf(options, ''));
  }

  press(keys: string): void {
    this.pressed.push(...keys.split(''));
    this.wake();
  }

  hangUp(): void {
    if (this.isThere) {
      this.isThere = false;
      this.write('HANGUP\n');
      this.wake();
      this.endTalk();
    }
  }

  private read(chunk: string): void {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      this.work = this.work.then(() => this.take(line));
    }
  }

  private async take(line: string): Promise<void> {
    const words = wordsOf(line);
    const command = words.slice(0, 2).join(' ');
    const answer =
      this.isThere || deadWords.test(line)
        ? await this.answer(command, words)
        : '511 Command Not Permitted on a dead channel or intercept routine';
    this.transcript.push(`${line} -> ${answer}`);
    this.write(`${answer}\n`);
    if (words[0] === 'HANGUP') {
      this.hangUp();
    }
  }

  private async answer(command: string, words: string[]): Promise<string> {
    const known = this.commands[command] ?? this.commands[words[0] ?? ''];
    return known ? await known(words.slice(2)) : '510 Invalid or unknown command';
  }

  private readonly commands: Record<string, (rest: string[]) => string | Promise<string>> = {
    'GET VARIABLE': ([name = '']) => this.variable(name),
    'SET VARIABLE': ([name = '', value = '']) => {
      this.variables.set(name.replace(/^_+/u, ''), value);
      return '200 result=1';
    },
    'STREAM FILE': ([file = '', escapes = '']) => this.stream(file, escapes),
    'WAIT FOR': async ([, ms]) => `200 result=${String(await this.waitForKey(Number(ms)))}`,
    'RECORD FILE': () => this.record(),
    'CHANNEL STATUS': () => '200 result=6',
    'SET MUSIC': () => '200 result=0',
    'SET CALLERID': () => '200 result=0',
    'EXEC Dial': ([argument = '']) => this.dial(argument),
    EXEC: () => '200 result=0',
    ANSWER: () => '200 result=0',
    HANGUP: () => '200 result=1',
  };

  private variable(name: string): string {
    const value = this.variables.get(name);
    return value === undefined ? '200 result=0' : `200 result=1 (${value})`;
  }

  private stream(file: string, escapes: string): string {
    this.played.push(file);
    if (this.options.hangsUpDuring !== undefined && file.includes(this.options.hangsUpDuring)) {
      this.hangUp();
      return '200 result=-1 endpos=1600';
    }
    if (this.options.missing?.includes(file)) {
      return '200 result=-1 endpos=0';
    }
    this.isAsked = escapes !== '';
    const [next] = this.hears;
    if (next && file.includes(next[0])) {
      this.hears.shift();
      this.pressed.push(...next[1].split(''));
    }
    const [key] = this.pressed;
    if (key !== undefined && escapes.includes(key)) {
      this.pressed.shift();
      return `200 result=${String(key.codePointAt(0))} endpos=800`;
    }
    return '200 result=0 endpos=8000';
  }

  private async waitForKey(ms: number): Promise<number> {
    while (this.pressed.length === 0 && this.isThere) {
      this.isWaiting = true;
      await this.pause(ms);
      this.isWaiting = false;
      if (!(this.options.patient === true && this.isAsked)) {
        break;
      }
    }
    const key = this.isThere ? (this.pressed.shift()?.codePointAt(0) ?? 0) : -1;
    this.isAsked &&= this.pressed.length > 0 || key === 0;
    return key;
  }

  private async pause(ms: number): Promise<void> {
    const over = new AbortController();
    this.wake = () => over.abort();
    await sleep(Math.max(1, ms / (this.options.speed ?? 20)), null, { signal: over.signal }).catch(() => undefined);
    this.wake = () => undefined;
  }

  private record(): string {
    const { seconds = 0, thenHangsUp = false } = this.options.speaks ?? {};
    const endpos = String(seconds * 8000);
    if (thenHangsUp) {
      this.hangUp();
      return `200 result=-1 (hangup) endpos=${endpos}`;
    }
    return `200 result=0 (timeout) endpos=${endpos}`;
  }

  private async dial(argument: string): Promise<string> {
    const [target = '', , options = ''] = argument.split(',');
    const phone = this.options.phones?.[target] ?? { answers: false, status: 'CHANUNAVAIL' as const };
    this.variables.set('DIALSTATUS', phone.answers ? 'ANSWER' : phone.status);
    if (!phone.answers) {
      this.variables.set('ANSWEREDTIME', '');
      return '200 result=0';
    }
    if (options.includes('U(')) {
      await this.runOnAnswer();
    }
    const talk = new Promise<void>((resolve) => (this.endTalk = resolve));
    const { talkMs } = phone;
    await (talkMs === undefined ? talk : Promise.race([talk, sleep(talkMs)]));
    this.variables.set('ANSWEREDTIME', '7');
    return this.isThere ? '200 result=0' : '200 result=-1';
  }

  /** What the dialplan runs on the phone of whoever answered: a short call of its own, with the variables that it inherits. */
  private async runOnAnswer(): Promise<void> {
    const { port, linkedId } = this.options;
    const socket = connect({ host: '127.0.0.1', port });
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.write(environmentOf({ ...this.options, uniqueId: `${linkedId}9` }, '/answered'));
    socket.on('data', (chunk: string) => {
      for (const line of chunk.split('\n').filter(Boolean)) {
        socket.write(`${this.variable(wordsOf(line)[2] ?? '')}\n`);
      }
    });
    await new Promise<void>((resolve) => socket.once('close', () => resolve()).once('end', () => socket.end()));
  }

  private write(text: string): void {
    const bytes = Buffer.from(text);
    const size = this.options.pieces ?? bytes.length;
    for (let from = 0; from < bytes.length && !this.socket.destroyed; from += size) {
      this.socket.write(bytes.subarray(from, from + size));
    }
  }
}

function environmentOf(options: CallerOptions & { uniqueId: string }, path: string): string {
  const script = `${options.channelId}/${options.token}${path}`;
  const variables = {
    network: 'yes',
    network_script: script,
    request: `agi://127.0.0.1:${String(options.port)}/${script}`,
    channel: `PJSIP/trunk-0000000${String(calls)}`,
    language: 'en',
    type: 'PJSIP',
    uniqueid: options.uniqueId,
    version: '18.10.0',
    callerid: options.from === '' ? 'unknown' : options.from,
    calleridname: options.name ?? 'unknown',
    callingpres: '0',
    dnid: options.to,
    rdnis: 'unknown',
    context: 'peyk',
    extension: options.to,
    priority: '2',
    enhanced: '0.0',
    accountcode: '',
    threadid: '1',
  };
  const lines = Object.entries(variables).map(([name, value]) => `agi_${name}: ${value}\n`);
  return `${lines.join('')}\n`;
}

/** The words of a command; those in quotes may hold blanks, and a backslash takes the next sign as it is. */
function wordsOf(line: string): string[] {
  const found = line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/gu);
  return [...found].map(([, inQuotes, plain]) => inQuotes?.replace(/\\(.)/gu, '$1') ?? plain ?? '');
}
