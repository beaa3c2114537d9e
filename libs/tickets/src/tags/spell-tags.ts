import { matchKey, storableText } from '#channels';
import type { Sql } from '#channels';

interface KnownTag {
  key: string;
  name: string;
}

/**
 * Tags as they are kept: each in the spelling in which it is known, or by the name that it was renamed to, once. What nobody used before is
 * known from now on. Words that fold to nothing are no tags.
 */
export async function spellTags(sql: Sql, tags: readonly string[]): Promise<string[]> {
  const named = nameTags(tags);
  if (named.length > 0) {
    // In the order of their keys, as every writer: two who bring the same new tags must not wait for each other.
    await sql.query(
      `insert into tag (key, name) select * from unnest($1::text[], $2::text[]) t(key, name) order by t.key on conflict do nothing`,
      [named.map(({ key }) => key), named.map(({ name }) => name)],
    );
  }
  return spellKnown(sql, named);
}

/** The same, and changes nothing: what nobody used before is spelled as it was written. */
export function readTags(sql: Sql, tags: readonly string[]): Promise<string[]> {
  return spellKnown(sql, nameTags(tags));
}

/** The first spelling of each wins. */
function nameTags(tags: readonly string[]): KnownTag[] {
  const wanted = tags.map((tag) => storableText(tag).trim()).map((name) => ({ name, key: matchKey(name) }));
  return [...new Map(wanted.toReversed().map((tag) => [tag.key, tag])).values()]
    .toReversed()
    .filter(({ key }) => key !== '');
}

async function spellKnown(sql: Sql, named: readonly KnownTag[]): Promise<string[]> {
  if (named.length === 0) {
    return [];
  }
  const known = await sql.query<KnownTag & Record<string, unknown>>(
    `select t.key, coalesce(other.name, t.name) as name from tag t left join tag other on other.key = t.moved_to where t.key = any ($1)`,
    [named.map(({ key }) => key)],
  );
  const spelled = new Map(known.map(({ key, name }) => [key, name]));
  return [...new Set(named.map(({ key, name }) => spelled.get(key) ?? name))];
}
