import { Injectable } from '@nestjs/common';
import type { HistoryFindingsView, HistoryMatchView } from '#contract';
import { Database } from '../../database/database.js';

const shownMatches = 300;
const shownPeople = 5;
const shownHere = 100;
const shownTags = 100;

const overview = `
select count(*) filter (where t.is_open)::int as "openTickets", min(t.opened_at) as "from", max(coalesce(t.closed_at, t.opened_at)) as "until"
from history_ticket t where t.import_id = $1`;

const inboxes = `
select t.inbox as key, coalesce(max(b.name), t.inbox) as name, count(*)::int as tickets
from history_ticket t left join history_inbox b on b.import_id = t.import_id and b.key = t.inbox
where t.import_id = $1 group by t.inbox order by count(*) desc, t.inbox`;

const agents = `
select coalesce(t.assignee ->> 'name', '') as name, lower(coalesce(t.assignee ->> 'email', '')) as email, count(*)::int as tickets,
       max(a.name) as agent
from history_ticket t left join agent a on a.email = lower(t.assignee ->> 'email')
where t.import_id = $1 and t.assignee is not null and t.assignee <> 'null' group by 1, 2 order by count(*) desc, 1 limit 200`;

const tags = `
select one.tag as name, count(*)::int as tickets from history_ticket t cross join lateral unnest(t.tags) one(tag)
where t.import_id = $1 group by one.tag order by count(*) desc, one.tag limit ${String(shownTags)}`;

const matches = `
select m.id, m.kind, m.value, cardinality(m.people) as count, m.is_joined as "isJoined", shown.list as people
from history_match m
cross join lateral (
  select jsonb_agg(jsonb_build_object('key', p.key, 'name', p.name, 'addresses', to_jsonb(p.emails || p.phones),
           'tickets', (select count(*) from history_ticket t where t.import_id = p.import_id and t.person = p.key)) order by p.key) as list
  from (select * from history_person p where p.import_id = m.import_id and p.key = any (m.people) order by p.key limit ${String(shownPeople)}) p) shown
where m.import_id = $1
order by array_position(array['email', 'phone', 'similar_email', 'name'], m.kind), not m.is_joined, m.value limit ${String(shownMatches)}`;

/** People of the files whose address somebody here has. */
const met = `
from history_person p cross join lateral (
  select unnest(p.emails) as address, 'email' as kind union all select unnest(p.phones), 'phone') one
join identity i on i.kind = one.kind and i.address = one.address and i.retired_at is null and not i.shared
join customer k on k.id = i.customer_id join customer root on root.id = coalesce(k.merged_into, k.id)
where p.import_id = $1 and p.root is not null`;

const here = `
select p.name, one.address, root.id as customer, root.name as "customerName" ${met} order by p.key, one.address limit ${String(shownHere)}`;
const counts = `
select (select count(*)::int from history_match m where m.import_id = $1) as matches, (select count(distinct p.root)::int ${met}) as here`;

interface Counts {
  matches: number;
  here: number;
}

interface Overview {
  openTickets: number;
  from: Date | null;
  until: Date | null;
}

/** What was read, so that somebody can decide about it. */
@Injectable()
export class HistoryFindings {
  constructor(private readonly database: Database) {}

  async of(id: string): Promise<HistoryFindingsView> {
    const ask = <Row extends object>(statement: string): Promise<(Row & Record<string, unknown>)[]> =>
      this.database.query<Row & Record<string, unknown>>(statement, [id]);
    const [span] = (await ask<Overview>(overview)) as unknown as [Overview];
    const [counted] = (await ask<Counts>(counts)) as unknown as [Counts];
    return {
      openTickets: span.openTickets,
      from: span.from?.toISOString() ?? null,
      until: span.until?.toISOString() ?? null,
      inboxes: await ask<HistoryFindingsView['inboxes'][number]>(inboxes),
      agents: await ask<HistoryFindingsView['agents'][number]>(agents),
      tags: await ask<HistoryFindingsView['tags'][number]>(tags),
      matches: await ask<HistoryMatchView>(matches),
      matchCount: counted.matches,
      here: await ask<HistoryFindingsView['here'][number]>(here),
      hereCount: counted.here,
    };
  }
}
