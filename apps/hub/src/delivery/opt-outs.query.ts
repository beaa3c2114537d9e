import type { Statement } from '#channels';

/** An event that was stored before: a provider that repeats a stop must not undo a start that came after it. */
export const wasHeard: Statement = {
  name: 'opt-out-heard',
  text: 'select 1 from inbound_event where channel_id = $1 and external_id = $2',
};

/** Parameters: id, channel, kind, address, source, what was said. No row: it is in force already. */
export const beginOptOut: Statement = {
  name: 'opt-out-begin',
  text: `
insert into opt_out (id, channel_id, kind, address, source, said) values ($1, $2, $3, $4, $5, $6)
on conflict (channel_id, kind, address) where ended_at is null do nothing returning id`,
};

/** Parameters: channel, kind, address, what was said. No row: nothing was in force. */
export const endOptOut: Statement = {
  name: 'opt-out-end',
  text: `
update opt_out set ended_at = greatest(since, clock_timestamp()), ended_said = $4
where channel_id = $1 and kind = $2 and address = $3 and ended_at is null returning id`,
};

/** Whether a person whose address it is has work with us now: then even a stop is for its agent to see. */
export const hasLiveTicket: Statement = {
  name: 'opt-out-live-ticket',
  text: `
select 1 from identity i join customer k on k.id = i.customer_id
join customer g on g.id = coalesce(k.merged_into, k.id) or g.merged_into = coalesce(k.merged_into, k.id)
join conversation c on c.customer_id = g.id join ticket t on t.conversation_id = c.id
where i.kind = $1 and i.address = $2 and i.retired_at is null and t.state not in ('solved', 'closed') limit 1`,
};

const isUntold =
  'channel_id = $1 and kind = $2 and address = $3 and (told_at is null or (ended_at is not null and end_told_at is null))';

export const hasUntold: Statement = {
  name: 'opt-out-has-untold',
  text: `select 1 from opt_out where ${isUntold} limit 1`,
};

/** What the timeline does not tell yet of an address on a channel, oldest first. */
export const untold: Statement = {
  name: 'opt-out-untold',
  text: `
select id, said, source, ended_said, told_at is null as begins, ended_at is not null and end_told_at is null as ends
from opt_out where ${isUntold} order by since for update`,
};

export interface UntoldRow {
  id: string;
  said: string;
  source: 'customer' | 'provider';
  ended_said: string | null;
  begins: boolean;
  ends: boolean;
}

/** Where an address is spoken with: its owner's conversation, the one that wrote last first. Locks it, as everybody does first. */
export const talkOf: Statement = {
  name: 'opt-out-talk',
  text: `
select c.id, c.rev, i.id as identity_id, k.locale
from identity i join conversation c on c.customer_id = i.customer_id join customer k on k.id = i.customer_id
where i.kind = $1 and i.address = $2 and i.retired_at is null
order by i.last_seen_at desc nulls last, i.id limit 1 for no key update of c`,
};

export interface TalkRow {
  id: string;
  rev: number;
  identity_id: string;
  locale: string;
}

/** A line of the timeline. Parameters: id, conversation, identity, the event. */
export const tellOptOut: Statement = {
  name: 'opt-out-tell',
  text: `
insert into message (id, conversation_id, identity_id, direction, author, kind, content)
values ($1, $2, $3, 'internal', 'system', 'event', jsonb_build_object('event', $4::jsonb))`,
};

/** Our answer to the word. Parameters: id, conversation, channel, identity, body, search text. */
export const answerWord: Statement = {
  name: 'opt-out-answer',
  text: `
insert into message (id, conversation_id, channel_id, identity_id, direction, author, kind, body, search_text, delivery)
values ($1, $2, $3, $4, 'out', 'system', 'text', $5, $6, 'queued') returning seq`,
};

/** Parameters: opt-out, our answer to it. */
export const markTold: Statement = {
  name: 'opt-out-told',
  text: 'update opt_out set told_at = clock_timestamp(), answer_id = $2 where id = $1',
};

export const markEndTold: Statement = {
  name: 'opt-out-end-told',
  text: 'update opt_out set end_told_at = clock_timestamp(), told_at = coalesce(told_at, clock_timestamp()) where id = $1',
};

/** Whoever stopped is not talked with any more. Parameters: conversation, channel, the wish. */
export const stopBots: Statement = {
  name: 'opt-out-stop-bots',
  text: `
insert into bot_event (conversation_id, session_id, key, kind)
select s.conversation_id, s.id, 'stopped:' || $3, 'stopped' from bot_session s
where s.conversation_id = $1 and s.channel_id = $2 and s.status in ('active', 'waiting')
on conflict do nothing`,
};
