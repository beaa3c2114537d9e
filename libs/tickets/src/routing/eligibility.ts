/**
 * Parts of SQL that say who can be given what. Every statement of routing is made of them, so all of them mean the same; policy.ts says
 * it without a database. Names of rows go in, conditions come out.
 */

const now = 'clock_timestamp()';

/** An agent who works at this moment: online by their own word, present by a lease, within their shift. All by the database's clock. */
export function isThere(agent: string, isOpen = `calendar_open(${agent}.calendar_id, ${now})`): string {
  return `${agent}.status = 'online' and ${agent}.disabled_at is null
    and exists (select 1 from agent_presence p where p.agent_id = ${agent}.id and p.lease_until > ${now})
    and (${agent}.calendar_id is null or ${isOpen})`;
}

/** The agent is a member of one of the item's queues, on a level that its ring has reached. */
export function serves(agent: string, item: string): string {
  return `exists (select 1 from queue_member m where m.agent_id = ${agent}.id and m.level <= ${item}.ring
    and (m.queue_id = ${item}.queue_id or m.queue_id = any (${item}.also_queues)))`;
}

/** The agent has all skills of the item, each on its level at least. */
export function hasSkills(agentId: string, item: string): string {
  return `(${item}.skill_ids = '{}' or cardinality(${item}.skill_ids) = (
    select count(*) from agent_skill s
    where s.agent_id = ${agentId} and s.skill_id = any (${item}.skill_ids) and s.level >= ${item}.skill_level))`;
}

/**
 * The agent can be rung: a call goes to nobody without a phone. A class of work goes in, of which only calls ask for it.
 */
export function hasPhone(agent: string, ofClass: string): string {
  return `(${ofClass} <> 'voice' or ${agent}.phone_address is not null)`;
}

/** Units that are taken when a class of work comes on top: what is answered in its own time makes way for a call. */
export function unitsBeside(agent: string, nextClass: string): string {
  return `(case when ${nextClass} = 'voice' then 0 else ${agent}.used_units end)`;
}

/** The agent talks on the line at this moment. A call whose end nobody told does not keep them from the next one for ever. */
function isTalking(agent: string): string {
  return `coalesce(${agent}.talking_since > ${now} - interval '4 hours', false)`;
}

/** The item fits into what the agent has left, in units and in its class. */
export function hasRoom(agent: string, item: string): string {
  return `${unitsBeside(agent, `${item}.class`)} + ${item}.weight <= ${agent}.cap_units
    and coalesce((select c.used < coalesce(c.cap, class_cap(c.class)) from agent_capacity c
                  where c.agent_id = ${agent}.id and c.class = ${item}.class), true)
    and ${isQuiet(agent, `${item}.class`)}`;
}

/** Nobody gets a call beside a chat, and beside a call only what is answered in its own time: for as long as they talk. */
export function isQuiet(agent: string, nextClass: string): string {
  return `(${nextClass} = 'async' or not ${isTalking(agent)} and not exists (
    select 1 from agent_capacity t
    where t.agent_id = ${agent}.id and t.used > 0 and (t.class = 'voice' or (t.class = 'chat' and ${nextClass} = 'voice'))))`;
}

/** How long an item waits for the agent it prefers, in seconds. */
export function stickySecs(queue: string, item: string): string {
  return `coalesce(${queue}.sticky_secs, case ${item}.class when 'chat' then 60 else 0 end)`;
}

/** A queue from which work is given at this moment. */
export function isServing(queue: string, isOpen = `calendar_open(${queue}.calendar_id, ${now})`): string {
  return `(${queue}.out_of_hours = 'route' or ${queue}.calendar_id is null or ${isOpen})`;
}
