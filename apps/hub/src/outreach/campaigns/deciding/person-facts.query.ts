import type { ChannelKind, IdentityKind, Sql, Statement } from '#channels';
import type { OutreachView } from '#contract';
import type { PersonFacts, Way } from './decide-person.js';
import { lockPeople } from '../../../database/lock-people.js';

/** A way with what is needed to write by it. */
export interface KnownWay extends Way {
  conversationId: string;
  /** Null: an address that was only imported; it becomes an identity once it is written to. */
  identityId: string | null;
  claimId: string | null;
}

export interface KnownPerson extends PersonFacts<KnownWay> {
  personId: string;
  /** The root's. */
  conversationId: string;
  name: string;
  locale: string;
}

/** Locks every conversation of a person by id, as all writers do. Parameter: the root. */
export const lockPerson: Statement = {
  name: 'outreach-lock-person',
  text: lockPeople('= $1'),
};

/** How many of the latest messages say what somebody uses. */
const lately = 60;

/**
 * Who somebody is, what they wish, and every address of theirs on these channels. A chat and a messenger can only be written to where the
 * person wrote first. Parameters: the root, the purpose, the list that mails of it are unsubscribed from, channels as JSON
 * [{id, kind, reaches}], the outreach (null: none yet), its round.
 */
const personFacts: Statement = {
  name: 'outreach-person-facts',
  text: `
with person as (select g.id from customer g where coalesce(g.merged_into, g.id) = coalesce((select merged_into from customer where id = $1), $1)),
talk as (select c.id, c.customer_id from conversation c where c.customer_id in (select id from person)),
place as (select * from jsonb_to_recordset($4::jsonb) as p(id uuid, kind text, reaches text)),
used as (
  select m.channel_id, m.identity_id, count(*)::int as times, max(m.at) as last
  from talk cross join lateral (
    select channel_id, identity_id, at from message
    where conversation_id = talk.id and direction = 'in' and channel_id is not null order by seq desc limit ${String(lately)}) m
  group by m.channel_id, m.identity_id),
known as (
  select p.id as "channelId", p.kind, i.id as "identityId", null::uuid as "claimId", i.kind as "addressKind", i.address, t.id as "conversationId",
         coalesce(u.times, 0) as used, extract(epoch from u.last)::float8 * 1000 as "lastAt",
         i.reachable = 'opted_out' as out, i.reachable = 'yes' and not i.shared and (i.kind in ('email', 'phone') or u.last is not null) as fit
  from place p join identity i on i.kind = p.reaches and i.customer_id in (select id from person) and i.retired_at is null
  join talk t on t.customer_id = i.customer_id
  left join used u on u.channel_id = p.id and u.identity_id = i.id
  union all
  select p.id, p.kind, null, l.id, l.kind, l.address, t.id, 0, null, false,
         not exists (select 1 from identity i where i.kind = l.kind and i.address = l.address and i.retired_at is null)
         and not exists (select 1 from identity i where i.kind = l.kind and i.address = l.address and i.reachable <> 'yes')
  from place p join identity_claim l on l.kind = p.reaches and l.customer_id in (select id from person) and l.state = 'open' and l.source = 'import'
  join talk t on t.customer_id = l.customer_id
  where l.kind in ('email', 'phone'))
select root.id as "personId", here.id as "conversationId", root.name, root.locale, root.merged_into is not null as "isMerged",
       exists (select 1 from customer g where g.id in (select id from person) and g.blocked_at is not null) as "isBlocked",
       (select s.state from customer_consent s where s.customer_id in (select id from person) and s.purpose = $2 order by s.at desc limit 1) as consent,
       (select w.kind from channel_wish w where w.customer_id in (select id from person) order by w.at desc limit 1) as wished,
       coalesce(root.tz, (select tz from calendar order by id limit 1), 'UTC') as zone,
       (select jsonb_build_object('day', count(*) filter (where p.sent_at > clock_timestamp() - interval '1 day'), 'week', count(*))
        from outreach_person p where p.person_id in (select id from person) and p.sent_at > clock_timestamp() - interval '7 days'
          and p.state in ('sending', 'sent', 'unconfirmed')) as lately,
       coalesce((select p.tried from outreach_person p where p.outreach_id = $5 and p.person_id = root.id and p.round = $6), '{}') as tried,
       coalesce((select jsonb_agg(to_jsonb(k) - 'out' - 'fit' - 'addressKind' || jsonb_build_object(
           'isOptedOut', k.out or exists (select 1 from opt_out o where o.channel_id = k."channelId" and o.kind = k."addressKind" and o.address = k.address and o.ended_at is null)
             or (k.kind = 'email' and exists (select 1 from mail_unsubscribe n where n.list = $3 and n.address = k.address)),
           'isUsable', k.fit and not exists (select 1 from suppressed_address s where s.kind = k."addressKind" and s.address = k.address and s.lifted_at is null)))
         from known k), '[]') as ways
from customer root join conversation here on here.customer_id = root.id
where root.id = $1`,
};

export interface FactsWish {
  personId: string;
  purpose: OutreachView['purpose'];
  /** Channels that can be used now. */
  channels: { id: string; kind: ChannelKind; reaches: IdentityKind }[];
  /** Null: nothing was sent yet. */
  sent: { outreachId: string; round: number } | null;
}

/** The list that mails of a purpose are unsubscribed from. */
export function listOf(purpose: OutreachView['purpose']): string {
  return `outreach ${purpose}`;
}

/** Null where there is no such person. */
export async function readPerson(
  sql: Sql,
  { personId, purpose, channels, sent }: FactsWish,
): Promise<KnownPerson | null> {
  const [row] = await sql.query<KnownPerson & Record<string, unknown>>(personFacts, [
    personId,
    purpose,
    listOf(purpose),
    JSON.stringify(channels),
    sent?.outreachId ?? null,
    sent?.round ?? null,
  ]);
  return row ?? null;
}
