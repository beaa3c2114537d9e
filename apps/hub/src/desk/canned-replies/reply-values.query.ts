import type { Sql } from '#channels';
import { firstNameOf, nameToSay } from './first-name.js';
import type { Reader } from './reply-reader.js';
import type { ReplyValue } from './reply-template.js';

/** For what a reply is written. The caller checks that whoever asks may read it. */
export interface ReplyPlace {
  conversationId: string;
  /** null: the person's ticket that was active last and is open. */
  ticketId: string | null;
  /** null: the channel on which the customer wrote last. */
  channelId: string | null;
  actorId: string | null;
  /** Queues whose restricted tickets may be told of; null: all. */
  serves: string[] | null;
}

/** What a reply is written from, and what decides whether it is for this conversation. */
export interface ReplyFacts {
  values: Map<string, ReplyValue>;
  reader: Reader;
  queueId: string | null;
  channelKind: string | null;
}

interface FactsRow {
  name: string;
  locale: string;
  company: string | null;
  time_zone: string | null;
  number: string | null;
  prefix: string | null;
  subject: string | null;
  opened_at: Date | null;
  fields: Record<string, unknown> | null;
  fields_known: KnownFields;
  attributes: Record<string, unknown> | null;
  attributes_known: KnownFields;
  queue_id: string | null;
  queue: string | null;
  agent: string | null;
  channel: string | null;
  channel_kind: string | null;
  now: Date;
}

/** What the values of fields mean that an organisation made itself. */
interface KnownFields {
  /** By the key of the field, those with choices only. */
  choices: Record<string, ChoiceNames> | null;
  /** The keys of those that hold a day. */
  days: string[] | null;
}

const knownOf = (table: 'ticket_field' | 'customer_attribute'): string => `(
  select jsonb_build_object(
    'choices', jsonb_object_agg(f.key, (select jsonb_object_agg(o ->> 'value', o -> 'name') from jsonb_array_elements(f.choices) o))
                 filter (where f.choices <> '[]'),
    'days', jsonb_agg(f.key) filter (where f.kind in ('date', 'birthday')))
  from ${table} f)`;

const facts = `
with parts as (
  select c.id, root.id as root from conversation here
  join customer mine on mine.id = here.customer_id
  join customer root on root.id = coalesce(mine.merged_into, mine.id)
  join customer k on k.id = root.id or k.merged_into = root.id
  join conversation c on c.customer_id = k.id
  where here.id = $1),
its as (
  select t.* from ticket t join queue q on q.id = t.queue_id
  where t.conversation_id in (select id from parts)
    and case when $2::uuid is null then t.state not in ('solved', 'closed') else t.id = $2 end
    and (not q.restricted or $5::uuid[] is null or q.id = any ($5))
  order by t.last_message_at desc limit 1)
select k.name, k.locale, k.fields ->> 'company' as company,
  coalesce(k.tz, cal.tz, (select tz from calendar order by id limit 1)) as time_zone,
  its.number, its.prefix, its.subject, its.opened_at, its.fields, ${knownOf('ticket_field')} as fields_known,
  (select jsonb_object_agg(f.key, k.fields -> f.key) from customer_attribute f where k.fields ? f.key) as attributes,
  ${knownOf('customer_attribute')} as attributes_known,
  q.id as queue_id, q.name as queue, a.name as agent, ch.name as channel, ch.kind as channel_kind, clock_timestamp() as now
from customer k
left join its on true
left join queue q on q.id = its.queue_id
left join calendar cal on cal.id = q.calendar_id
left join agent a on a.id = $4
left join channel ch on ch.id = coalesce($3, (
  select m.channel_id from message m
  where m.conversation_id in (select id from parts) and m.direction = 'in' and m.channel_id is not null
  order by m.at desc limit 1))
where k.id = (select root from parts limit 1)`;

/** What is known for a reply at this place, in the language that is wished or is the customer's; null where there is no such person. */
export async function readFacts(sql: Sql, place: ReplyPlace, locale: 'en' | 'fa' | null): Promise<ReplyFacts | null> {
  const [row] = await sql.query<FactsRow & Record<string, unknown>>(facts, [
    place.conversationId,
    place.ticketId,
    place.channelId,
    place.actorId,
    place.serves,
  ]);
  if (!row) {
    return null;
  }
  const reader: Reader = { locale: locale ?? languageOf(row.locale), timeZone: zoneOf(row.time_zone) };
  return { values: valuesOf(row, reader.locale), reader, queueId: row.queue_id, channelKind: row.channel_kind };
}

function valuesOf(row: FactsRow, locale: 'en' | 'fa'): Map<string, ReplyValue> {
  const prefixed = row.prefix ? `${row.prefix}-${row.number ?? ''}` : null;
  const all: [string, ReplyValue | null][] = [
    ['customer.name', nameToSay(row.name)],
    ['customer.first_name', firstNameOf(row.name)],
    ['customer.company', row.company],
    ['ticket.number', prefixed ?? (row.number === null ? null : Number(row.number))],
    ['ticket.subject', row.subject],
    ['ticket.opened_at', row.opened_at],
    ['agent.name', row.agent],
    ['agent.first_name', row.agent === null ? null : firstNameOf(row.agent)],
    ['queue.name', row.queue],
    ['channel.name', row.channel],
    ['now', row.now],
    ...fieldValues('ticket.fields', row.fields, row.fields_known, locale),
    ...fieldValues('customer.attributes', row.attributes, row.attributes_known, locale),
  ];
  return new Map(all.filter((entry): entry is [string, ReplyValue] => entry[1] !== null && entry[1] !== ''));
}

const yesAndNo = { en: ['yes', 'no'], fa: ['بله', 'خیر'] } as const;

function fieldValues(
  under: string,
  fields: Record<string, unknown> | null,
  known: KnownFields,
  locale: 'en' | 'fa',
): [string, ReplyValue | null][] {
  return Object.entries(fields ?? {}).map(([key, value]) => [`${under}.${key}`, fieldValue(known, key, value, locale)]);
}

function fieldValue(known: KnownFields, key: string, value: unknown, locale: 'en' | 'fa'): ReplyValue | null {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'boolean') {
    return yesAndNo[locale][value ? 0 : 1];
  }
  return known.days?.includes(key) ? dayOf(value) : choicesOf(known.choices?.[key] ?? {}, value, locale);
}

/** A day without an hour is the same day in every zone when noon stands for it. */
function dayOf(value: unknown): Date | null {
  const day = new Date(`${String(value).slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(day.getTime()) ? null : day;
}

type ChoiceNames = Record<string, { en?: string; fa?: string }>;

function choicesOf(names: ChoiceNames, value: unknown, locale: 'en' | 'fa'): string | null {
  const chosen = [value].flat().filter((one): one is string => typeof one === 'string');
  const texts = chosen.map((one) => names[one]?.[locale] ?? names[one]?.en ?? one);
  return texts.length === 0 ? null : texts.join(locale === 'fa' ? '، ' : ', ');
}

function languageOf(locale: string): 'en' | 'fa' {
  return locale.startsWith('fa') ? 'fa' : 'en';
}

/** A zone that nobody knows by its name would keep every text from being written. */
function zoneOf(name: string | null): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
