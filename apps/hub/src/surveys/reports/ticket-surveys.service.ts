import { Injectable } from '@nestjs/common';
import type { TicketSurveyView } from '#contract';
import { isLowScore } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { TicketAccess } from '../../desk/tickets/ticket-access.service.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { Surveys, type NotNow } from '../surveys.service.js';
import { listOfTicket, type TicketSurveyRow } from './survey-reports.query.js';

const words: Record<NotNow, string> = {
  asked_this_cycle: 'The customer was asked about this already.',
  cool_down: 'The customer was asked something not long ago.',
  no_way: 'There is no channel on which the customer can be asked.',
  off: 'This survey is switched off.',
  opted_out: 'The customer asked for no more messages.',
};

/** What was asked about one ticket, and asking by hand. */
@Injectable()
export class TicketSurveys {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly surveys: Surveys,
  ) {}

  /** Throws notFound for a ticket that the actor may not work on. */
  async list(actor: Actor, ticketId: string): Promise<TicketSurveyView[]> {
    await this.access.check(this.database, actor, ticketId);
    const rows = await this.database.query<TicketSurveyRow & Record<string, unknown>>(listOfTicket, [ticketId]);
    return rows.map(present);
  }

  async ask(actor: Actor, ticketId: string, surveyId: string): Promise<TicketSurveyView[]> {
    await this.access.check(this.database, actor, ticketId);
    const asked = await this.database.transaction((tx) => this.surveys.ask(tx, { ticketId, surveyId, by: actor.id }));
    switch (asked.outcome) {
      case 'asked':
        return this.list(actor, ticketId);
      case 'absent':
        throw notFound('This survey');
      case 'not_now':
        throw conflict(asked.why, words[asked.why]);
    }
  }
}

function present(row: TicketSurveyRow): TicketSurveyView {
  const { lowScore, ticketId, ticketNumber, ticketPrefix, ...rest } = row;
  return {
    ...rest,
    isLow: row.score !== null && isLowScore(row.score, lowScore),
    dueAt: row.dueAt?.toISOString() ?? null,
    askedAt: row.askedAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    ticket: { id: ticketId, number: ticketNumber, prefix: ticketPrefix },
  };
}
