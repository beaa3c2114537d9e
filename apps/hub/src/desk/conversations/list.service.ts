import { Injectable } from '@nestjs/common';
import type { ListRow, MessageView, Page, TicketState } from '#contract';
import { isWithheld } from '../../auth/access.js';
import { hasRole, type Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { fromCursor, toCursor } from '../cursor.js';
import { presentTicket, type TicketRow } from '../ticket.presenter.js';
import { listedQueues, listPage } from './list.query.js';

export type ListView = 'mine' | 'unassigned' | 'open' | 'solved' | 'all';

interface PageRow extends TicketRow {
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

const active: TicketState[] = ['new', 'open', 'pending', 'on_hold'];
const states: Record<ListView, TicketState[]> = {
  mine: active,
  unassigned: active,
  open: active,
  solved: ['solved'],
  all: [...active, 'solved', 'closed'],
};

/** Lists of an agent: two statements, whatever the size of the database. */
@Injectable()
export class ConversationList {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  async page(
    actor: Actor,
    wish: { view: ListView; queue?: string | undefined; before?: string | undefined; limit: number },
  ): Promise<Page<ListRow>> {
    const oversees = hasRole(actor, 'supervisor');
    const queues = await this.database.query<{ id: string; served: boolean }>(listedQueues, [actor.id, oversees]);
    const wanted = queues.filter(({ id }) => wish.queue === undefined || id === wish.queue).map(({ id }) => id);
    if (wish.queue !== undefined && wanted.length === 0) {
      throw notFound('This queue');
    }
    const place = fromCursor(wish.before);
    const owner = wish.view === 'mine' ? actor.id : null;
    const rows = await this.database.query<PageRow>(listPage(wish.limit), [
      actor.id,
      owner === null ? wanted : [],
      owner,
      states[wish.view],
      wish.view === 'unassigned',
      place.at,
      place.id,
    ]);
    const serves = oversees ? 'all' : queues.filter(({ served }) => served).map(({ id }) => id);
    const last = rows.at(-1);
    return {
      rows: rows.map((row) => this.present(row, serves)),
      next: last && rows.length === wish.limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  private present(row: PageRow, serves: 'all' | string[]): ListRow {
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
