import type { Statement } from '#channels';

/**
 * Follows what became of messages in the outbox. One that failed for good gives its person another way: the same decision is made again
 * without it. What may have arrived is never sent again. What was put aside is an agent's to send; here it counts as failed.
 * The message is compared once more under lock: another node may have followed it, and sent the next, meanwhile.
 */
export const followSending: Statement = {
  name: 'outreach-follow',
  text: `
with known as (
  select p.outreach_id, p.person_id, p.round, p.conversation_id, p.seq, p.channel_id, p.address,
         case when m.delivery in ('delivered', 'read') then 'sent' else m.delivery end as how
  from outreach_person p join message m on m.conversation_id = p.conversation_id and m.seq = p.seq
  where p.state = 'sending' and m.delivery <> 'queued')
update outreach_person p
set state = case k.how when 'failed' then 'waiting' when 'parked' then 'failed' else k.how end,
    why = case k.how when 'parked' then 'all_ways_failed' else '' end,
    tried = case k.how when 'failed' then p.tried || (k.channel_id::text || ' ' || k.address) else p.tried end,
    due_at = clock_timestamp()
from known k
where p.outreach_id = k.outreach_id and p.person_id = k.person_id and p.round = k.round and p.state = 'sending'
  and p.conversation_id = k.conversation_id and p.seq = k.seq
returning p.outreach_id as id, p.state`,
};

/**
 * The same of what a provider took and said later that it could not deliver, within a day. Its outreach must still be going on. Messages are
 * looked up one by one: there are few here beside all there are, and a join may read them all.
 */
export const followLate: Statement = {
  name: 'outreach-follow-late',
  text: `
with known as (
  select p.outreach_id, p.person_id, p.round, p.conversation_id, p.seq, p.channel_id, p.address
  from outreach o join outreach_person p on p.outreach_id = o.id and p.round = o.round
  cross join lateral (select delivery from message where conversation_id = p.conversation_id and seq = p.seq offset 0) m
  where o.state = 'running' and p.state = 'sent' and p.sent_at > clock_timestamp() - interval '1 day' and m.delivery = 'failed')
update outreach_person p
set state = 'waiting', tried = p.tried || (k.channel_id::text || ' ' || k.address), due_at = clock_timestamp()
from known k
where p.outreach_id = k.outreach_id and p.person_id = k.person_id and p.round = k.round and p.state = 'sent'
  and p.conversation_id = k.conversation_id and p.seq = k.seq
returning p.outreach_id as id`,
};
