import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { v7 as uuid } from 'uuid';
import { storableText } from '#channels';
import type { SavedView } from '#contract';
import { maySort, readViewFilter, Unreadable, type ViewFilter, type ViewSort } from '#tickets';
import { hasRole, oversees, type Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/errors/api-error.js';
import type { ChangeViewDto, NewViewDto } from './saved-views.dto.js';
import { lockView, visibleViews, type ViewRow } from './saved-views.query.js';

const mostViews = { own: 100, shared: 200 };

type Sharing = SavedView['sharedWith'];

/** Named lists of tickets: whose they are, who sees them, who may change them. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  /** The reader's own, and what is shared with them; in the order in which they are shown. */
  async list(actor: Actor): Promise<SavedView[]> {
    const rows = await this.database.query<ViewRow>(visibleViews, [actor.id, oversees(actor), null]);
    return rows.flatMap((row) => present(row, actor));
  }

  /** @throws notFound alike for one that is not there and for one that is not theirs to see. */
  async get(actor: Actor, id: string): Promise<SavedView> {
    const rows = await this.database.query<ViewRow>(visibleViews, [actor.id, oversees(actor), id]);
    const [view] = rows.flatMap((row) => present(row, actor));
    if (!view) {
      throw notFound('This view');
    }
    return view;
  }

  async create(actor: Actor, wish: NewViewDto): Promise<SavedView> {
    const { id = uuid(), sort } = wish;
    const name = nameOf(wish.name);
    const filter = readDraft(wish.filter, sort);
    await this.database.transaction(async (tx) => {
      await this.refuseTooMany(tx, actor, wish.sharedWith);
      const made = await tx.query(
        `insert into saved_view (id, owner_id, name, filter, sort, shared_with, position)
         values ($1, $2, $3, $4, $5, 'me', coalesce((select max(v.position) + 1 from saved_view v where v.owner_id = $2), 0))
         on conflict (id) do nothing returning id`,
        [id, actor.id, name, JSON.stringify(filter), sort],
      );
      if (made.length > 0) {
        await this.share(tx, actor, id, wish.sharedWith);
        this.bus.emitAfterCommit(tx, 'views.changed', {});
      }
    });
    return this.get(actor, id);
  }

  async change(actor: Actor, id: string, wish: ChangeViewDto): Promise<SavedView> {
    await this.database.transaction(async (tx) => {
      const { version, filter, sort, owner_id: ownerId } = await this.lock(tx, actor, id);
      if (version !== wish.version) {
        throw conflict('stale', 'Somebody changed this view meanwhile. Look again.', 'version');
      }
      if (wish.sharedWith === 'me' && ownerId !== actor.id) {
        throw forbidden('Only its maker keeps a view to themselves.');
      }
      const next = { filter: wish.filter ?? filter, sort: wish.sort ?? sort };
      await tx.query(
        `update saved_view set name = coalesce($2, name), filter = $3, sort = $4, version = version + 1, changed_at = clock_timestamp()
         where id = $1`,
        [
          id,
          wish.name === undefined ? null : nameOf(wish.name),
          JSON.stringify(readDraft(next.filter, next.sort)),
          next.sort,
        ],
      );
      if (wish.sharedWith !== undefined) {
        await this.share(tx, actor, id, wish.sharedWith);
      }
      this.bus.emitAfterCommit(tx, 'views.changed', {});
    });
    return this.get(actor, id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { shared_with: sharedWith } = await this.lock(tx, actor, id);
      await tx.query('delete from saved_view where id = $1', [id]);
      if (sharedWith !== 'me') {
        await recordAct(tx, { actorId: actor.id, action: 'view.removed', subject: id });
      }
      this.bus.emitAfterCommit(tx, 'views.changed', {});
    });
  }

  /** Puts those that the actor may change in this order; the others stay where they are. */
  async order(actor: Actor, ids: readonly string[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update saved_view v set position = o.ord::int from unnest($1::uuid[]) with ordinality o(id, ord)
         where v.id = o.id and (v.owner_id = $2 and v.shared_with = 'me' or $3 and v.shared_with <> 'me')`,
        [ids, actor.id, hasRole(actor, 'supervisor')],
      );
      this.bus.emitAfterCommit(tx, 'views.changed', {});
    });
  }

  /** Holds a view that the actor may change. Shared ones are changed by supervisors, whoever made them. */
  private async lock(tx: Transaction, actor: Actor, id: string): Promise<ViewRow> {
    const [row] = await tx.query<ViewRow>(lockView, [id]);
    const isSeen = row && (row.shared_with !== 'me' || row.owner_id === actor.id);
    if (!isSeen) {
      throw notFound('This view');
    }
    if (row.shared_with !== 'me' && !hasRole(actor, 'supervisor')) {
      throw forbidden('Only supervisors change shared views. Make one of your own.', 'shared_kept');
    }
    return row;
  }

  private async share(tx: Transaction, actor: Actor, id: string, sharing: Sharing): Promise<void> {
    const queues = Array.isArray(sharing) ? sharing : [];
    if (sharing !== 'me' && !hasRole(actor, 'supervisor')) {
      throw forbidden('Only supervisors share views.');
    }
    if (Array.isArray(sharing) && (queues.length === 0 || queues.length > 100 || !queues.every((one) => isUUID(one)))) {
      throw invalid('sharedWith', 'Choose at least one.');
    }
    await tx.query('update saved_view set shared_with = $2 where id = $1', [
      id,
      queues.length > 0 ? 'queues' : sharing,
    ]);
    await tx.query('delete from saved_view_queue where view_id = $1', [id]);
    await tx.query(
      'insert into saved_view_queue (view_id, queue_id) select $1, q.id from queue q where q.id = any ($2::uuid[])',
      [id, queues],
    );
    if (sharing !== 'me') {
      await recordAct(tx, { actorId: actor.id, action: 'view.shared', subject: id, details: { with: sharing } });
    }
  }

  private async refuseTooMany(tx: Transaction, actor: Actor, sharing: Sharing): Promise<void> {
    const [row] = await tx.query<{ own: number; shared: number }>(
      `select (select count(*)::int from saved_view where owner_id = $1) as own,
              (select count(*)::int from saved_view where shared_with <> 'me') as shared`,
      [actor.id],
    );
    if ((row?.own ?? 0) >= mostViews.own || (sharing !== 'me' && (row?.shared ?? 0) >= mostViews.shared)) {
      throw conflict('too_many_views', 'There are as many views as can be. Remove one that nobody uses.');
    }
  }
}

/**
 * What somebody wrote, as it is kept.
 *
 * @throws ApiError where it cannot be read, or cannot be sorted so.
 */
export function readDraft(written: unknown, sort: ViewSort): ViewFilter {
  try {
    const filter = readViewFilter(written);
    if (!maySort(filter, sort)) {
      throw invalid('sort', 'What is done can only be sorted by its last message.');
    }
    return filter;
  } catch (error) {
    throw error instanceof Unreadable ? invalid(error.field, error.detail) : error;
  }
}

/** One that an older or newer Peyk wrote and this one cannot read is left out. */
function present(row: ViewRow, actor: Actor): SavedView[] {
  const isShared = row.shared_with !== 'me';
  try {
    return [
      {
        id: row.id,
        name: row.name,
        filter: readViewFilter(row.filter),
        sort: row.sort,
        sharedWith: row.shared_with === 'queues' ? row.queues : row.shared_with,
        owner: { id: row.owner_id, name: row.owner_name },
        mayChange: isShared ? hasRole(actor, 'supervisor') : row.owner_id === actor.id,
        position: row.position,
        version: row.version,
      },
    ];
  } catch {
    return [];
  }
}

function nameOf(written: string): string {
  const name = storableText(written).trim();
  if (name === '') {
    throw invalid('name', 'Give it a name.');
  }
  return name;
}
