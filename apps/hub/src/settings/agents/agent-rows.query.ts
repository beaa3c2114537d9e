/** Colleagues as everybody sees them. */
export const agentViews = `
select a.id, a.name, a.role, a.status,
       exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp()) as present
from agent a`;

/** The link that was made last says how it stands. */
const invitation = `case when a.invited_at is not null then coalesce(
  (select jsonb_build_object('state', case when l.revoked_at is not null then 'revoked' when l.expires_at <= clock_timestamp() then 'expired' else 'open' end,
                             'expiresAt', l.expires_at, 'mailed', l.mailed_at is not null)
   from account_link l where l.agent_id = a.id and l.kind = 'invite' order by l.made_at desc limit 1),
  '{"state": "none", "expiresAt": null, "mailed": false}') end`;

const capOf = (name: string): string =>
  `coalesce((select c.cap from agent_capacity c where c.agent_id = a.id and c.class = '${name}'), class_cap('${name}'))`;

/** Accounts with all that administrators set up of them. */
export const agentSettings = `
select a.id, a.name, a.role, a.own_role_id as "ownRoleId", a.status, a.version, a.email, a.locale, a.disabled_at is not null as disabled, a.last_login_at as "lastLoginAt",
       a.totp_since is not null as "secondFactor", ${invitation} as invitation,
       exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp()) as present,
       coalesce((select jsonb_agg(jsonb_build_object('queueId', m.queue_id, 'level', m.level) order by q.name, q.id)
                 from queue_member m join queue q on q.id = m.queue_id where m.agent_id = a.id and q.retired_at is null), '[]') as queues,
       coalesce((select jsonb_agg(jsonb_build_object('skillId', k.skill_id, 'level', k.level) order by s.name, s.id)
                 from agent_skill k join skill s on s.id = k.skill_id where k.agent_id = a.id), '[]') as skills,
       a.calendar_id as "calendarId", a.cap_units as "capUnits", a.used_units as "usedUnits",
       case when a.phone_kind is not null then jsonb_build_object('kind', a.phone_kind, 'address', a.phone_address) end as phone,
       jsonb_build_object('voice', ${capOf('voice')}, 'chat', ${capOf('chat')}, 'async', ${capOf('async')}) as caps
from agent a`;

/** The queues of an agent ($1) as they should be ($2). Those that are retired stay as they are: who may read them does not change. */
export const setQueues = `
with wanted as (select m."queueId" as queue_id, m.level from jsonb_to_recordset($2::jsonb) as m("queueId" uuid, level smallint)),
gone as (
  delete from queue_member m using queue q
  where m.agent_id = $1 and q.id = m.queue_id and q.retired_at is null and m.queue_id not in (select queue_id from wanted))
insert into queue_member as m (queue_id, agent_id, level) select w.queue_id, $1, w.level from wanted w
on conflict (queue_id, agent_id) do update set level = excluded.level where m.level <> excluded.level`;

/** The skills of an agent ($1) as they should be ($2). */
export const setSkills = `
with wanted as (select k."skillId" as skill_id, k.level from jsonb_to_recordset($2::jsonb) as k("skillId" uuid, level smallint)),
gone as (delete from agent_skill k where k.agent_id = $1 and k.skill_id not in (select skill_id from wanted))
insert into agent_skill as k (agent_id, skill_id, level) select $1, w.skill_id, w.level from wanted w
on conflict (agent_id, skill_id) do update set level = excluded.level where k.level <> excluded.level`;

/** The caps of an agent ($1) that are named ($2: by class). What is in use is counted by the assignments themselves. */
export const setCaps = `
insert into agent_capacity (agent_id, class, cap)
select $1, c.key, c.value::int from jsonb_each_text($2::jsonb) c
on conflict (agent_id, class) do update set cap = excluded.cap`;
