import type { Sql, Statement } from '../sql.js';

/** A message on its way out, claimed by a worker for as long as its lease runs on the database clock. */
export interface ClaimedDelivery {
  id: string;
  conversationId: string;
  seq: number;
  channelId: string;
  threadId: string | null;
  address: string;
  /** Counts claims: the fencing token. The newest claim settles; an older one only what it knows and the newer one does not. */
  attempt: number;
  /** An earlier claim ran out without a word: the provider may or may not have the message. */
  inDoubt: boolean;
  /** Parts of it that left in earlier tries. */
  sentParts: number;
}

/** How a claimed delivery ended, or when it is tried again. */
export type Settlement =
  | { state: 'sent'; providerId: string | null; delivered: boolean }
  | { state: 'unconfirmed' | 'parked' | 'failed'; code: string; error: string }
  | { state: 'queued'; code: string; error: string; delayMs: number };

/** The code of the doubt that a worker writes who found a claim open: it has sent nothing itself. */
export const interrupted = 'interrupted';

function claiming(name: string, which: string): Statement {
  return {
    name,
    text: `
with head as materialized (
  select d.id, d.state as was from delivery d
  where d.state in ('queued', 'sending') and d.due_at <= clock_timestamp() and ${which} and d.id <> all ($5::uuid[])
    and not exists (select 1 from delivery e where e.line = d.line and e.id <> d.id and e.state in ('queued', 'sending')
                    and (e.state = 'sending' or (e.seq < d.seq and (e.due_at <= clock_timestamp() or (e.only_to is null and not exists (
                      select 1 from delivery left_before where left_before.conversation_id = e.conversation_id
                        and left_before.seq = e.seq and left_before.state = 'sent'))))))
  order by d.due_at limit $3
  for update of d skip locked)
update delivery d set state = 'sending', worker = $1, attempts = d.attempts + 1,
       due_at = clock_timestamp() + $2 * interval '1 millisecond'
from head where d.id = head.id
returning d.id, d.conversation_id, d.seq, d.channel_id, d.thread_id, d.address, d.attempts, d.sent_parts, head.was`,
  };
}

const claim = claiming('delivery-claim', 'd.channel_id <> all ($4::uuid[])');
const claimPaced = claiming('delivery-claim-paced', 'd.channel_id = $4 and d.address <> all ($6::text[])');

/**
 * Claims the oldest unfinished delivery of each line that is due, at most `limit`. A line with one in flight waits, but not for a
 * message that left before and only waits to be repeated, for all or for some: its place in the order was when it first left. A claim whose lease ran out is claimed again, in doubt. Channels in `resting` (waiting to reconnect, or throttled) are left alone, and so is what
 * this worker has in hand: its lease may run out while the database is away, and its word still counts.
 */
export async function claimDeliveries(
  sql: Sql,
  worker: string,
  leaseMs: number,
  limit: number,
  resting: string[],
  inHand: string[],
): Promise<ClaimedDelivery[]> {
  const rows = await sql.query<Record<string, unknown>>(claim, [worker, leaseMs, limit, resting, inHand]);
  return rows.map(claimedOf);
}

/** The same for one account that may send so fast and no faster. Addresses in `cooling` are left alone. */
export async function claimPacedDeliveries(
  sql: Sql,
  worker: { name: string; leaseMs: number; inHand: string[] },
  account: { channelId: string; limit: number; cooling: string[] },
): Promise<ClaimedDelivery[]> {
  const { name, leaseMs, inHand } = worker;
  const { channelId, limit, cooling } = account;
  const rows = await sql.query<Record<string, unknown>>(claimPaced, [name, leaseMs, limit, channelId, inHand, cooling]);
  return rows.map(claimedOf);
}

function claimedOf(row: Record<string, unknown>): ClaimedDelivery {
  return {
    id: row['id'] as string,
    conversationId: row['conversation_id'] as string,
    seq: row['seq'] as number,
    channelId: row['channel_id'] as string,
    threadId: row['thread_id'] as string | null,
    address: row['address'] as string,
    attempt: row['attempts'] as number,
    inDoubt: row['was'] === 'sending',
    sentParts: row['sent_parts'] as number,
  };
}

const renew: Statement = {
  name: 'delivery-renew',
  text: `
update delivery set due_at = clock_timestamp() + $2 * interval '1 millisecond'
where id = any ($3::uuid[]) and worker = $1 and state = 'sending'`,
};

/** Keeps claims that a live worker still works on. One that was lost meanwhile stays lost. */
export async function renewClaims(sql: Sql, worker: string, leaseMs: number, ids: string[]): Promise<void> {
  await sql.query(renew, [worker, leaseMs, ids]);
}

/**
 * Writes an outcome on a delivery that is in the given state, and on its message. Parameters: delivery, attempt, conversation, state,
 * provider's id, code, error, delay, what the message shows.
 */
