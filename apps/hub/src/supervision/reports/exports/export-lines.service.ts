import { Injectable } from '@nestjs/common';
import type { ExportFormat, ExportKind } from '#contract';
import { GuardedAccess, isWithheld, type ReadablePerson } from '../../../auth/access.js';
import type { Actor } from '../../../auth/actor.js';
import { Database } from '../../../database/database.js';
import { ChannelDirectory } from '../../../settings/channel-directory.service.js';
import { csvLine, csvTable, type Cell } from '../../../platform/tables/csv.js';
import { exportHeads } from './export-heads.js';
import {
  exportedCustomers,
  exportedTickets,
  messagesBehind,
  messagesPerPage,
  type ExportedCustomer,
  type ExportedMessage,
  type ExportedTicket,
  type ExportSpan,
} from './export-rows.query.js';

/** How lines are written, and whose right to read decides what stands in them. */
export interface LineWish {
  kind: ExportKind;
  format: ExportFormat;
  locale: 'en' | 'fa';
  actor: Actor;
}

/** One row of a file: what a program reads, by name. A table has the same in the same order. */
type Row = Record<string, Cell | Cell[] | object>;

/** Writes what an export is made of. Nothing comes here that its maker could not open: it is read by the guarded access, page by page. */
@Injectable()
export class ExportLines {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
  ) {}

  headOf({ kind, format, locale }: LineWish): string {
    return format === 'csv' ? csvTable([exportHeads[kind].map((word) => word[locale])]) : '';
  }

  /** The lines of some people or tickets. However much one of them said, a page of it is in memory. */
  async *linesOf(wish: LineWish, span: ExportSpan, ids: readonly string[]): AsyncGenerator<string> {
    for await (const row of this.rowsOf(wish, span, ids)) {
      yield wish.format === 'csv' ? csvLine(Object.values(row).map(cellOf)) : `${JSON.stringify(row)}\n`;
    }
  }

  private rowsOf(wish: LineWish, span: ExportSpan, ids: readonly string[]): AsyncGenerator<Row> {
    switch (wish.kind) {
      case 'conversations':
        return this.messages(wish.actor, span, ids);
      case 'tickets':
        return this.tickets(wish.actor, ids);
      case 'customers':
        return this.customers(wish.actor, span, ids);
    }
  }

  private async *messages(actor: Actor, span: ExportSpan, ids: readonly string[]): AsyncGenerator<Row> {
    for (const { person } of await this.access.listPersons(actor, [...ids])) {
      const parts = person.parts.map(({ id }) => id);
      for (let last: ExportedMessage | undefined; ;) {
        const page = await messagesBehind(this.database, span, parts, last);
        for (const message of page.filter((one) => !isWithheld(one, person))) {
          yield this.messageRow(message, person);
        }
        last = page.at(-1);
        if (page.length < messagesPerPage) {
          break;
        }
      }
    }
  }

  private messageRow(message: ExportedMessage, person: ReadablePerson): Row {
    const { channel_id: channel, number, prefix, files } = message;
    return {
      conversation: person.conversationId,
      customer: person.name,
      at: message.at.toISOString(),
      direction: message.direction,
      author: message.author,
      authorName: message.author_name ?? '',
      channel: channel === null ? '' : (this.channels.nameOf(channel)?.name ?? ''),
      ticket: number === null ? '' : `${prefix ?? ''}${String(number)}`,
      kind: message.kind,
      text: message.body,
      files: (files ?? []).filter(({ state }) => state === 'stored').map(({ name }) => name),
      redactedAt: message.redacted_at?.toISOString() ?? null,
      message: message.id,
    };
  }

  private async *tickets(actor: Actor, ids: readonly string[]): AsyncGenerator<Row> {
    const rows = await this.database.query<ExportedTicket & Record<string, unknown>>(exportedTickets, [ids]);
    const people = await this.peopleOf(actor, rows);
    for (const row of rows) {
      const person = people.get(row.conversation);
      if (person) {
        yield {
          ticket: `${row.prefix}${String(row.number)}`,
          customer: person.name,
          conversation: person.conversationId,
          subject: row.subject,
          state: row.state,
          priority: row.priority,
          queue: row.queue,
          owner: row.owner ?? '',
          tags: row.tags,
          openedAt: row.opened_at.toISOString(),
          firstReplyAt: row.first_reply_at?.toISOString() ?? null,
          solvedAt: row.solved_at?.toISOString() ?? null,
        };
      }
    }
  }

  private async *customers(actor: Actor, { scope }: ExportSpan, ids: readonly string[]): AsyncGenerator<Row> {
    const rows = await this.database.query<ExportedCustomer & Record<string, unknown>>(exportedCustomers, [ids, scope]);
    const people = await this.peopleOf(actor, rows);
    for (const row of rows) {
      const person = people.get(row.conversation);
      if (person) {
        yield {
          conversation: person.conversationId,
          customer: person.name,
          tier: row.tier,
          locale: row.locale ?? '',
          addresses: row.addresses.map(({ kind, address }) => `${kind}: ${address}`),
          tickets: row.tickets,
        };
      }
    }
  }

  private async peopleOf(
    actor: Actor,
    rows: readonly { conversation: string }[],
  ): Promise<Map<string, ReadablePerson>> {
    const found = await this.access.listPersons(actor, [...new Set(rows.map(({ conversation }) => conversation))]);
    return new Map(found.map(({ wanted, person }) => [wanted, person]));
  }
}

function cellOf(value: Row[string]): Cell {
  if (Array.isArray(value)) {
    return value.join('\n');
  }
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
