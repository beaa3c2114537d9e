import type { Sql } from '#channels';
import { settleRestored } from '../../database/settle-restored.js';
import { recordAct } from '../../auth/record-act.js';

/** What was on its way out when the backup was made. The hub that it was made of went on, and may have done all of it. */
export interface HeldBack {
  what: string;
  count: number;
  /** What somebody does about it. */
  advice: string;
}

interface Hold {
  what: string;
  advice: string;
  statement: string;
}

const words =
  'This was waiting to leave when the backup was made that Peyk was restored from. It may have left after it.';

/** Each returns a row for everything that it held back. In the order in which locks are taken: conversations first. */
const holds: Hold[] = [
  {
    what: 'messages became unconfirmed: they may or may not have left',
    advice:
      'Look whether they arrived (the list is below, and each shows it in its conversation); send again only if not.',
    statement: `
with held as (
  update delivery set state = 'unconfirmed', error_code = 'restored', error = '${words}'
  where state in ('queued', 'sending') returning id, conversation_id, seq),
talks as materialized (
  select c.id from conversation c where c.id in (select conversation_id from held) order by c.id for no key update),
shown as (
  update message m set delivery = 'unconfirmed' from held, talks
  where m.conversation_id = held.conversation_id and m.seq = held.seq and talks.id = m.conversation_id and m.delivery = 'queued')
select id from held`,
  },
  {
    what: 'messages that their writers could still take back were not written',
    advice: 'Their writers see them above the composer and send or discard them.',
    statement: `
update held_message set state = 'failed', claimed_until = null, code = 'restored', problem = '${words}' where state = 'held' returning id`,
  },
  {
    what: 'outreach was paused',
    advice: 'Compare with what people got since the backup, advice resume or stop each one.',
    statement: `
update outreach set state = 'paused', feeder = null, feeder_until = null, version = version + 1, changed_at = clock_timestamp()
where state = 'running' or (state = 'scheduled' and next_at <= clock_timestamp()) returning id`,
  },
  {
    what: 'surveys that were due are not asked',
    advice: 'Nothing: those who were not asked are left alone.',
    statement: `update survey_ask set state = 'skipped', why = 'restored' where state = 'due' and due_at <= clock_timestamp() returning id`,
  },
  {
    what: 'runs of rules were left out',
    advice: 'Look at the tickets that they were about, under Rules, History.',
    statement: `update rule_run set state = 'refused', code = 'restored', detail = '${words}' where state = 'due' returning id`,
  },
  {
    what: 'words of customers were not answered by a bot',
    advice: 'The bot goes on when the customer writes again; anybody may answer before.',
    statement: `update bot_event set state = 'done' where state = 'ready' returning position`,
  },
  {
    what: 'lookups and acts of bots were left out',
    advice: 'Nothing, unless a customer says that a bot stopped in the middle.',
    statement: `update bot_effect set state = 'failed', ended_at = clock_timestamp() where state in ('ready', 'running') returning session_id`,
  },
  {
    what: 'bots that were about to speak by themselves stay silent',
    advice: 'Nothing: they go on when the customer writes.',
    statement: `
update bot_session set wake_at = null
where status in ('active', 'waiting', 'handed_off') and wake_at <= clock_timestamp() returning id`,
  },
];

/** Nothing of these is anybody's work: what they were for is over. Sessions that were ended after the backup must not live again. */
const clearings = [
  `delete from push_due`,
  `delete from agent_presence`,
  `delete from visitor_presence`,
  `update account_lease set lease_until = clock_timestamp()`,
  `update session set revoked_at = clock_timestamp() where revoked_at is null and agent_id is not null`,
  // A link that was not used when the backup was made may have been used since.
  `update account_link set revoked_at = clock_timestamp() where used_at is null and revoked_at is null`,
  `update sign_in_step set ended_at = clock_timestamp() where ended_at is null`,
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
  const heldBack: HeldBack[] = [];
  for (const { what, advice, statement } of holds) {
    const count = (await tx.query(statement)).length;
    heldBack.push(...(count > 0 ? [{ what, count, advice }] : []));
  }
  await settleRestored(tx);
  for (const statement of clearings) {
    await tx.query(statement);
  }
  const details = { madeAt: backup.madeAt, heldBack: heldBack.map(({ what, count }) => `${String(count)} ${what}`) };
  await tx.query(
    `insert into setting (key, value) values ('restored', $1) on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()`,
    [JSON.stringify(details)],
  );
  await recordAct(tx, { actorId: null, action: 'hub.restored', subject: 'hub', details });
  return { heldBack, messages: await tx.query<HeldMessages['messages'][number]>(unconfirmed) };
}
