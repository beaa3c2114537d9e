import type { Sql } from '#channels';

/** What a script wanted of its ticket before there was one: the tags that it gave and did not take again, in their order. */
export async function wishesOfSession(sql: Sql, sessionId: string): Promise<string[]> {
  const rows = await sql.query<{ payload: { add?: string[]; remove?: string[] } }>(
    `select payload from bot_effect where session_id = $1 and kind = 'tag' order by turn, ordinal`,
    [sessionId],
  );
  const tags = rows.reduce<string[]>((all, { payload: { add = [], remove = [] } }) => {
    return [...all, ...add].filter((tag) => !remove.includes(tag));
  }, []);
  return [...new Set(tags)];
}
