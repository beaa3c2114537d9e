import type { Statement } from '#channels';

/** What stands against a message, and which of the account's numbers its customer knows. Parameters: channel, address, message. */
export const permitFacts: Statement = {
  name: 'send-permit-facts',
  text: `
select exists (select 1 from opt_out o where o.channel_id = $1 and o.kind = 'phone' and o.address = $2 and o.ended_at is null
               and (o.answer_id is null or o.answer_id is distinct from $3::uuid)) as opted_out,
       (select l.line from sender_line l where l.channel_id = $1 and l.address = $2) as line`,
};

/**
 * Counts a message of this hour, if there is room for it in the hour and in the day. No row: there is none. Parameters: channel,
 * address ('': all), the most of an hour and of a day, null for no limit.
 */
export const countSend: Statement = {
  name: 'send-count',
  text: `
with now as (select date_trunc('hour', clock_timestamp()) as hour),
past as (
  select coalesce(sum(c.sent) filter (where c.hour = now.hour), 0) as hour, coalesce(sum(c.sent), 0) as day
  from now left join send_count c on c.channel_id = $1 and c.address = $2 and c.hour > now.hour - interval '24 hours')
insert into send_count as c (channel_id, address, hour, sent)
select $1, $2, now.hour, 1 from now, past where ($3::int is null or past.hour < $3) and ($4::int is null or past.day < $4)
on conflict (channel_id, address, hour) do update set sent = c.sent + 1 where $3::int is null or c.sent < $3
returning sent`,
};

/** Keeps which number a customer wrote to; nothing is written while it is the same. */
export const keepLine: Statement = {
  name: 'sender-line-keep',
  text: `
insert into sender_line as l (channel_id, address, line) values ($1, $2, $3)
on conflict (channel_id, address) do update set line = excluded.line where l.line <> excluded.line`,
};
