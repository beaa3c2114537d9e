import { Injectable } from '@nestjs/common';
import type { ListRow, MessageView } from '#contract';
import { isWithheld } from '../../auth/access.js';
import { Database } from '../../database/database.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { presentTicket, type TicketRow } from '../ticket.presenter.js';
import { listLines } from './list.query.js';

/** A line of a list as the statements of `list.query` give it. */
export interface LineRow extends TicketRow {
  cursor_at: string;
  customer_id: string;
  customer_name: string;
  person: string;
  said: Said | null;
  unread: number;
}

interface Said {
  body: string;
  kind: MessageView['kind'];
  direction: MessageView['direction'];
  channelId: string | null;
  at: string;
  restricted: boolean;
  queue_id: string | null;
}

/** Lines of lists as their readers may see them. */
@Injectable()
export class ListLines {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  /** The lines of tickets that the reader may list, in their order. `serves`: queues whose restricted messages they see. */
  async read(readerId: string, ticketIds: readonly string[], serves: 'all' | string[]): Promise<ListRow[]> {
    if (ticketIds.length === 0) {
      return [];
    }
    const rows = await this.database.query<LineRow>(listLines, [readerId, ticketIds]);
    return rows.map((row) => this.present(row, serves));
  }

  present(row: LineRow, serves: 'all' | string[]): ListRow {
    const { said } = row;
    return {
      ticket: presentTicket(row),
      conversation: row.person,
      customer: { id: row.customer_id, name: row.customer_name },
      unread: row.unread,
      last: said && {
        body: isWithheld(said, { serves }) ? '' : said.body,
        kind: said.kind,
        direction: said.direction,
        channelKind: said.channelId === null ? null : (this.channels.nameOf(said.channelId)?.kind ?? null),
        at: new Date(said.at).toISOString(),
      },
    };
  }
}
