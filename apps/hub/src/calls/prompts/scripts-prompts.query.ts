import type { Script } from '#bots';
import type { Sql } from '#channels';
import { checkSource } from '../../bots/scripts/check-source.js';
import { answeringBodies } from '../../bots/scripts/live-version.query.js';
import type { ScriptsPrompts } from './list-prompts.js';
import { scriptPrompts } from './prompt-needs.js';

const scripts = `
select s.key, s.source, 
  coalesce((select jsonb_agg(answers.body) from (${answeringBodies('s.id')}) answers), '[]') as bodies
from script s where s.removed_at is null order by s.key nulls last, s.id`;

/** What the scripts for the phone play: what answers now or is to, and their drafts. */
export async function scriptsPrompts(sql: Sql): Promise<ScriptsPrompts[]> {
  const rows = await sql.query<{ key: string | null; source: string; bodies: Script[] }>(scripts);
  return rows.map(({ key, source, bodies }) => {
    const draft = checkSource(source, {}).script;
    const all = [...bodies, ...(draft ? [draft] : [])].filter(({ channels }) => channels.includes('voice'));
    return { key: key ?? draft?.id ?? '', prompts: all.flatMap(scriptPrompts) };
  });
}
