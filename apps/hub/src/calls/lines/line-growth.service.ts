import { Injectable } from '@nestjs/common';
import type { CallDetails, CallOutcome, InboundCall } from '#channels';
import type { Transaction } from '../../database/database.js';
import { CallGrower } from '../../intake/call-grower.service.js';
import { LineArrivals } from './line-arrivals.service.js';
import { readAnswers, type SessionOfCall } from './line-reads.query.js';
import { pathOfCall } from './path-of-call.js';
import type { PhoneCallRow } from './phone-call.query.js';

/** What a call's message grows by. `key` names it once for all within the call. */
export interface LineNews {
  key: string;
  state?: InboundCall['state'];
  outcome?: CallOutcome | null;
  endedAt?: Date | null;
  details: CallDetails;
}

/** Lets the messages of lines grow: how far a caller came, what they left, how it ended. The person is locked. */
@Injectable()
export class LineGrowth {
  constructor(
    private readonly grower: CallGrower,
    private readonly arrivals: LineArrivals,
  ) {}

  /** @returns whether it is news: what is told again changes nothing. */
  async grow(tx: Transaction, call: PhoneCallRow, { key, details, ...news }: LineNews): Promise<boolean> {
    const { callId, channelId, direction, startedAt, answeredAt } = call;
    const { outcome } = await this.grower.growWithin(tx, channelId, {
      type: 'call',
      externalId: `line ${callId} ${key}`,
      raw: new Uint8Array(),
      callId,
      order: call.turn,
      party: this.arrivals.partyOf(call),
      direction,
      state: news.state ?? 'ringing',
      outcome: news.outcome ?? null,
      startedAt,
      answeredAt,
      endedAt: news.endedAt ?? null,
      durationSeconds: null,
      recordingUrl: null,
      note: '',
      details: { source: this.arrivals.sourceOf(channelId), ...details },
    });
    return outcome === 'grown';
  }

  /** The nodes that the caller went through so far; undefined where there are none. */
  async pathOf(
    tx: Transaction,
    call: PhoneCallRow,
    session: SessionOfCall | null,
  ): Promise<NonNullable<CallDetails['path']> | undefined> {
    if (session === null || session.state.path.length === 0) {
      return undefined;
    }
    return pathOfCall(session.state.path, await readAnswers(tx, session.id, call));
  }
}
