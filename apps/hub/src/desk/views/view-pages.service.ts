import { Injectable } from '@nestjs/common';
import type { Page, ViewCount } from '#contract';
import { compileView, maySort, readTags, type CompiledView, type ViewFilter, type ViewTest } from '#tickets';
import { oversees, type Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { listedQueues } from '../conversations/list.query.js';
import type { ViewDefinition } from './fixed-views.js';
import { fromViewCursor, toViewCursor, type ViewPlace } from './view-cursor.js';
import { queueCounts, viewCount, viewMembers, viewPage } from './view-pages.query.js';
import { firstCompiled, viewParameters } from './view-parameters.js';

/** Whose queues a reader's lists are made of. */
export interface ListedQueues {
  listed: string[];
  serves: 'all' | string[];
}

/** Counts stop here: nobody reads more of them than that there are many. */
export const mostCounted = 100;

/** Which tickets a view shows to whom: as ids, in order, for whoever presents, counts or acts on them. */
@Injectable()
export class ViewPages {
  constructor(private readonly database: Database) {}

  async queuesOf(actor: Actor): Promise<ListedQueues> {
    const seesAll = oversees(actor);
    const queues = await this.database.query<{ id: string; served: boolean }>(listedQueues, [actor.id, seesAll]);
    return {
      listed: queues.map(({ id }) => id),
      serves: seesAll ? 'all' : queues.filter(({ served }) => served).map(({ id }) => id),
    };
  }

  /** A page may be short, or empty, before `next` is null: see `viewPage`. */
  async page(
    actor: Actor,
    { filter, sort }: ViewDefinition,
    wish: { queues: readonly string[]; queue: string | null; before?: string | undefined; limit: number },
  ): Promise<Page<string>> {
    // What was sorted by deadlines may ask about done tickets by now: there is no such order, and nobody is served an error for it.
    const order = maySort(filter, sort) ? sort : 'newest';
    const view = await this.compile(actor, filter, wish.queue);
    const queues = walked(view, wish.queues);
    const rows = await this.database.query<ViewPlace & { isEnd: boolean }>(
      viewPage(view, { sort: order, queues: queues.length, limit: wish.limit }),
      viewParameters(view, { reader: actor.id, queues, place: fromViewCursor(order, wish.before) }),
    );
    const found = rows.filter(({ isEnd }) => !isEnd);
    const shown = found.slice(0, wish.limit);
    const last = found.length > wish.limit ? shown.at(-1) : rows.find(({ isEnd }) => isEnd);
    return { rows: shown.map(({ id }) => id), next: last ? toViewCursor(order, last) : null };
  }

  async count(actor: Actor, filter: ViewFilter, listed: readonly string[]): Promise<ViewCount> {
    const view = await this.compile(actor, filter);
    const queues = walked(view, listed);
    const [row] = await this.database.query<ViewCount & Record<string, unknown>>(
      viewCount(view, { queues: queues.length, cap: mostCounted }),
      viewParameters(view, { reader: actor.id, queues, place: fromViewCursor('newest', undefined) }),
    );
    return row ?? { count: 0, isMore: false };
  }

  async countQueues(queues: readonly string[]): Promise<Map<string, ViewCount>> {
    const rows = await this.database.query<{ id: string; count: number }>(queueCounts, [queues, mostCounted]);
    return new Map(rows.map(({ id, count }) => [id, { count, isMore: count >= mostCounted }]));
  }

  /** Of these tickets those that the view shows to this reader, in its order. */
  async membersOf(
    actor: Actor,
    { filter, sort }: ViewDefinition,
    { queues: listed, queue, tickets }: { queues: readonly string[]; queue: string | null; tickets: readonly string[] },
  ): Promise<string[]> {
    const view = await this.compile(actor, filter, queue);
    const rows = await this.database.query<{ id: string }>(viewMembers(view, sort), [
      ...viewParameters(view, { reader: actor.id, queues: listed, place: fromViewCursor('newest', undefined) }),
      tickets,
    ]);
    return rows.map(({ id }) => id);
  }

  private async compile(actor: Actor, filter: ViewFilter, queue: string | null = null): Promise<CompiledView> {
    const spelled = await this.spell(filter);
    return compileView(spelled, firstCompiled, { reader: '$1', me: actor.id, queue });
  }

  /** A tag that was renamed or merged since goes by its name of now. */
  private async spell(filter: ViewFilter): Promise<ViewFilter> {
    const spellOne = async (test: ViewTest): Promise<ViewTest> =>
      test.field === 'tag' ? { ...test, value: await readTags(this.database, test.value) } : test;
    const spellAll = <T>(members: T[], one: (member: T) => Promise<T>) => Promise.all(members.map(one));
    const spellMember = async (member: ViewMember): Promise<ViewMember> => {
      if ('field' in member) {
        return spellOne(member);
      }
      return 'all' in member
        ? { all: await spellAll(member.all, spellOne) }
        : { any: await spellAll(member.any, spellOne) };
    };
    return 'all' in filter
      ? { all: await spellAll(filter.all, spellMember) }
      : { any: await spellAll(filter.any, spellMember) };
  }
}

type ViewMember = Extract<ViewFilter, { all: unknown }>['all'][number];

/** Queues that the view names and its reader may list; all of theirs where it names none. */
function walked({ walk }: CompiledView, listed: readonly string[]): string[] {
  return listed.filter((id) => walk.queues?.includes(id) ?? true);
}
