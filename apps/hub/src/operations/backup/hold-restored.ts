import type { Sql } from '#channels';
import type { HeldBackKind } from '#contract';
import { settleRestored } from '../../database/settle-restored.js';
import { recordAct } from '../../auth/record-act.js';
import { markDue } from '../../supervision/reports/schedules/mark-due.js';

/** What was on its way out when the backup was made. The hub that it was made of went on, and may have done all of it. */
export interface HeldBack {
  what: HeldBackKind;
  count: number;
  words: string;
  /** What somebody does about it. */
  advice: string;
}

interface Hold extends Omit<HeldBack, 'count'> {
  statement: string;
}

const whyNot =
  'This was waiting when the backup was made that Peyk was restored from. It may have been sent or done since.';

/** Each returns a row for everything that it held back. In the order in which locks are taken: conversations first. */
const holds: Hold[] = [
  {
    what: 'messages',
    words: 'messages became unconfirmed: they may or may not have left',
    advice:
      'Look whether they arrived (the list is below, and each shows it in its conversation); send again only if not.',
    statement: `
with held as (
  update delivery set state = 'unconfirmed', error_code = 'restored', error = '${whyNot}'
  where state in ('queued', 'sending') returning id, conversation_id, seq),
talks as materialized (
  select c.id from conversation c where c.id in (select conversation_id from held) order by c.id for no key update),
shown as (
  update message m set delivery = 'unconfirmed' from held, talks
  where m.conversation_id = held.conversation_id and m.seq = held.seq and talks.id = m.conversation_id and m.delivery = 'queued')
select id from held`,
  },
  {
    what: 'unwritten',
    words: 'messages that their writers could still take back were not written',
    advice: 'Their writers see them above the composer and send or discard them.',
    statement: `
update held_message set state = 'failed', claimed_until = null, code = 'restored', problem = '${whyNot}' where state = 'held' returning id`,
  },
  {
    what: 'outreach',
    words: 'outreach was paused',
    advice: 'Compare with what people got since the backup, and resume or stop each.',
    statement: `
update outreach set state = 'paused', feeder = null, feeder_until = null, version = version + 1, changed_at = clock_timestamp()
where state = 'running' or (state = 'scheduled' and next_at <= clock_timestamp()) returning id`,
  },
  {
    what: 'surveys',
    words: 'surveys that were due are not asked',
    advice: 'Nothing: those who were not asked are left alone.',
    statement: `update survey_ask set state = 'skipped', why = 'restored' where state = 'due' and due_at <= clock_timestamp() returning id`,
  },
  {
    what: 'rules',
    words: 'runs of rules were left out',
    advice: 'Look at the tickets that they were about, under Rules, History.',
    statement: `update rule_run set state = 'refused', code = 'restored', detail = '${whyNot}' where state = 'due' returning id`,
  },
  {
    what: 'bot-words',
    words: 'words of customers were not answered by a bot',
    advice: 'The bot goes on when the customer writes again; anybody may answer before.',
    statement: `update bot_event set state = 'done' where state = 'ready' returning position`,
  },
  {
    what: 'bot-acts',
    words: 'lookups and acts of bots were left out',
    advice: 'Nothing, unless a customer says that a bot stopped in the middle.',
    statement: `update bot_effect set state = 'failed', ended_at = clock_timestamp() where state in ('ready', 'running') returning session_id`,
  },
  {
    what: 'bot-wakes',
    words: 'bots that were about to speak by themselves stay silent',
    advice: 'Nothing: they go on when the customer writes.',
    statement: `
update bot_session set wake_at = null
where status in ('active', 'waiting', 'handed_off') and wake_at <= clock_timestamp() returning id`,
  },
  {
    what: 'bulk',
    words: 'tickets of bulk changes under way were left as they are',
    advice: 'Whoever asked for it looks at those tickets, and asks again for those that still need it.',
    statement: `
with skipped as (
  update bulk_item set outcome = 'skipped', code = 'restored', problem = '${whyNot}' where outcome is null returning run_id),
kept as (
  update bulk_item set undo = 'left', code = 'restored', problem = '${whyNot}' where undo = 'due' returning run_id),
ended as (
  update bulk_run set state = case state when 'running' then 'done' else 'undone' end, claimed_until = null,
    finished_at = coalesce(finished_at, clock_timestamp())
  where state in ('running', 'undoing'))
select run_id from skipped union all select run_id from kept`,
  },
  {
    what: 'reports',
    words: 'reports were not mailed',
    advice: 'Send what is missing under Reports, Schedules.',
    // Times that passed since are due by then like those that were due.
    statement: `
update report_sending set state = 'failed', why = 'restored', ended_at = clock_timestamp() where state = 'due' returning id`,
  },
  {
    what: 'waits',
    words: 'people who wait in line are not told again where they stand',
    advice: 'Nothing: they are in line as they were.',
    statement: `
insert into wait_notice (work_item_id, conversation_id, mute)
select w.id, t.conversation_id, 'restored' from work_item w join ticket t on t.id = w.ticket_id
where w.state in ('queued', 'offered')
on conflict (work_item_id) do update set mute = 'restored' where wait_notice.mute is null
returning work_item_id`,
  },
  {
    what: 'idle-tickets',
    words: 'tickets wait for their customers from the beginning, before anybody is told that they close',
    advice: 'Nothing, unless they should be solved sooner.',
    statement: `
update ticket t set pending_since = clock_timestamp() from queue q
where q.id = t.queue_id and t.state = 'pending' and q.idle_days is not null
  and greatest(t.pending_since, t.last_message_at) <= clock_timestamp() - (q.idle_days - q.idle_warn_days) * interval '1 day'
returning t.id`,
  },
];

