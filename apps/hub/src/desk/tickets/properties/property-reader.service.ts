import { Injectable } from '@nestjs/common';
import { findDuplicates, type ComparedTicket } from '#tickets';
import type { DuplicateView, TicketPropertiesView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { Database } from '../../../database/database.js';
import { notFound } from '../../../platform/errors/api-error.js';
import { TicketAccess } from '../ticket-access.service.js';
import { cardOf, openTogether } from './read-properties.query.js';

interface CardRow {
  state: string;
  snooze: TicketPropertiesView['snooze'];
  followers: TicketPropertiesView['followers'];
  closesAt: Date | null;
}

interface TogetherRow extends ComparedTicket {
  number: number;
  prefix: string;
  hours: number;
}

const hourMs = 3_600_000;

/** What a ticket's card shows that its row does not hold. */
@Injectable()
export class PropertyReader {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
  ) {}

  async read(actor: Actor, ticketId: string): Promise<TicketPropertiesView> {
    await this.access.check(this.database, actor, ticketId);
    const [card] = await this.database.query<CardRow & Record<string, unknown>>(cardOf, [ticketId]);
    if (!card) {
      throw notFound('This ticket');
    }
    const isDone = card.state === 'solved' || card.state === 'closed';
    return {
      snooze: card.snooze && presentSnooze(card.snooze),
      followers: card.followers,
      duplicates: isDone ? [] : await this.duplicates(actor, ticketId),
      closesAt: card.closesAt?.toISOString() ?? null,
    };
  }

  private async duplicates(actor: Actor, ticketId: string): Promise<DuplicateView[]> {
    const rows = await this.database.query<TogetherRow & Record<string, unknown>>(openTogether, [ticketId]);
    const own = rows.find(({ id }) => id === ticketId);
    if (!own || rows.length === 1) {
      return [];
    }
    const found = findDuplicates<TogetherRow>(own, rows, own.hours * hourMs);
    const readable = new Set(
      await this.access.keepReadable(
        this.database,
        actor,
        found.map(({ ticket }) => ticket.id),
      ),
    );
    return found
      .filter(({ ticket }) => readable.has(ticket.id))
      .map(({ ticket: { id, number, prefix, subject, openedAt }, reason }) => ({
        ticketId: id,
        number,
        prefix,
        subject,
        openedAt: openedAt.toISOString(),
        reason,
      }));
  }
}

/** Instants of a JSON column come as PostgreSQL writes them. */
function presentSnooze(snooze: NonNullable<TicketPropertiesView['snooze']>): TicketPropertiesView['snooze'] {
  return {
    ...snooze,
    until: snooze.until === null ? null : new Date(snooze.until).toISOString(),
    at: new Date(snooze.at).toISOString(),
  };
}
