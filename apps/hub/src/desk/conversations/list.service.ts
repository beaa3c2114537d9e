import { Injectable } from '@nestjs/common';
import type { ListRow, Page, TicketState } from '#contract';
import { oversees, type Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { fromCursor, toCursor, type Place } from '../cursor.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { fixedViews, isFixedView, type FixedView } from '../views/fixed-views.js';
import { SavedViews } from '../views/saved-views.service.js';
import { ViewLists } from '../views/view-lists.service.js';
import { ListLines, type LineRow } from './list-lines.service.js';
import { listedQueues, listPage, ownPage, type OwnList } from './list.query.js';

export type ListView = 'mine' | 'unassigned' | 'open' | 'solved' | 'all' | OwnList | FixedView;

/** Which list, and where in it. `saved`: a saved view, whatever `view` says. `tickets`: of these, those that are in it, all at once. */
export interface ListWish {
  view: ListView;
  saved?: string | undefined;
  queue?: string | undefined;
  tickets?: string[] | undefined;
  before?: string | null | undefined;
  limit: number;
}

type WalkedList = Exclude<ListView, OwnList | FixedView>;

const active: TicketState[] = ['new', 'open', 'pending', 'on_hold'];
const states: Record<WalkedList, TicketState[]> = {
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
    private readonly lines: ListLines,
    private readonly access: TicketAccess,
    private readonly views: SavedViews,
    private readonly viewLists: ViewLists,
  ) {}

  async page(actor: Actor, wish: ListWish): Promise<Page<ListRow>> {
    if (wish.saved !== undefined) {
      return this.viewLists.page(actor, await this.views.get(actor, wish.saved), wish);
    }
    return isFixedView(wish.view)
      ? this.viewLists.page(actor, fixedViews[wish.view], wish)
      : this.listPage(actor, { ...wish, view: wish.view, place: fromCursor(wish.before ?? undefined) });
  }

  private async listPage(
    actor: Actor,
    wish: Pick<ListWish, 'queue' | 'limit'> & { view: WalkedList | OwnList; place: Place },
  ): Promise<Page<ListRow>> {
    const seesAll = oversees(actor);
    const queues = await this.database.query<{ id: string; served: boolean }>(listedQueues, [actor.id, seesAll]);
    const wanted = queues.filter(({ id }) => wish.queue === undefined || id === wish.queue).map(({ id }) => id);
    if (wish.queue !== undefined && wanted.length === 0) {
      throw notFound('This queue');
    }
    const { view, place, limit } = wish;
    const rows = isOwn(view)
      ? await this.database.query<LineRow>(ownPage(view, limit), [
          actor.id,
          view === 'snoozed' || wish.queue !== undefined ? wanted : [],
          place.at,
          place.id,
        ])
      : await this.queuePage(actor, { view, limit, wanted, place });
    const serves = seesAll ? 'all' : queues.filter(({ served }) => served).map(({ id }) => id);
    const last = rows.at(-1);
    const shown = isOwn(view) ? await this.readable(actor, rows) : rows;
    return {
      rows: shown.map((row) => this.lines.present(row, serves)),
      next: last && rows.length === limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  private queuePage(
    actor: Actor,
    wish: { view: WalkedList; limit: number; wanted: string[]; place: Place },
  ): Promise<LineRow[]> {
    const { view, limit, wanted, place } = wish;
    const owner = view === 'mine' ? actor.id : null;
    return this.database.query<LineRow>(listPage(limit), [
      actor.id,
      owner === null ? wanted : [],
      owner,
      states[view],
      view === 'unassigned',
      place.at,
      place.id,
      view !== 'all',
    ]);
  }

  /** Somebody may follow, or have been named in, what they may not read any more. */
  private async readable(actor: Actor, rows: LineRow[]): Promise<LineRow[]> {
    const ids = new Set(
      await this.access.keepReadable(
        this.database,
        actor,
        rows.map(({ id }) => id),
      ),
    );
    return rows.filter(({ id }) => ids.has(id));
  }
}

function isOwn(view: ListView): view is OwnList {
  return view === 'snoozed' || view === 'following' || view === 'mentions' || view === 'drafts';
}
