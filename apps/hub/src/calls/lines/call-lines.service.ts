import { Injectable } from '@nestjs/common';
import type { LineHappening, LineReply } from '#channels';
import { Database } from '../../database/database.js';
import { AfterCall } from './after-call.service.js';
import { LineArrivals } from './line-arrivals.service.js';
import { LineReplies } from './line-replies.service.js';
import { readReply } from './line-reads.query.js';
import { findCall, type PhoneCallRow } from './phone-call.query.js';

/** A caller's line: the channel and the provider's id of the call. */
export interface Line {
  channelId: string;
  callId: string;
}

/** The calls that Peyk itself answers. */
@Injectable()
export class CallLines {
  constructor(
    private readonly database: Database,
    private readonly arrivals: LineArrivals,
    private readonly replies: LineReplies,
    private readonly afterCall: AfterCall,
  ) {}

  /**
   * What a line plays next. `turn`: the turn of the reply that this answers; 0 for `arrived`. A repeat of a turn that was answered gets the
   * stored reply, byte for byte; crash anywhere: the provider's retry goes on. Notices (`hung_up`, `dialled` answered with seconds null,
   * which says that the two talk now, and what comes after the end) may name any turn and take none. A line that nobody knows is hung up. Throws what `isAway` knows
   * when the database is away: the driver then plays its static path.
   */
  async next(line: Line, turn: number, happening: LineHappening): Promise<LineReply> {
    const call =
      happening.kind === 'arrived' ? await this.arrive(line, happening) : await findCall(this.database, line);
    if (call === null) {
      return { turn: turn + 1, steps: [{ hangup: true }] };
    }
    return isNotice(call, happening) ? this.notice(call, turn, happening) : this.answer(call, turn, happening);
  }

  /** A call that was met already is not met again. */
  private async arrive(
    line: Line,
    happening: Extract<LineHappening, { kind: 'arrived' }>,
  ): Promise<PhoneCallRow | null> {
    return (await findCall(this.database, line)) ?? this.arrivals.arrive(line, happening);
  }

  private async answer(call: PhoneCallRow, turn: number, happening: LineHappening): Promise<LineReply> {
    const known = await readReply(this.database, call.id, turn);
    if (known !== null) {
      return known;
    }
    if (turn === call.turn && call.phase === 'survey' && happening.kind === 'heard') {
      await this.afterCall.hear(call, happening.digits);
    } else if (turn === call.turn && (call.phase === 'script' || call.phase === 'recording')) {
      await this.arrivals.hear(call, turn, happening);
    }
    return this.replies.reply(call, turn, happening);
  }

  private async notice(call: PhoneCallRow, turn: number, happening: LineHappening): Promise<LineReply> {
    if (happening.kind === 'hung_up') {
      await this.arrivals.hear(call, turn, happening);
    }
    return this.replies.notice(call, happening);
  }
}

/** What a line tells without asking, or when it cannot ask any more. */
function isNotice({ phase }: PhoneCallRow, happening: LineHappening): boolean {
  const isBegun = happening.kind === 'dialled' && happening.result === 'answered' && happening.seconds === null;
  const isLate = phase === 'over' && (happening.kind === 'recorded' || happening.kind === 'dialled');
  return happening.kind === 'hung_up' || isBegun || isLate;
}
