import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SuggestionsView } from '#contract';
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
