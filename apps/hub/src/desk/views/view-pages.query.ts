import type { CompiledView, ViewSort } from '#tickets';
import { firstCompiled } from './view-parameters.js';

interface Order {
  /** What a ticket is sorted by: `p` and `at`. */
  keys: string;
  /** In the order of an index, of rows `t` and of what was found. */
  by: string;
  found: (row: string) => string;
  /** Behind the place that a page begins at. */
  behind: string;
  /** That `f` comes after `h`. */
  after: string;
  /** The index knows states apart; the others hold what is not done. */
  byState: boolean;
}

const since = `coalesce(t.waiting_since, 'infinity')`;
const due = `coalesce(t.due_at, 'infinity')`;

const ascending = (key: string): Order => ({
  keys: `0 as p, ${key} as at`,
  by: `${key}, t.id`,
  found: (n) => `${n}.at, ${n}.id`,
  behind: `(${key}, t.id) > ($3::timestamptz, $4::uuid)`,
  after: '(f.at, f.id) > (h.at, h.id)',
  byState: false,
});

const orders: Record<ViewSort, Order> = {
  newest: {
    keys: '0 as p, t.last_message_at as at',
    by: 't.last_message_at desc, t.id desc',
    found: (n) => `${n}.at desc, ${n}.id desc`,
    behind: '(t.last_message_at, t.id) < ($3::timestamptz, $4::uuid)',
    after: '(f.at, f.id) < (h.at, h.id)',
    byState: true,
  },
  waiting: ascending(since),
  deadline: ascending(due),
  priority: {
    keys: 't.priority::int as p, t.last_message_at as at',
    by: 't.priority desc, t.last_message_at desc, t.id desc',
    found: (n) => `${n}.p desc, ${n}.at desc, ${n}.id desc`,
    behind: '(t.priority, t.last_message_at, t.id) < ($5::smallint, $3::timestamptz, $4::uuid)',
    after: '(f.p, f.at, f.id) < (h.p, h.at, h.id)',
    byState: false,
  },
};

/** Tickets that a page, or a count, looks at in all before it is cut short. */
const mostLooks = 10_000;
const leastLooks = 200;

/** A walk along an index: its beginnings, and which tickets `t` lie on it. */
interface Walk {
  from: string;
  drive: string;
  looks: number;
}

/** Parameters of every statement here: reader, queues, at, id, p, states, owners, then those of the filter. */
const declared = `asked as (select $1::uuid, $2::uuid[], $3::timestamptz, $4::uuid, $5::smallint, $6::text[], $7::uuid[])`;

const mayList = '(t.queue_id = any ($2::uuid[]) or t.owner_id = $1)';

/**
 * The walks of a view: through the reader's queues and through what is theirs in other queues, or, where the view is about agents by name,
 * through the tickets of those.
 */
function walksOf(view: CompiledView, queues: number, { byState }: Pick<Order, 'byState'>): Walk[] {
  const states = 'unnest($6::text[]) s(state)';
  const ofState = 't.state = s.state';
  if (view.walk.owners) {
    return [
      {
        from: `unnest($7::uuid[]) w(owner), ${states}`,
        drive: `t.owner_id = w.owner and ${ofState} and ${mayList}`,
        looks: 2_000,
      },
    ];
  }
  const walks = byState ? queues * view.walk.states.length : queues;
  const looks = Math.max(leastLooks, Math.floor(mostLooks / Math.max(1, walks)));
  return [
    {
      from: `unnest($2::uuid[]) w(queue)${byState ? `, ${states}` : ''}`,
      drive: `t.queue_id = w.queue and ${byState ? ofState : `t.state not in ('solved', 'closed')`}`,
      looks,
    },
    {
      from: states,
      drive: `t.owner_id = $1 and ${ofState} and not (t.queue_id = any ($2::uuid[]))`,
      looks: 2_000,
    },
  ];
}

/**
 * The tickets of a page in order, and, where the walks were cut short before it was full, the place up to which all were looked at
 * (`isEnd`). Of each walk so many tickets are looked at and no more: a page costs the same whatever the filter leaves of them, and may be
 * short before the end.
 */
export function viewPage(
  view: CompiledView,
  { sort, queues, limit }: { sort: ViewSort; queues: number; limit: number },
): string {
  const order = orders[sort];
  const walks = walksOf(view, queues, order);
  const size = String(Math.trunc(limit) + 1);
  const looked = ({ from, drive, looks }: Walk): string => `
    select n.* from ${from} cross join lateral (
      select t.id, t.p, t.at from (
        select t.*, ${order.keys} from ticket t where ${drive} and ${order.behind} order by ${order.by} limit ${String(looks)}) t
      where ${view.where} order by ${order.found('t')} limit ${size}) n`;
  const ended = ({ from, drive, looks }: Walk): string => `
    select n.* from ${from} cross join lateral (
      select t.id, ${order.keys} from ticket t where ${drive} and ${order.behind} order by ${order.by} offset ${String(looks - 1)} limit 1) n
    where (select count(*) from found) < ${size}`;
  return `
with ${declared},
found as materialized (
  select * from (${walks.map(looked).join('\n    union all')}) n order by ${order.found('n')} limit ${size}),
horizon as materialized (
  select * from (${walks.map(ended).join('\n    union all')}) n order by ${order.found('n')} limit 1)
select f.id, f.p, f.at::text as at, false as "isEnd" from (select n.* from found n order by ${order.found('n')}) f
where not exists (select 1 from horizon h where ${order.after})
union all
select h.id, h.p, h.at::text, true from horizon h`;
}

/** How many tickets a view shows, up to `cap`, and whether there may be more. */
export function viewCount(view: CompiledView, { queues, cap }: { queues: number; cap: number }): string {
  const order = orders.newest;
  const walks = walksOf(view, queues, order);
  const most = String(cap);
  const counted = ({ from, drive, looks }: Walk): string => `
    select 1 from ${from} cross join lateral (
      select 1 from (select * from ticket t where ${drive} and ${order.behind} order by ${order.by} limit ${String(looks)}) t
      where ${view.where} limit ${most}) n`;
  const more = ({ from, drive, looks }: Walk): string => `
    select 1 from ${from} cross join lateral (
      select 1 from ticket t where ${drive} and ${order.behind} order by ${order.by} offset ${String(looks)} limit 1) n`;
  return `
with ${declared},
counted as materialized (
  select count(*)::int as count from (select 1 from (${walks.map(counted).join('\n    union all')}) n limit ${most}) n)
select count, case when count >= ${most} then true else exists (${walks.map(more).join('\n    union all')}) end as "isMore" from counted`;
}

/** Of these tickets those that a view shows, in its order. The last parameter holds their ids. */
export function viewMembers(view: CompiledView, sort: ViewSort): string {
  const order = orders[sort];
  const ids = `$${String(firstCompiled + view.values.length)}::uuid[]`;
  return `
with ${declared}
select n.id from (
  select t.id, ${order.keys} from ticket t where t.id = any (${ids}) and ${mayList} and ${view.where}) n
order by ${order.found('n')}`;
}

/** How many open, waking tickets each queue holds, up to $2 of each; of those that sleep so many are passed over and no more. */
export const queueCounts = {
  name: 'view-queue-counts',
  text: `
select q.id, (select count(*)::int from (
    select 1 from (
      select t.snoozed_until from ticket t
      where t.queue_id = q.id and t.state in ('new', 'open', 'pending', 'on_hold') limit ${String(leastLooks * 5)}) t
    where t.snoozed_until is null limit $2) n) as count
from unnest($1::uuid[]) q(id)`,
};
