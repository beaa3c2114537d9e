import { Injectable } from '@nestjs/common';
import { matchKey, storableText } from '#channels';
import type { TagView } from '#contract';
import { retagTickets } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';

const most = { suggested: 20, listed: 500, counted: 1000, retagged: 50 };

/** Tags that begin with a key ($1), or have a word that does, with how many tickets have them by any of their names. */
const tags = `
select t.key, t.name, coalesce(former.list, '[]') as formerly,
       (select count(*)::int from (
          select 1 from ticket k where k.tags <> '{}' and k.tags && (array[t.name] || coalesce(former.names, '{}'))
          limit ${String(most.counted)}) u) as uses
from (
  select t.key, t.name from tag t
  where t.moved_to is null
    and ($1 = '' or t.key like $1 || '%' or t.key like '% ' || $1 || '%'
         or exists (select 1 from tag f where f.moved_to = t.key and f.key like $1 || '%'))
  order by t.key like $1 || '%' desc, t.key limit $2) t
left join lateral (
  select jsonb_agg(jsonb_build_object('key', f.key, 'name', f.name) order by f.key) as list, array_agg(f.name) as names
  from tag f where f.moved_to = t.key) former on true`;

/** The tags that were ever used, under one name each. */
@Injectable()
export class TagSettings {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly live: LiveFeed,
    housekeeping: Housekeeping,
  ) {
    // A hub that died in the middle of a renaming left tickets with the former name.
    housekeeping.add('tags that were renamed', () => this.retagAll());
  }

  /** All of them, or those that somebody may mean. */
  list(q: string | undefined): Promise<TagView[]> {
    const key = matchKey(q ?? '');
    return this.database.query<TagView & Record<string, unknown>>(tags, [
      key,
      q === undefined ? most.listed : most.suggested,
    ]);
  }

  /** A former name leads to the new one from now on; open tickets get it at once, closed ones keep what they say and are counted with it. */
  async rename(actor: Actor, wish: { from: string; to: string }): Promise<TagView> {
    const to = { key: matchKey(wish.to), name: storableText(wish.to).trim() };
    if (to.key === '') {
      throw invalid('to', 'A tag needs a letter or a digit.');
    }
    await this.database.transaction(async (tx) => {
      const from = await findRoot(tx, matchKey(wish.from));
      await (from.key === to.key ? this.respell(tx, from, to.name) : lead(tx, from.key, to));
      const changes = diffOf({ key: from.key, name: from.name }, await readTag(tx, to.key));
      await recordAct(tx, {
        actorId: actor.id,
        action: 'tag.renamed',
        subject: from.key,
        details: { to: to.key, changes },
      });
      this.bus.emitAfterCommit(tx, 'team.changed', {});
    });
    await this.retagAll();
    const [view] = (await this.list(to.name)).filter(({ key }) => key === to.key);
    return view as TagView;
  }

  /** Only the spelling changes: the former one is found by no key of its own, so tickets are asked for by name. */
  private async respell(tx: Transaction, from: KnownTag, name: string): Promise<void> {
    await tx.query('update tag set name = $2 where key = $1', [from.key, name]);
    if (from.name !== name) {
      for (;;) {
        const moved = await retagTickets(tx, { from: from.name, to: name, limit: most.retagged });
        this.live.movedBy(tx, moved.parts);
        if (moved.count < most.retagged) {
          return;
        }
      }
    }
  }

  /** Some tickets at a time, so that nobody waits for a thousand others. */
  private async retagAll(): Promise<void> {
    const moved = await this.database.query<{ from: string; to: string }>(
      `select f.name as from, t.name as to from tag f join tag t on t.key = f.moved_to
       where exists (select 1 from ticket k where k.tags <> '{}' and k.tags @> array[f.name] and k.state <> 'closed') order by f.key`,
    );
    for (const { from, to } of moved) {
      for (let count = most.retagged; count === most.retagged;) {
        count = await this.database.transaction(async (tx) => {
          const some = await retagTickets(tx, { from, to, limit: most.retagged });
          this.live.movedBy(tx, some.parts);
          return some.count;
        });
      }
    }
  }
}

interface KnownTag {
  key: string;
  name: string;
}

async function readTag(tx: Transaction, key: string): Promise<Record<string, unknown>> {
  const [row] = await tx.query('select key, name from tag where key = $1', [key]);
  return row ?? {};
}

async function findRoot(tx: Transaction, key: string): Promise<KnownTag> {
  const [row] = await tx.query<KnownTag & Record<string, unknown>>(
    `select t.key, t.name from tag f join tag t on t.key = coalesce(f.moved_to, f.key) where f.key = $1 for update of t`,
    [key],
  );
  if (!row) {
    throw notFound('This tag');
  }
  return row;
}

/** One level deep: what led to the former name leads to the new one, and the new one leads nowhere. */
async function lead(tx: Transaction, from: string, to: KnownTag): Promise<void> {
  await tx.query(
    `insert into tag (key, name) values ($1, $2) on conflict (key) do update
     set moved_to = null, name = case when tag.moved_to is null then tag.name else excluded.name end`,
    [to.key, to.name],
  );
  await tx.query('update tag set moved_to = $2 where (key = $1 or moved_to = $1) and key <> $2', [from, to.key]);
}