function settling(name: string, isOpenTo: string, isShown: string): Statement {
  return {
    name,
    text: `
with talk as materialized (
  select c.id, c.rev from conversation c where c.id = $3 order by c.id for no key update),
done as (
  update delivery d
  set state = $4, provider_id = coalesce($5, d.provider_id), error_code = coalesce($6, d.error_code), error = coalesce($7, d.error),
      due_at = case when $4 = 'queued' then clock_timestamp() + $8 * interval '1 millisecond' else d.due_at end
  from talk where d.id = $1 and ${isOpenTo}
  returning d.id, d.conversation_id, d.seq, d.channel_id, d.provider_id, d.created_at),
early as (
  select case when bool_or(e.external_id = 'receipt ' || done.provider_id || ' read') then 'read'
              when bool_or(e.external_id = 'receipt ' || done.provider_id || ' delivered') then 'delivered'
              when bool_or(e.external_id = 'receipt ' || done.provider_id || ' failed') then 'failed' end as state
  from done join inbound_event e on e.channel_id = done.channel_id
    and e.external_id in ('receipt ' || done.provider_id || ' read', 'receipt ' || done.provider_id || ' delivered', 'receipt ' || done.provider_id || ' failed')),
told as (
  update message m
  set delivery = coalesce((select state from early), $9), external_id = coalesce(m.external_id, done.provider_id)
  from done
  where m.conversation_id = done.conversation_id and m.seq = done.seq and ${isShown}
    and (m.delivery is distinct from coalesce((select state from early), $9) or (m.external_id is null and done.provider_id is not null))
  returning m.rev),
logged as (
  insert into event_log (type, conversation_id, subject_id, payload)
  select 'delivery.' || $4, done.conversation_id, $1, jsonb_build_object('seq', done.seq, 'code', $6::text) from done where $4 <> 'queued')
select talk.rev as since from done cross join talk`,
  };
}

const settle = settling('delivery-settle', `d.state = 'sending' and d.attempts = $2`, 'true');

/**
 * A word that comes after another worker claimed the delivery. That it left is true whatever was written meanwhile; that it did
 * not leave is worth more than the doubt of a worker that only found the claim open, and less than what a later try heard. An
 * agent's resend speaks for the message once there is one.
 */
const settleLate = settling(
  'delivery-settle-late',
  `d.attempts > $2 and case when $4 = 'sent' then d.state in ('sending', 'queued', 'unconfirmed', 'parked', 'failed')
   else d.state = 'unconfirmed' and d.error_code = '${interrupted}' end`,
  `not exists (select 1 from delivery n where n.conversation_id = done.conversation_id and n.seq = done.seq and n.id <> done.id
               and n.created_at >= done.created_at)`,
);

/**
 * Writes how a claimed delivery ended, on it and on its message. A receipt that came before the provider's own answer was kept
 * under its name and counts here. A claim that was overtaken meanwhile still says what it knows: a known outcome beats a doubt.
 * @returns the conversation's rev before; null when nothing was changed, because the word no longer counts.
 */
export async function settleDelivery(sql: Sql, delivery: ClaimedDelivery, how: Settlement): Promise<number | null> {
  const [row] = await sql.query<{ since: number }>(settle, settlingParameters(delivery, how));
  if (row) {
    return row.since;
  }
  const known = knownLate(how);
  const [late] = known ? await sql.query<{ since: number }>(settleLate, settlingParameters(delivery, known)) : [];
  return late?.since ?? null;
}

/** A doubt adds nothing to a doubt. The line has moved on, so what could be tried again waits for an agent to say so. */
function knownLate(how: Settlement): Settlement | null {
  switch (how.state) {
    case 'unconfirmed':
      return null;
    case 'queued':
      return { state: 'parked', code: how.code, error: how.error };
    case 'sent':
    case 'parked':
    case 'failed':
      return how;
  }
}

function settlingParameters(delivery: ClaimedDelivery, how: Settlement): unknown[] {
  return [
    delivery.id,
    delivery.attempt,
    delivery.conversationId,
    how.state,
    how.state === 'sent' ? how.providerId : null,
    how.state === 'sent' ? null : how.code,
    how.state === 'sent' ? null : how.error,
    how.state === 'queued' ? how.delayMs : 0,
    how.state === 'sent' && how.delivered ? 'delivered' : how.state,
  ];
}

const enqueue: Statement = {
  name: 'delivery-enqueue',
  text: `
insert into delivery (id, conversation_id, seq, channel_id, thread_id, address, mail_id, only_to) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

/** A message that is to leave, and the address it leaves for. */
export interface NewDelivery {
  id: string;
  conversationId: string;
  seq: number;
  channelId: string;
  threadId: string | null;
  address: string;
  mailId: string | null;
  /** Those of its recipients whom it is for; absent or null: all of them. */
  onlyTo?: string[] | null;
}

/** Puts a message in its line. In the transaction that wrote the message, so that neither is there without the other. */
export async function enqueueDelivery(sql: Sql, row: NewDelivery): Promise<void> {
  const { id, conversationId, seq, channelId, threadId, address, mailId, onlyTo = null } = row;
  await sql.query(enqueue, [id, conversationId, seq, channelId, threadId, address, mailId, onlyTo]);
}

/** The name under which a receipt is kept, so that each state of a sent message is told once. */
export function receiptKey(providerId: string, state: string): string {
  return `receipt ${providerId} ${state}`;
}
