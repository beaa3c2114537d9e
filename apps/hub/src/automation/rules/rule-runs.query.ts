import type { Sql, Statement } from '#channels';
import { RunBook, type Firing, type Happening, type Rule } from '#tickets';

/** Runs that were to be done within the hour before any of these happenings. Parameters: rules, tickets, from when on. */
const lately: Statement = {
  name: 'rule-runs-lately',
  text: `
select r.rule_id as "ruleId", r.target_id as "ticketId", extract(epoch from r.event_at)::float8 * 1000 as at
from rule_run r
where r.rule_id = any ($1::uuid[]) and r.target_id = any ($2::uuid[]) and r.event_at > to_timestamp($3::float8 / 1000) - interval '1 hour'
  and r.code not in ('depth', 'rate')
order by r.event_at`,
};

/** What ran lately for the tickets of these happenings. */
export async function readRunBook(
  sql: Sql,
  rules: readonly Rule[],
  happenings: readonly Happening[],
): Promise<RunBook> {
  const book = new RunBook();
  const from = happenings.reduce((earliest, { at }) => Math.min(earliest, at), Infinity);
  if (from === Infinity) {
    return book;
  }
  const rows = await sql.query<{ ruleId: string; ticketId: string; at: number }>(lately, [
    rules.map(({ id }) => id),
    [...new Set(happenings.map(({ ticket }) => ticket.id))],
    from,
  ]);
  rows.forEach(({ ruleId, ticketId, at }) => book.note(ruleId, ticketId, at));
  return book;
}

/** Writes what fired, once for each rule, event and ticket: what is there stays as it is. Parameter: firings as JSON. */
const note: Statement = {
  name: 'rule-runs-note',
  text: `
insert into rule_run (rule_id, event_position, target_id, conversation_id, depth, event_at, event_type, actor_id, why, state, code)
select f.rule, f.position, f.ticket, f.conversation, f.depth, to_timestamp(f.at / 1000), f.event, f.actor, f.why, f.state, f.code
from jsonb_to_recordset($1::jsonb) as f(
  rule uuid, position bigint, ticket uuid, conversation uuid, depth smallint, at float8, event text, actor uuid, why jsonb, state text, code text)
on conflict do nothing`,
};

export async function noteFirings(sql: Sql, firings: readonly Firing[]): Promise<void> {
  const rows = firings.map(({ rule, happening, refused, why }) => ({
    rule: rule.id,
    position: happening.position,
    ticket: happening.ticket.id,
    conversation: happening.conversationId,
    depth: happening.depth,
    at: happening.at,
    event: happening.kind,
    actor: happening.actorId,
    why,
    state: refused === null ? 'due' : 'refused',
    code: refused ?? '',
  }));
  await sql.query(note, [JSON.stringify(rows)]);
}

/** A run whose actions wait. */
export interface DueRun {
  id: string;
  ruleId: string;
  position: string;
  ticketId: string;
  conversationId: string | null;
  depth: number;
  actorId: string | null;
  attempts: number;
  enabled: boolean;
  actions: unknown;
}

/** The oldest run that is due, of those whose ticket has no older one. Another node's is passed over, and so is what waits behind it. */
const take: Statement = {
  name: 'rule-run-take',
  text: `
select r.id, r.rule_id as "ruleId", r.event_position::text as position, r.target_id as "ticketId", r.conversation_id as "conversationId",
       r.depth, r.actor_id as "actorId", r.attempts, u.enabled, u.actions
from rule_run r join rule u on u.id = r.rule_id
where r.state = 'due' and r.due_at <= clock_timestamp() and not exists (
  select 1 from rule_run o join rule ou on ou.id = o.rule_id
  where o.state = 'due' and o.target_id = r.target_id
    and (o.event_position, ou.position, o.rule_id) < (r.event_position, u.position, r.rule_id))
order by r.event_position, u.position, r.rule_id limit 1 for update of r skip locked`,
};

export async function takeDueRun(sql: Sql): Promise<DueRun | null> {
  const [run] = await sql.query<DueRun & Record<string, unknown>>(take);
  return run ?? null;
}

/** Parameters: run, state, code, detail, effects. No row: another node ended it. */
const end: Statement = {
  name: 'rule-run-end',
  text: `
update rule_run set state = $2, code = $3, detail = $4, effects = $5
where id = $1 and state = 'due' returning rule_id, target_id, conversation_id, event_position`,
};

/** How a run ended. */
export interface RunEnd {
  state: 'done' | 'refused';
  code: string;
  detail: string;
  effects: unknown[];
}

/** Ends a run and writes the fact of it. */
export async function endRun(sql: Sql, run: DueRun, { state, code, detail, effects }: RunEnd): Promise<void> {
  const ended = await sql.query(end, [run.id, state, code, detail.slice(0, 500), JSON.stringify(effects)]);
  if (ended.length === 0) {
    throw new RunEnded('another node ended it');
  }
  await sql.query(tellRun, [
    state === 'done' ? 'rule.fired' : 'rule.refused',
    run.conversationId,
    run.ticketId,
    JSON.stringify({ rule: run.ruleId, run: run.id, event: Number(run.position), ...(code !== '' && { code }) }),
  ]);
}

/** Somebody else did what was to be done; what was done here is taken back. */
export class RunEnded extends Error {}

const tellRun = `insert into event_log (type, conversation_id, subject_id, payload) values ($1, $2, $3, $4)`;

/** Facts of what was refused the moment it fired. Parameter: firings as JSON. */
export async function tellRefused(sql: Sql, firings: readonly Firing[]): Promise<void> {
  for (const { rule, happening, refused } of firings) {
    await sql.query(tellRun, [
      'rule.refused',
      happening.conversationId,
      happening.ticket.id,
      JSON.stringify({ rule: rule.id, event: Number(happening.position), code: refused }),
    ]);
  }
}

/** Parameters: run, milliseconds. */
export const putRunOff = `
update rule_run set attempts = attempts + 1, due_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1 and state = 'due'`;
