import { Injectable, Logger } from '@nestjs/common';
import type { LineHappening, LineReply } from '#channels';
import { Database, isAway } from '../../database/database.js';
import { SealBroken, SecretBox, type SealedPlace } from '../../platform/secret-box.js';
import { CallLines, type Line } from '../lines/call-lines.service.js';

/** Providers give up a request after ten to fifteen seconds; whoever has no answer by then gets a filler, and asks again. */
const patienceMs = 6000;
/** After so long it is asked whether the database answers at all, which takes two seconds where it does not: all that while a caller hears nothing. */
const doubtMs = 1000;
const againMs = 500;

/** What became of a question of a line: its reply; `late`: it is still at work; `away`: it could not be asked. */
export type LineAnswer = { kind: 'reply'; reply: LineReply } | { kind: 'late' } | { kind: 'away' };

/**
 * Asks the calls for the next reply of a line, in time. One question of a line at a time: a repeat waits for the same answer, and one
 * that comes later gets it from storage. While the database is known not to answer, nobody waits for it.
 */
@Injectable()
export class LineAnswers {
  private readonly logger = new Logger(LineAnswers.name);
  private readonly atWork = new Map<string, Promise<LineAnswer>>();
  /** There while the database is away; resolves when it answers again. */
  private absence: Promise<void> | null = null;
  private looking: Promise<boolean> | null = null;

  constructor(
    private readonly lines: CallLines,
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {}

  /** Never rejects, and never takes longer than the provider waits. */
  async ask(line: Line, turn: number, happening: LineHappening): Promise<LineAnswer> {
    if (this.absence !== null) {
      return { kind: 'away' };
    }
    const timer = new AbortController();
    const answers = [this.work(line, turn, happening), this.late(timer.signal), this.away(timer.signal)];
    const answer = await Promise.race(answers);
    timer.abort();
    return answer;
  }

  private work(line: Line, turn: number, happening: LineHappening): Promise<LineAnswer> {
    const key = `${line.channelId} ${line.callId} ${String(turn)}`;
    const underway = this.atWork.get(key);
    if (underway) {
      return underway;
    }
    const work = this.next(line, turn, happening).finally(() => this.atWork.delete(key));
    this.atWork.set(key, work);
    return work;
  }

  /** Resolves when the call is met, if it is just being met: before that nobody knows it, and its end would be forgotten. */
  async met({ channelId, callId }: Line): Promise<void> {
    await this.atWork.get(`${channelId} ${callId} 0`);
  }

  private async next(line: Line, turn: number, happening: LineHappening): Promise<LineAnswer> {
    try {
      return { kind: 'reply', reply: await this.lines.next(line, turn, happening) };
    } catch (error) {
      if (!isAway(error)) {
        this.logger.error(`a line got no answer: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
      }
      return { kind: 'away' };
    }
  }

  private async late(over: AbortSignal): Promise<LineAnswer> {
    await pause(patienceMs, over);
    return { kind: 'late' };
  }

  /** Settles only where the database turns out to be away. */
  private async away(over: AbortSignal): Promise<LineAnswer> {
    await pause(doubtMs, over);
    if (over.aborted || (await this.isThere())) {
      return new Promise(() => undefined);
    }
    this.absence ??= this.untilBack().finally(() => (this.absence = null));
    return { kind: 'away' };
  }

  private async untilBack(): Promise<void> {
    while (!(await this.isThere())) {
      await pause(againMs);
    }
  }

  /** One look for all lines that wait. */
  private isThere(): Promise<boolean> {
    this.looking ??= this.database.healthy().finally(() => (this.looking = null));
    return this.looking;
  }

  /** What happened, for an address that brings it back: nobody but this hub reads it, and it fits this line and turn only. */
  seal(line: Line, turn: number, happening: LineHappening): string {
    return this.box.seal(JSON.stringify(happening), placeOf(line, turn)).toString('base64url');
  }

  /** Null where there is none, or it is not ours. */
  unseal(line: Line, turn: number, sealed: string | undefined): LineHappening | null {
    if (sealed === undefined) {
      return null;
    }
    try {
      return JSON.parse(this.box.open(Buffer.from(sealed, 'base64url'), placeOf(line, turn))) as LineHappening;
    } catch (error) {
      if (error instanceof SealBroken) {
        return null;
      }
      throw error;
    }
  }
}

/** Ends early when `over` says so. */
function pause(ms: number, over?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms).unref();
    over?.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}

function placeOf({ channelId, callId }: Line, turn: number): SealedPlace {
  return { table: 'line', row: `${channelId} ${callId}`, column: String(turn) };
}
