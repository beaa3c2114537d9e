import { v7 as uuid } from 'uuid';
import { isRoleAddress, type Sql } from '#channels';

interface Candidate {
  kind: 'email' | 'phone' | 'similar_email' | 'name';
  value: string;
  people: string[];
  names: string[];
}

/** More people than this share no address as one person. */
const mostOfOne = 10;

/** Whoever has a matter is somebody, whether or not a file tells of them; and what belongs to no matter is nobody's. */
const complete = [
  `insert into history_person (import_id, key)
   select distinct t.import_id, t.person from history_ticket t where t.import_id = $1 on conflict do nothing`,
  `with lost as (
     delete from history_message m where m.import_id = $1 and not exists (
       select 1 from history_ticket t where t.import_id = m.import_id and t.key = m.ticket) returning m.key)
   insert into history_fault (import_id, file, record, part, code)
   select $1, 0, 0, 'message ' || key, 'no_ticket' from lost order by key limit 10000`,
  `update history_person p set root = p.key where p.import_id = $1 and (not p.is_staff or exists (
     select 1 from history_ticket t where t.import_id = p.import_id and t.person = p.key))`,
];

const coming = 'p.import_id = $1 and p.root is not null';

/** The same address, one that a mailbox takes for the same, or the same full name. */
const candidates = `
select 'email' as kind, e.one as value, array_agg(p.key order by p.key) as people, array_agg(distinct p.name_key) as names
from history_person p cross join lateral unnest(p.emails) e(one) where ${coming} group by e.one having count(*) > 1
union all
select 'phone', f.one, array_agg(p.key order by p.key), array_agg(distinct p.name_key)
from history_person p cross join lateral unnest(p.phones) f(one) where ${coming} group by f.one having count(*) > 1
union all
select 'similar_email', address_variant('email', e.one), array_agg(distinct p.key), array_agg(distinct p.name_key)
from history_person p cross join lateral unnest(p.emails) e(one) where ${coming}
group by address_variant('email', e.one) having count(distinct e.one) > 1 and count(distinct p.key) > 1
union all
select 'name', p.name_key, array_agg(p.key order by p.key), array[p.name_key]
from history_person p where ${coming} and p.name_key ~ '\\S\\s+\\S' group by p.name_key having count(*) > 1`;

/**
 * Says who of the files may be one. Who has the same address comes as one, for that is how customers are told apart here; an address of a
 * role, a telephone of people with different names, an alike address and an equal name are doubtful, and are left apart until somebody
 * says otherwise.
 */
export async function concludeReading(tx: Sql, id: string): Promise<void> {
  for (const statement of complete) {
    await tx.query(statement, [id]);
  }
  const found = await tx.query<Candidate & Record<string, unknown>>(candidates, [id]);
  await tx.query('delete from history_match where import_id = $1', [id]);
  await tx.query(
    `insert into history_match (id, import_id, kind, value, people, is_joined)
     select t.id, $1, t.kind, t.value, t.people, t.joined
     from jsonb_to_recordset($2::jsonb) as t(id uuid, kind text, value text, people text[], joined boolean)`,
    [id, JSON.stringify(withoutRepeats(found).map((one) => ({ id: uuid(), ...one, joined: comesAsOne(one) })))],
  );
  await joinPeople(tx, id);
}

export function comesAsOne({ kind, value, people, names }: Candidate): boolean {
  const called = names.filter((name) => name !== '');
  if (people.length > mostOfOne || (kind === 'email' && isRoleAddress(value))) {
    return false;
  }
  return kind === 'email' || (kind === 'phone' && called.length <= 1);
}

/** People whom an address joins already are not asked about by their name once more. */
function withoutRepeats(found: readonly Candidate[]): Candidate[] {
  const joined = new Set(found.filter(comesAsOne).map(({ people }) => people.join('\n')));
  return found.filter((one) => comesAsOne(one) || !joined.has(one.people.join('\n')));
}

const lowerRoots = `
with low as (
  select m.people, min(p.root) as root from history_match m
  join history_person p on p.import_id = m.import_id and p.key = any (m.people)
  where m.import_id = $1 and m.is_joined group by m.id)
update history_person p set root = w.root
from (select one.key, min(low.root) as root from low cross join lateral unnest(low.people) one(key) group by one.key) w
where p.import_id = $1 and p.key = w.key and p.root > w.root
returning 1`;

/** Gives all who come as one the same root, however long the chain between them is. */
export async function joinPeople(tx: Sql, id: string): Promise<void> {
  await tx.query('update history_person set root = key where import_id = $1 and root <> key', [id]);
  while ((await tx.query(lowerRoots, [id])).length > 0) {
    // Each round carries the lowest key one match further.
  }
  await tx.query(
    `update history_import i
     set people = (select count(distinct p.root) from history_person p where p.import_id = i.id),
         tickets = (select count(*) from history_ticket t where t.import_id = i.id),
         messages = (select count(*) from history_message m where m.import_id = i.id),
         refused = (select count(*) from history_fault f where f.import_id = i.id)
     where i.id = $1`,
    [id],
  );
}
