import { Injectable } from '@nestjs/common';
import type { LineHappening, LineStep, Statement } from '#channels';
import { BotTickets } from '../../bots/effects/bot-tickets.service.js';
import type { LockedTalk } from '../../bots/sessions/lock-talk.js';
import type { Transaction } from '../../database/database.js';
import { LineTransfers } from '../transfers/line-transfers.service.js';
import { CallWork } from '../work/call-work.service.js';
import type { PhoneCallRow } from './phone-call.query.js';

const ticketAtWork: Statement = {
  name: 'line-ticket-at-work',
  text: `
select t.id, t.queue_id as "queueId",
       exists (select 1 from work_item w where w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')) as "isAtWork"
from ticket t where t.id = $1 and t.state not in ('solved', 'closed') for update`,
};

/** Gives callers to people: their ticket and its work are there before anybody is rung for them. The person is locked. */
@Injectable()
export class LinePeople {
  constructor(
    private readonly tickets: BotTickets,
    private readonly work: CallWork,
    private readonly transfers: LineTransfers,
  ) {}

  /**
   * People are to have the caller from now on. `known`: the ticket that the bot handed over, or that the call joined. Work that waited like
   * a letter becomes a voice's once the line is asked for.
   * @returns the ticket; null where the channel has no queue, so that nobody would come.
   */
  async receive(tx: Transaction, talk: LockedTalk, call: PhoneCallRow, known: string | null): Promise<string | null> {
    return (await this.atWork(tx, call, known)) ?? this.openOrJoin(tx, talk, call);
  }

  /** A message that the caller left is work, whoever was to have had the call. @returns the ticket, null where there is no queue. */
  async takeMessage(tx: Transaction, talk: LockedTalk, call: PhoneCallRow): Promise<string | null> {
    const [held] = await tx.query<{ id: string; isAtWork: boolean }>(ticketAtWork, [call.ticketId]);
    return held?.isAtWork === true ? held.id : this.openOrJoin(tx, talk, call, false);
  }

  /** What the line plays while people have it. */
  async next(tx: Transaction, call: PhoneCallRow, happening: LineHappening): Promise<LineStep[]> {
    const outside = call.phase === 'handing' ? await this.transfers.carryOut(tx, call) : [];
    if (outside.length > 0) {
      return outside;
    }
    return happening.kind === 'heard' && call.phase === 'waiting'
      ? this.work.heard(tx, call, happening.digits)
      : this.work.next(tx, call);
  }

  /** What is told late of a talk that was handed over changes nothing. */
  async dialled(
    tx: Transaction,
    call: PhoneCallRow,
    { leg, result, seconds }: Extract<LineHappening, { kind: 'dialled' }>,
  ): Promise<void> {
    if (!(await this.transfers.isPast(tx, call, leg))) {
      await this.work.dialled(tx, call, { leg, result, seconds });
    }
  }

  async left(tx: Transaction, call: PhoneCallRow): Promise<void> {
    if (call.phase === 'handing') {
      await this.transfers.drop(tx, call);
    }
    await this.work.left(tx, call);
  }

  private async atWork(tx: Transaction, call: PhoneCallRow, known: string | null): Promise<string | null> {
    const [held] = await tx.query<{ id: string; queueId: string; isAtWork: boolean }>(ticketAtWork, [known]);
    if (held && !held.isAtWork) {
      await this.tickets.queue(tx, held, { ...placeOf(call), isOnLine: true });
    }
    return held?.id ?? null;
  }

  private async openOrJoin(
    tx: Transaction,
    talk: LockedTalk,
    call: PhoneCallRow,
    isOnLine = true,
  ): Promise<string | null> {
    const live = await this.tickets.liveTicket(
      tx,
      talk.parts.map(({ id }) => id),
    );
    if (live) {
      await this.tickets.join(tx, live, { ...placeOf(call), seq: call.seq });
      return live.id;
    }
    return this.tickets.openOrdinary(tx, { ...placeOf(call), isOnLine }, null);
  }
}

function placeOf({ conversationId, channelId, seq }: PhoneCallRow): {
  conversationId: string;
  channelId: string;
  firstSeq: number;
} {
  return { conversationId, channelId, firstSeq: seq };
}
