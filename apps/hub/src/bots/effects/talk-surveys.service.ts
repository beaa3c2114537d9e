import { Injectable } from '@nestjs/common';
import { changeTicket, holdTicket, type TicketState } from '#tickets';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import type { Transaction } from '../../database/database.js';
import { Surveys } from '../../surveys/surveys.service.js';
import type { SessionRow } from '../sessions/bot-session.query.js';
import { adoptMessages } from './bot-tickets.query.js';
import { BotTickets } from './bot-tickets.service.js';

type Talk = Pick<SessionRow, 'id' | 'conversationId' | 'channelId' | 'channel' | 'firstSeq' | 'ticketId'>;

/** A script wants to know at its end how it was. Parameter: session. */
const wantsToKnow = `
select 1 from bot_effect where session_id = $1 and kind = 'end' and payload -> 'csat' = 'true' limit 1`;

/** Somebody of ours tries a line out: what they think of it is no answer. Parameters: conversation, seq of the call's message. */
const isTrial = `select 1 from message where conversation_id = $1 and seq = $2 and content -> 'flags' ? 'simulated'`;

/**
 * Sees that customers are asked how a talk was that their script has ended, where the script says so. An answer stands with a ticket: a talk
 * that has none gets one, which is closed from its beginning, is nobody's work, and takes no further message.
 */
@Injectable()
export class TalkSurveys {
  constructor(
    private readonly tickets: BotTickets,
    private readonly surveys: Surveys,
    private readonly telling: TicketTelling,
  ) {}

  /** In writing, with the script's last words. The person is locked. A matter that still waits for people is asked about once it is solved. */
  async ask(tx: Transaction, talk: Talk): Promise<void> {
    if (talk.channel === 'voice' || !(await this.isToAsk(tx, talk))) {
      return;
    }
    // Whoever is not asked after all has no ticket of it either.
    await tx.query('savepoint talk_survey');
    const ticketId = await this.ticketOf(tx, talk);
    const isAsked = ticketId !== null && (await this.surveys.askAboutTalk(tx, ticketId));
    if (!isAsked) {
      await tx.query('rollback to savepoint talk_survey');
    }
  }

  /** The ticket about which a caller is asked by keypad before their line hangs up; null where nothing is to be asked. The person is locked. */
  async ticketForCall(tx: Transaction, talk: Talk): Promise<string | null> {
    const { conversationId, firstSeq } = talk;
    const isWanted =
      (await tx.query(isTrial, [conversationId, firstSeq])).length === 0 && (await this.isToAsk(tx, talk));
    return isWanted ? this.ticketOf(tx, talk) : null;
  }

  private async isToAsk(tx: Transaction, { id, conversationId, channel }: Talk): Promise<boolean> {
    const wants = await tx.query(wantsToKnow, [id]);
    return wants.length > 0 && this.surveys.mayAskAboutTalk(tx, conversationId, channel === 'voice');
  }

  /** Null: people have the matter, or the channel has no queue. */
  private async ticketOf(tx: Transaction, talk: Talk): Promise<string | null> {
    if (talk.ticketId !== null) {
      const held = await holdTicket(tx, talk.ticketId);
      return held?.state === 'solved' || held?.state === 'closed' ? held.id : null;
    }
    const opened = await this.tickets.open(tx, talk);
    if (!opened) {
      return null;
    }
    await tx.query(adoptMessages, [talk.conversationId, talk.firstSeq, opened.id, true]);
    await this.move(tx, opened.id, 'solved');
    await this.move(tx, opened.id, 'closed');
    await tx.query('update bot_session set ticket_id = $2 where id = $1', [talk.id, opened.id]);
    return opened.id;
  }

  private async move(tx: Transaction, ticketId: string, state: TicketState): Promise<void> {
    const held = await holdTicket(tx, ticketId);
    const changed = held && (await changeTicket(tx, { ticketId, version: held.version, state, by: null }));
    if (changed?.outcome === 'changed') {
      await this.telling.changed(tx, changed.ticket, { ...changed, by: null });
    }
  }
}
