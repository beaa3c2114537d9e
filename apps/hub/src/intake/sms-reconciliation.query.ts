import type { Statement } from '#channels';

/** A delivery of which nobody told how it ended. */
export interface OpenDelivery {
  id: string;
  attempts: number;
  state: 'sent' | 'unconfirmed';
  conversation_id: string;
  seq: number;
  provider_id: string | null;
  address: string;
  body: string;
  /** About when its last try was made: what a claim leaves behind is the end of its lease. */
  at: Date;
}

/**
 * Deliveries of a channel that left and of whose end nothing was heard, and those in doubt; of a message its last one only. The ids
 * of deliveries are in the order of their making, so that the lowest one of the days asked about finds them. Parameters: channel, that
 * id, the most.
 */
export const openDeliveries: Statement = {
  name: 'sms-open-deliveries',
  text: `
select d.id, d.attempts, d.state, d.conversation_id, d.seq, d.provider_id, d.address, m.body,
       greatest(d.created_at, d.due_at - interval '15 seconds') as at
from delivery d join message m on m.conversation_id = d.conversation_id and m.seq = d.seq
where d.id >= $2::uuid and d.channel_id = $1
  and ((d.state = 'sent' and d.provider_id is not null and m.delivery = 'sent') or (d.state = 'unconfirmed' and m.delivery = 'unconfirmed'))
  and not exists (select 1 from delivery n where n.conversation_id = d.conversation_id and n.seq = d.seq and n.id > d.id)
order by d.id limit $3`,
};

/** Ids that messages to those addresses have at the provider already. Parameters: channel, lowest id, addresses. */
export const knownIds: Statement = {
  name: 'sms-known-ids',
  text: `
select d.provider_id as id from delivery d
where d.id >= $2::uuid and d.channel_id = $1 and d.address = any ($3::text[]) and d.provider_id is not null`,
};

export const channelAge: Statement = {
  name: 'sms-channel-age',
  text: 'select created_at from channel where id = $1',
};
