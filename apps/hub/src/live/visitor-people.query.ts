import type { Statement } from '#channels';
import { messageColumns, messageTables } from '../desk/message-rows.query.js';

/** What the hub has of a visitor who wrote at least once. */
export interface KnownVisitor {
  identityId: string;
  conversationId: string;
  /** The root's conversation: how agents know the person. */
  person: string;
  rev: number;
}

/** A row of `knownVisitors`: `visitor` is the id that was asked for. */
export interface KnownVisitorRow extends KnownVisitor {
  visitor: string;
}

/** Parameter: visitors' ids, which are addresses of kind web. No row: they never wrote. */
export const knownVisitors: Statement = {
  name: 'visitors-known',
  text: `
select i.address as visitor, i.id as "identityId", c.id as "conversationId", top.id as person, c.rev
from unnest($1::text[]) asked(address)
join identity i on i.kind = 'web' and i.address = asked.address and i.retired_at is null
join customer mine on mine.id = i.customer_id
join conversation c on c.customer_id = mine.id
join conversation top on top.customer_id = coalesce(mine.merged_into, mine.id)`,
};

/**
 * What a visitor may see and has not seen: messages that passed over web chat between them and us. The newest of them, when there are
 * many. Parameters: conversation, identity, the rev they have, how many.
 */
export const visitorMessages: Statement = {
  name: 'visitor-messages',
  text: `
select * from (
  select ${messageColumns}
  from ${messageTables}
  where m.conversation_id = $1 and m.identity_id = $2 and m.rev > $3 and m.direction <> 'internal'
    and exists (select 1 from channel ch where ch.id = m.channel_id and ch.kind = 'web')
  order by m.seq desc limit $4) newest
order by seq`,
};

/** Where a message of theirs was stored. Parameters: channel, its id there. */
export const saidMessage: Statement = {
  name: 'visitor-said',
  text: 'select seq, rev from message where channel_id = $1 and external_id = $2',
};

/**
 * Raises what agents see of their messages to a visitor; never lowers it, and locks the conversation only when something is to be
 * raised. Parameters: conversation, identity, from (exclusive), up to, the new state, the states it follows.
 */
export const raiseReceipts: Statement = {
  name: 'visitor-raise-receipts',
  text: `
with late as materialized (
  select m.seq from message m
  where m.conversation_id = $1 and m.identity_id = $2 and m.seq > $3 and m.seq <= $4 and m.direction = 'out' and m.delivery = any ($6::text[])
    and exists (select 1 from channel ch where ch.id = m.channel_id and ch.kind = 'web')),
talk as materialized (
  select c.id, c.rev from conversation c where c.id = $1 and exists (select 1 from late) for no key update),
raised as (
  update message m set delivery = $5 from talk, late
  where m.conversation_id = talk.id and m.seq = late.seq and m.delivery = any ($6::text[]))
select rev as since from talk`,
};