/** Nothing of these is anybody's work: what they were for is over. Sessions that were ended after the backup must not live again. */
const clearings = [
  `delete from push_due`,
  `delete from agent_presence`,
  `delete from visitor_presence`,
  // Nobody is on those lines any more.
  `update call_transfer set state = 'failed', settled_at = clock_timestamp() where state = 'asked'`,
  `update account_lease set lease_until = clock_timestamp()`,
  `update session set revoked_at = clock_timestamp() where revoked_at is null and agent_id is not null`,
  // A link that was not used when the backup was made may have been used since.
  `update account_link set revoked_at = clock_timestamp() where used_at is null and revoked_at is null`,
  `update sign_in_step set ended_at = clock_timestamp() where ended_at is null`,
  // Rules that wait for idle tickets count what becomes due from now on.
  `update rule set since = clock_timestamp() where enabled and event = 'idle'`,
  // What rules had not read yet was followed by the hub that went on.
  `update fact_cursor set xid = '0', position = coalesce((select max(position) from event_log), 0) where reader = 'rules'`,
];

export interface HeldMessages {
  heldBack: HeldBack[];
  messages: { conversationId: string; seq: number; channel: string; createdAt: Date }[];
}

const unconfirmed = `
select d.conversation_id as "conversationId", d.seq, c.name as channel, d.created_at as "createdAt"
from delivery d join channel c on c.id = d.channel_id where d.state = 'unconfirmed' and d.error_code = 'restored'
order by d.created_at, d.id`;

/**
 * Makes a restored database fit to go on: nothing that the hub it was made of may have sent since is sent again, nothing is leased,
 * nobody is signed in, and readers of the log follow the new server's count. In the transaction that restores.
 */
export async function holdRestored(tx: Sql, backup: { madeAt: string }): Promise<HeldMessages> {
  for (let isBehind = true; isBehind;) {
    isBehind = await markDue(tx);
  }
  const heldBack: HeldBack[] = [];
  for (const { statement, ...hold } of holds) {
    const count = (await tx.query(statement)).length;
    heldBack.push(...(count > 0 ? [{ ...hold, count }] : []));
  }
  await settleRestored(tx);
  for (const statement of clearings) {
    await tx.query(statement);
  }
  const { madeAt } = backup;
  const noted = { madeAt, heldBack: heldBack.map(({ what, count }) => ({ what, count })) };
  await tx.query(
    `insert into setting (key, value) values ('restored', $1) on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()`,
    [JSON.stringify(noted)],
  );
  const details = { madeAt, heldBack: heldBack.map(({ words, count }) => `${String(count)} ${words}`) };
  await recordAct(tx, { actorId: null, action: 'hub.restored', subject: 'hub', details });
  return { heldBack, messages: await tx.query<HeldMessages['messages'][number]>(unconfirmed) };
}
