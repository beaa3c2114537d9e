import type { Sql } from '#channels';
import type { CompanyView, HubStartView, StartView } from '#contract';

/** Where the wizard stands, with what is really there. Every question ends at its first row, by a key. */
export const hubStart = `
select (select value from setting where key = 'company') as company,
       coalesce((select value -> 'skipped' from setting where key = 'start'), '[]') as skipped,
       (select value ->> 'at' from setting where key = 'start') as at,
       (select jsonb_build_object('id', id, 'kind', kind, 'name', name) from channel
        where enabled and not demo order by created_at, id limit 1) as channel,
       (select jsonb_build_object('conversation', m.conversation_id) from channel c cross join lateral (
          select conversation_id from message where channel_id = c.id and external_id is not null and direction = 'in' limit 1) m
        where not c.demo limit 1) as message,
       exists (select from agent where id <> $1 and not demo and disabled_at is null) as colleague,
       exists (select from queue where calendar_id is not null and retired_at is null and not demo) as hours,
       exists (select from canned_reply) as "cannedReply"`;

export type HubStartRow = HubStartView & Record<string, unknown>;

export const ownStart = `select coalesce(first_steps -> 'done', '[]') as done, coalesce((first_steps ->> 'dismissed')::boolean, false) as dismissed
from agent where id = $1`;

export type OwnStartRow = StartView['mine'] & Record<string, unknown>;

/** Adds what was tried ($2, or null) and whether it is over ($3, or null) to what two windows may tell at once. */
export const keepOwnStart = `
update agent set first_steps = first_steps
  || case when $2::text is null or coalesce(first_steps -> 'done', '[]') ? $2 then '{}'
          else jsonb_build_object('done', coalesce(first_steps -> 'done', '[]') || to_jsonb($2::text)) end
  || case when $3::boolean is null then '{}' else jsonb_build_object('dismissed', $3::boolean) end
where id = $1`;

/** Where the wizard is left ($1, or null), and a step left for later ($2, or null). */
export const keepWizard = `
insert into setting (key, value)
values ('start', jsonb_strip_nulls(jsonb_build_object('at', $1::text)) || jsonb_build_object('skipped', case when $2::text is null then '[]' else jsonb_build_array($2::text) end))
on conflict (key) do update set changed_at = clock_timestamp(), value = setting.value
  || case when $1::text is null then '{}' else jsonb_build_object('at', $1::text) end
  || case when $2::text is null or coalesce(setting.value -> 'skipped', '[]') ? $2 then '{}'
          else jsonb_build_object('skipped', coalesce(setting.value -> 'skipped', '[]') || to_jsonb($2::text)) end`;

const writeCompany = `
insert into setting (key, value) values ('company', $1)
on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()`;

export async function keepCompany(sql: Sql, company: CompanyView): Promise<void> {
  await sql.query(writeCompany, [JSON.stringify(company)]);
}

/** Whose hub it is; null before somebody said so. */
export async function readCompany(sql: Sql): Promise<CompanyView | null> {
  const [row] = await sql.query<{ value: CompanyView }>(`select value from setting where key = 'company'`);
  return row?.value ?? null;
}
