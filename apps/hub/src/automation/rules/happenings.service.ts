import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { eventOfFact, serviceTime, type Happening, type RuleEventKind, type ServiceTime } from '#tickets';
import { Remembered } from '../../live/remembered.js';
import { SlaCatalogues } from '../sla/sla-catalogue.service.js';
import { happeningRows, knownSince, queueCalendars, type HappeningRow } from './happenings.query.js';

/** How long a calendar that was changed may still be read as it was. */
const freshMs = 10_000;
const all = '';

/** Tells whether queues were open. */
type OpenAt = (queueId: string, at: number) => boolean;

/**
 * Reads facts as rules see them. Rules that run and dry runs over the past read them here and nowhere else, so both decide by the same.
 * What a calendar says is what it says now, also about the past.
 */
@Injectable()
export class Happenings {
  private readonly hours = new Remembered<OpenAt>(freshMs);
  private since: bigint | null = null;

  constructor(private readonly catalogues: SlaCatalogues) {}

  /** Those of the facts at these positions that are events for rules, in the order of the log. */
  async load(sql: Sql, positions: readonly string[]): Promise<Happening[]> {
    if (positions.length === 0) {
      return [];
    }
    const rows = await sql.query<HappeningRow & Record<string, unknown>>(happeningRows, [positions]);
    const isOpen = await this.hours.get(all, () => this.readHours(sql));
    const since = await this.knownSince(sql);
    return rows.flatMap((row) => {
      const kind = eventOfFact(row.type, row.payload);
      return kind === null || isOver(row) ? [] : [happeningOf(row, kind, { isOpen, since })];
    });
  }

  private async knownSince(sql: Sql): Promise<bigint> {
    if (this.since === null) {
      const [row] = await sql.query<{ position: string | null }>(knownSince);
      this.since = BigInt(row?.position ?? 0);
    }
    return this.since;
  }

  private async readHours(sql: Sql): Promise<OpenAt> {
    const queues = await sql.query<{ id: string; calendarId: string }>(queueCalendars);
    const times = new Map<string, ServiceTime>();
    for (const calendarId of new Set(queues.map((queue) => queue.calendarId))) {
      const hours = await this.catalogues.hoursOf(sql, calendarId);
      if (hours) {
        times.set(calendarId, serviceTime(hours));
      }
    }
    const calendars = new Map(queues.map(({ id, calendarId }) => [id, times.get(calendarId)]));
    return (queueId, at) => calendars.get(queueId)?.isOpen(at) ?? true;
  }
}

/** What becomes of a person is nothing to tickets that were done by then. */
function isOver({ type, ticket }: HappeningRow): boolean {
  return type.startsWith('customer.') && (ticket.state === 'solved' || ticket.state === 'closed');
}

function happeningOf(
  row: HappeningRow,
  kind: RuleEventKind,
  { isOpen, since }: { isOpen: OpenAt; since: bigint },
): Happening {
  const { ticket, customer } = row;
  return {
    position: row.position,
    kind,
    at: row.at,
    conversationId: row.conversationId,
    actorId: row.actorId,
    cause: row.cause,
    depth: row.depth,
    payload: row.payload,
    message: messageOf(row),
    ticket: {
      id: row.ticketId,
      number: row.number,
      prefix: row.prefix,
      state: ticket.state as Happening['ticket']['state'],
      priority: ticket.priority as Happening['ticket']['priority'],
      queueId: ticket.queue_id,
      ownerId: ticket.owner_id,
      tags: ticket.tags,
      fields: ticket.fields,
      subject: ticket.subject,
    },
    customer: { id: row.customerId, tier: customer.tier, locale: customer.locale, fields: customer.fields },
    isOpen: isOpen(ticket.queue_id, row.at),
    isApproximate: BigInt(row.position) < since,
  };
}

function messageOf({ text, subject, author, channelId, channelKind, hasFiles }: HappeningRow): Happening['message'] {
  return text === null || author === null
    ? null
    : { text, subject: subject ?? '', author, channelId, channelKind, hasFiles };
}
