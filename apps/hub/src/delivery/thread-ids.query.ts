import type { Sql, Statement } from '#channels';

const learn: Statement = {
  name: 'thread-learn-ids',
  text: `
update thread t
set other_ids = array(
  select newest.id from (
    select known.id, known.n
    from unnest(t.other_ids || array(select id from unnest($2::text[]) id where id <> all (t.other_ids) limit 20))
      with ordinality as known (id, n) order by known.n desc limit 200) newest
  order by newest.n)
where t.id = $1 and not t.other_ids @> $2::text[]`,
};

/**
 * Lets a thread be found by these Message-IDs too: those that a server gave a mail of ours on its way, or that its copy in the Sent
 * folder carries.
 */
export async function learnMailIds(sql: Sql, threadId: string, mailIds: string[]): Promise<void> {
  if (mailIds.length > 0) {
    await sql.query(learn, [threadId, mailIds]);
  }
}
