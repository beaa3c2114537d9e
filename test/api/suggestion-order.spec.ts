import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MergePreview, SuggestionsView } from '#contract';
import { freshMail, freshPhone, PeopleDesk } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

it('an address that two share is suggested first, however many colleagues have the same name', async () => {
  const { database } = desk.hub;
  const known = await desk.hear({ address: freshPhone(), name: 'Sara' });
  const address = freshMail();
  await desk.customer(known.customer, '/identities', { body: { kind: 'email', address } });
  const writer = await desk.hear({ kind: 'email', address, trust: 'unauthenticated' }, desk.mail);
  await database.query(`update customer set fields = '{"company": "Factory"}' where id = $1`, [known.customer]);
  await database.query(
    `with k as (insert into customer (id, name, name_key, fields)
     select ('ffffffff-ffff-7fff-8fff-' || lpad(to_hex(n), 12, '0'))::uuid, k.name, k.name_key, k.fields
     from customer k, generate_series(1, 150) n where k.id = $1 returning id)
     insert into conversation (id, customer_id) select gen_random_uuid(), k.id from k`,
    [known.customer],
  );
  const { people } = (await desk.customer<SuggestionsView>(known.customer, '/suggestions', {}, desk.admin)).body;
  expect(people).toHaveLength(20);
  expect(people[0]).toMatchObject({ conversation: writer.conversation, reasons: [{ kind: 'same_claim', address }] });
});

/** People who have nothing to do with each other but what `fill` gives them; those with higher ids are suggested first. */
async function buildCrowd(count: number, start: number, fill: (id: string) => [statement: string, values: unknown[]]) {
  const ids = Array.from(
    { length: count },
    (_, n) => `ffffffff-ffff-7fff-9fff-${(start + n).toString(16).padStart(12, '0')}`,
  );
  for (const id of ids) {
    await desk.hub.database.transaction(async (tx) => {
      await tx.query('insert into customer (id) values ($1)', [id]);
      await tx.query('insert into conversation (id, customer_id) values (gen_random_uuid(), $1)', [id]);
      await tx.query(...fill(id));
    });
  }
}

const claims = (id: string, address: string): [string, unknown[]] => [
  `insert into identity_claim (id, customer_id, kind, address, source) values (gen_random_uuid(), $1, 'email', $2, 'typed')`,
  [id, address],
];

it('a mailbox of a role that half the world claims takes nobody’s place', async () => {
  const one = await desk.hear({ address: freshPhone() });
  const type = (address: string) => desk.customer(one.customer, '/identities', { body: { kind: 'email', address } });
  await type('info@crowd.test');
  await type('mina@crowd.test');
  await buildCrowd(120, 1_000, (id) => claims(id, 'info@crowd.test'));
  await buildCrowd(3, 0, (id) => claims(id, 'mina@crowd.test'));
  const { people } = (await desk.customer<SuggestionsView>(one.customer, '/suggestions', {}, desk.admin)).body;
  expect(people.map(({ reasons }) => reasons)).toEqual(
    Array(3).fill([{ kind: 'same_claim', address: 'mina@crowd.test' }]),
  );
});

it('those whom the reader may not read, and those who were dismissed, take nobody’s place', async () => {
  const one = await desk.hear({ address: freshPhone() });
  const address = freshMail();
  await desk.customer(one.customer, '/identities', { body: { kind: 'email', address } });
  await buildCrowd(230, 10_000, (id) => claims(id, address));
  const readable = [];
  for (let n = 0; n < 2; n++) {
    const other = await desk.hear({ address: freshPhone() });
    await desk.customer(other.customer, '/identities', { body: { kind: 'email', address } });
    readable.push(other.conversation);
  }
  const seen = async (caller = desk.agent) =>
    (await desk.customer<SuggestionsView>(one.customer, '/suggestions', {}, caller)).body.people.map(
      ({ conversation }) => conversation,
    );
  expect((await seen()).toSorted()).toEqual(readable.toSorted());
  const all = await seen(desk.admin);
  expect(all).toHaveLength(20);
  await desk.hub.database.query(
    `insert into suggestion_dismissal (a, b, reasons, actor_id)
     select least(k.id, $1), greatest(k.id, $1), array['same_claim ' || $2::text], $3 from customer k
     where k.id::text like 'ffffffff-ffff-7fff-9fff-%'`,
    [one.customer, address, desk.agentId],
  );
  expect((await seen(desk.admin)).toSorted()).toEqual(readable.toSorted());
});

it('what speaks for two is told although many others come first', async () => {
  const [one, other] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
  const address = freshMail();
  for (const { customer } of [one, other]) {
    await desk.customer(customer, '/identities', { body: { kind: 'email', address } });
  }
  await buildCrowd(120, 20_000, (id) => claims(id, address));
  const preview = await desk.customer<MergePreview>(one.customer, '/merge-preview', { body: { into: other.customer } });
  expect(preview.body.reasons).toEqual([{ kind: 'same_claim', address }]);
});
