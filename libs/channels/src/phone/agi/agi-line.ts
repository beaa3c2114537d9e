import { randomUUID } from 'node:crypto';
import { dialString } from '../ami/dial-address.js';
import type { DialResult, LineHappening, LineStep, LineStop } from '../line.js';
import type { AsteriskSettings } from '../phone-settings.js';
import { AgiGone, type AgiConnection, type AgiReply } from './agi-connection.js';

/** What a line needs of the one who plays it. */
export interface AgiLineMeans {
  settings: AsteriskSettings;
  /** What `STREAM FILE` is given for a recording of the library; null where there is none. */
  sound(name: string, locale: string): string | null;
  /** Whether the line was asked to come at once; asking forgets it. */
  wasNudged(): boolean;
  /** A step that this exchange cannot play as it was meant. */
  onShortfall(what: 'no_sound' | 'no_speech' | 'bad_address', detail: string): void;
}

type Stop<Name extends 'gather' | 'hold' | 'dial' | 'record'> = Extract<LineStop, Record<Name, object>>[Name];

const keys = '0123456789*#';
/** How long a wait is before the line looks whether it was nudged. */
const lookMs = 1_000;
/** A stretch of music ends by itself: another node may have something for the caller that nobody here is told of. */
const stretchMs = 3_000;
const replyMs = 15_000;
const longestSoundMs = 10 * 60_000;
const longestTalkMs = 6 * 3_600_000;
/** The state of a channel that was answered and stands. */
const channelUp = 6;
/** How long a caller may say nothing before a recording ends. */
const silenceSecs = 6;
const samplesPerSecond = 8_000;

/**
 * Plays replies on one line of an exchange and says what happened. Keys that are pressed while something is played stop it where keys are
 * asked for. Throws AgiGone when the caller left.
 */
export class AgiLine {
  /** Keys that were pressed before anybody asked. */
  private ahead = '';
  private hasMusic = false;

  constructor(
    private readonly connection: AgiConnection,
    private readonly means: AgiLineMeans,
  ) {}

  async play(steps: readonly LineStep[]): Promise<LineHappening> {
    const last = steps.at(-1);
    const asks = last !== undefined && 'gather' in last;
    if (!last || !('hold' in last) || steps.length > 1) {
      await this.music(false);
    }
    for (const step of steps) {
      if ('play' in step) {
        await this.stream(step, asks);
      } else if ('pause' in step) {
        await this.rest(step.pause.ms, asks);
      } else if ('say' in step) {
        this.means.onShortfall('no_sound', step.locale);
      } else {
        return await this.stop(step);
      }
    }
    return { kind: 'played' };
  }

  /** A variable of the call, also after the caller left; null where it is not set. */
  async variable(name: string): Promise<string | null> {
    const reply = await this.ask(['GET', 'VARIABLE', name], replyMs, { dead: true });
    return reply.result === 1 ? reply.note : null;
  }

  /** Runs an application of the dialplan. */
  async run(application: string, argument: string, timeoutMs = replyMs): Promise<AgiReply> {
    return await this.ask(['EXEC', application, argument], timeoutMs);
  }

  private stop(stop: LineStop): Promise<LineHappening> {
    if ('gather' in stop) {
      return this.gather(stop.gather);
    }
    if ('hold' in stop) {
      return this.hold(stop.hold);
    }
    if ('dial' in stop) {
      return this.dial(stop.dial);
    }
    if ('record' in stop) {
      return this.record(stop.record);
    }
    if ('again' in stop) {
      return this.rest(stop.again.afterMs, true).then(() => ({ kind: 'played' }));
    }
    return this.connection.command(['HANGUP'], replyMs).then(() => ({ kind: 'hung_up' }));
  }

  private async stream({ play, locale }: { play: string; locale: string }, asks: boolean): Promise<void> {
    if (asks && this.ahead !== '') {
      return;
    }
    const file = this.means.sound(play, locale);
    if (file === null) {
      this.means.onShortfall('no_sound', play);
      return;
    }
    const { result, endpos } = await this.ask(['STREAM', 'FILE', file, asks ? keys : ''], longestSoundMs);
    if (result > 0) {
      this.ahead += String.fromCodePoint(result);
    } else if (endpos === 0) {
      // The exchange plays nothing and says so by nothing else.
      this.means.onShortfall('no_sound', file);
    }
  }

  private async gather({ dtmf, speech, numDigits, finishOnKey, timeoutMs }: Stop<'gather'>): Promise<LineHappening> {
    if (speech && !dtmf) {
      // Plain Asterisk understands no words; whoever is asked for some can still press keys.
      this.means.onShortfall('no_speech', '');
    }
    let digits = this.ahead;
    this.ahead = '';
    const isDone = (): boolean =>
      (numDigits !== null && digits.length >= numDigits) || (finishOnKey !== null && digits.includes(finishOnKey));
    while (!isDone()) {
      const key = await this.key(timeoutMs);
      if (key === 'nudged') {
        return { kind: 'held' };
      }
      if (key === null) {
        break;
      }
      digits += key;
    }
    const end = finishOnKey === null ? -1 : digits.indexOf(finishOnKey);
    const heard = end < 0 ? digits : digits.slice(0, end);
    return { kind: 'heard', digits: heard.slice(0, numDigits ?? heard.length), speech: '' };
  }

