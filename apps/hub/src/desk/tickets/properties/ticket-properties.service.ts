import { Injectable } from '@nestjs/common';
import type { FieldValue, TicketView } from '#contract';
import { setFields, snoozeTicket, wakeTicket, type FieldsSet, type SnoozeMisfit, type SnoozeUntil } from '#tickets';
import type { Actor } from '../../../auth/actor.js';
import { SnoozeTelling } from '../../../automation/snooze-telling.service.js';
import { TicketTelling } from '../../../automation/ticket-telling.service.js';
import { Database, type Transaction } from '../../../database/database.js';
import { conflict, invalid, notFound } from '../../../platform/errors/api-error.js';
import { presentTicket, type TicketRow } from '../../ticket.presenter.js';
import { TicketAccess } from '../ticket-access.service.js';

const misfits: Record<SnoozeMisfit, [field: string, words: string]> = {
  not_a_time: ['until', 'Name a time, a number of work days, or a reply.'],
  past: ['until.at', 'This time has passed.'],
  too_far: ['until', 'Nobody will remember that long. Choose a time within two years.'],
  no_work_day: ['until.workDays', 'The queue of this ticket is not open on so many days.'],
};

/** What agents note on a ticket, and how they put it away until it matters again. */
@Injectable()
export class TicketProperties {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly telling: TicketTelling,
    private readonly snoozes: SnoozeTelling,
  ) {}

  async setFields(actor: Actor, ticketId: string, values: Record<string, FieldValue | null>): Promise<TicketView> {
    await this.database.transaction(async (tx) => {
      await this.access.check(tx, actor, ticketId);
      const { ticket, before, after } = taken(await setFields(tx, { ticketId, values, by: actor.id }));
      if (Object.keys(after).length > 0) {
        const changes = Object.entries(after).map(([field, to]) => ({ field, from: before[field] ?? null, to }));
        await this.telling.happened(tx, ticket, actor.id, { name: 'ticket.fields', changes });
      }
    });
    return this.view(ticketId);
  }

  async snooze(
    actor: Actor,
    ticketId: string,
    wish: Partial<Record<'at' | 'workDays' | 'reply', unknown>>,
  ): Promise<TicketView> {
    await this.database.transaction((tx) => this.snoozeIn(tx, actor, ticketId, wish));
    return this.view(ticketId);
  }

  /** As part of a larger decision: where this is refused, the whole of it is. */
  async snoozeIn(
    tx: Transaction,
    actor: Actor,
    ticketId: string,
    wish: Partial<Record<'at' | 'workDays' | 'reply', unknown>>,
  ): Promise<void> {
    const until = onlyWish(wish);
    await this.access.check(tx, actor, ticketId);
    const result = await snoozeTicket(tx, { ticketId, until, by: actor.id });
    switch (result.outcome) {
      case 'snoozed':
        return this.snoozes.snoozed(tx, result, actor.id);
      case 'unfit':
        throw invalid(...misfits[result.why], result.why);
      case 'finished':
        throw conflict('finished', 'This ticket is solved. Reopen it first.');
      case 'absent':
        throw notFound('This ticket');
    }
  }

  /** One that is awake stays so. */
  async wake(actor: Actor, ticketId: string): Promise<TicketView> {
    await this.database.transaction((tx) => this.wakeIn(tx, actor, ticketId));
    return this.view(ticketId);
  }

  async wakeIn(tx: Transaction, actor: Actor, ticketId: string): Promise<void> {
    await this.access.check(tx, actor, ticketId);
    const woken = await wakeTicket(tx, { ticketId, by: actor.id });
    if (woken) {
      await this.snoozes.woken(tx, woken, actor.id);
    }
  }

  private async view(ticketId: string): Promise<TicketView> {
    const [row] = await this.database.query<TicketRow>('select * from ticket where id = $1', [ticketId]);
    return presentTicket(row as TicketRow);
  }
}

const unfitWords = {
  not_text: 'This is not a text.',
  too_long: 'This text is too long.',
  not_one_line: 'This must be one line.',
  not_a_number: 'This is not a number.',
  not_yes_or_no: 'This is neither yes nor no.',
  not_a_choice: 'This is not one of the choices.',
  not_a_list: 'Choose from the list.',
  not_a_date: 'This is not a day.',
  retired: 'This field is not used any more. It can only be emptied.',
};

function taken(result: FieldsSet): Extract<FieldsSet, { outcome: 'set' }> {
  switch (result.outcome) {
    case 'set':
      return result;
    case 'unknown':
      throw invalid(`values.${result.field}`, 'There is no such field.', 'unknown_field');
    case 'unfit':
      throw invalid(`values.${result.field}`, unfitWords[result.why], result.why);
    case 'closed':
      throw conflict('closed', 'This ticket is closed. Nothing of it changes any more.');
    case 'absent':
      throw notFound('This ticket');
  }
}

function onlyWish(wish: Partial<Record<'at' | 'workDays' | 'reply', unknown>>): SnoozeUntil {
  const given = Object.entries(wish).filter(([, value]) => value !== undefined && value !== null);
  if (given.length !== 1) {
    throw invalid('until', 'Name a time, a number of work days, or a reply.');
  }
  return Object.fromEntries(given) as unknown as SnoozeUntil;
}