  private async key(timeoutMs: number): Promise<string | null> {
    for (let leftMs = timeoutMs; leftMs > 0; leftMs -= lookMs) {
      const { result } = await this.ask(['WAIT', 'FOR', 'DIGIT', String(Math.min(lookMs, leftMs))], lookMs + replyMs);
      if (result > 0) {
        return String.fromCodePoint(result);
      }
      if (this.means.wasNudged()) {
        return 'nudged';
      }
    }
    return null;
  }

  /** Silence, or music, for so long; keys that are pressed meanwhile are kept where they count. */
  private async rest(ms: number, keeps: boolean): Promise<void> {
    for (let leftMs = ms; leftMs > 0 && !(keeps && this.ahead !== ''); leftMs -= lookMs) {
      const { result } = await this.ask(['WAIT', 'FOR', 'DIGIT', String(Math.min(lookMs, leftMs))], lookMs + replyMs);
      this.ahead += keeps && result > 0 ? String.fromCodePoint(result) : '';
    }
  }

  private async hold({ maxMs }: Stop<'hold'>): Promise<LineHappening> {
    await this.music(true);
    for (let leftMs = Math.min(maxMs, stretchMs); leftMs > 0 && !this.means.wasNudged(); leftMs -= lookMs) {
      await this.ask(['WAIT', 'FOR', 'DIGIT', String(Math.min(lookMs, leftMs))], lookMs + replyMs);
    }
    return { kind: 'held' };
  }

  private async music(on: boolean): Promise<void> {
    if (on !== this.hasMusic) {
      this.hasMusic = on;
      await this.ask(on ? ['SET', 'MUSIC', 'ON', this.means.settings.musicClass] : ['SET', 'MUSIC', 'OFF'], replyMs);
    }
  }

  private async dial({ leg, to, timeoutSecs, callerId, record }: Stop<'dial'>): Promise<LineHappening> {
    const { settings } = this.means;
    const target = dialString(to, settings);
    if (target === null) {
      this.means.onShortfall('bad_address', to.kind);
      return { kind: 'dialled', leg, result: 'failed', seconds: null };
    }
    await this.ask(['SET', 'VARIABLE', '__PEYK_LEG', leg], replyMs);
    if (callerId !== null) {
      await this.ask(['SET', 'CALLERID', callerId], replyMs);
    }
    if (record) {
      await this.run('MixMonitor', `${settings.recordings.path}/${recordingOf(leg)}.wav,b`);
    }
    const { answeredContext } = settings.dial;
    // g: the caller stays with us when the agent hangs up first. U: runs on the agent's phone as soon as they answer.
    const options = `gm(${settings.musicClass})${answeredContext === '' ? '' : `U(${answeredContext})`}`;
    await this.run('Dial', `${target},${String(timeoutSecs)},${options}`, timeoutSecs * 1000 + longestTalkMs);
    return await this.dialled(leg, record);
  }

  private async dialled(leg: string, record: boolean): Promise<LineHappening> {
    const result = dialResults[(await this.variable('DIALSTATUS')) ?? ''] ?? 'failed';
    const seconds = Number(await this.variable('ANSWEREDTIME'));
    if (record && !this.connection.left) {
      await this.run('StopMixMonitor', '');
    }
    return {
      kind: 'dialled',
      leg,
      result,
      seconds: result === 'answered' && Number.isFinite(seconds) ? seconds : null,
    };
  }

  private async record({ maxMs, finishOnKey }: Stop<'record'>): Promise<LineHappening> {
    const id = recordingOf(randomUUID());
    const file = `${this.means.settings.recordings.path}/${id}`;
    // Whoever hung up after speaking has left a message all the same.
    const { endpos } = await this.connection.command(
      ['RECORD', 'FILE', file, 'wav', finishOnKey ?? '', String(maxMs), 'BEEP', `s=${String(silenceSecs)}`],
      maxMs + replyMs,
    );
    const seconds = Math.round((endpos ?? 0) / samplesPerSecond);
    return seconds === 0
      ? { kind: 'recorded', reference: null, id: null, seconds }
      : { kind: 'recorded', reference: `${recordingScheme}${id}.wav`, id, seconds };
  }

  /** What a caller hears or presses ends with -1 when they leave, and also when the exchange could not do it: then it goes on. */
  private async ask(words: string[], timeoutMs: number, how: { dead?: boolean } = {}): Promise<AgiReply> {
    const reply = await this.connection.command(words, timeoutMs, how);
    if (reply.result === -1 && (words[0] === 'STREAM' || words[0] === 'WAIT')) {
      const { result } = await this.connection.command(['CHANNEL', 'STATUS'], replyMs);
      if (result !== channelUp) {
        throw new AgiGone('hung_up');
      }
    }
    return reply;
  }
}

/** How references to recordings of an exchange begin; the file's name follows. */
export const recordingScheme = 'asterisk:';

/** The name of a recording: of a talk by its leg, so that whoever hears of the leg can name it too. */
export function recordingOf(id: string): string {
  return `peyk-${id.replace(/[^\w-]/gu, '')}`;
}

const dialResults: Record<string, DialResult> = {
  ANSWER: 'answered',
  BUSY: 'busy',
  NOANSWER: 'no_answer',
  CANCEL: 'cancelled',
  CONGESTION: 'failed',
  CHANUNAVAIL: 'failed',
};
