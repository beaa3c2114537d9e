import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LiveFeed } from '../../apps/hub/src/live/live-feed.service.js';
import { buildAgent } from '../support/build-rows.js';
import { buildQueue } from '../support/live-client.js';
import { freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';
import { until } from '../support/until.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

const part = (customer: string, query = '', caller = desk.agent) =>
  desk.customer<{ id: string; code?: string }>(customer, `/merge${query}`, { method: 'DELETE' }, caller);

/** Somebody who was merged twice: into one, and with that one into another. */
async function buildMerged(): Promise<[Writer, Writer, Writer]> {
  const people: Writer[] = [];
  for (let n = 0; n < 3; n++) {
    people.push(await desk.hear({ address: freshPhone() }));
  }
  const [a, b, c] = people as [Writer, Writer, Writer];
  expect((await desk.merge(a.customer, b.customer)).status).toBe(200);
  expect((await desk.merge(a.customer, c.customer)).status).toBe(200);
  return [a, b, c];
}

it('an undo that was sent twice takes back one merge, not the one before it as well', async () => {
  const [a, b, c] = await buildMerged();
  expect((await part(a.customer, `?root=${c.customer}`)).status).toBe(200);
  const second = await part(a.customer, `?root=${c.customer}`);
  expect([second.status, second.body.code]).toEqual([409, 'merge_moved']);
  expect((await desk.open(a.conversation)).id).toBe(b.conversation);
  expect((await part(a.customer, `?root=${b.customer}`)).status).toBe(200);
  expect((await desk.open(a.conversation)).id).toBe(a.conversation);
  expect((await part(a.customer, '?root=nobody')).status).toBe(422);
});

it('of two undos at once that name no root one is refused', async () => {
  const [a, b] = await buildMerged();
  const { database } = desk.hub;
  const sent: ReturnType<typeof part>[] = [];
  await database.transaction(async (tx) => {
    await tx.query('select 1 from conversation for update');
    sent.push(part(a.customer), part(a.customer));
    await until(
      () =>
        database.query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        ),
      (rows) => rows.length === 2,
    );
  });
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 409]);
  expect((await desk.open(a.conversation)).id).toBe(b.conversation);
});

it('whoever parts people and may read only who remains is answered with them, and everybody is told', async () => {
  const { database } = desk.hub;
  const built = await buildAgent(database);
  const queue = await buildQueue(database, { members: [built.id] });
  const caller = await desk.member(built.id);
  const [one, two] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
  await database.query('update ticket set queue_id = $1 where conversation_id = $2', [queue, two.conversation]);
  expect((await desk.customer(one.customer, '/merge', { body: { into: two.customer } }, desk.admin)).status).toBe(200);
  const told: unknown[] = [];
  const live = desk.hub.app.get(LiveFeed, { strict: false });
  const toAgents = live.toAgents.bind(live);
  live.toAgents = (...wish) => {
    told.push(wish[1] === 'customer.changed' && (wish[2] as { conversation: string }).conversation);
    toAgents(...wish);
  };
  const answer = await part(one.customer, '', caller);
  expect([answer.status, answer.body.id]).toEqual([200, two.customer]);
  expect(told).toContain(one.conversation);
});

/** The columns of a customer that a merge may choose. */
const profileOf = async ({ customer }: Writer) => {
  const [row] = await desk.hub.database.query(
    'select name, name_key, locale, tier, tz, fields from customer where id = $1',
    [customer],
  );
  return row;
};

it.each([
  ['the first before the second', [0, 1]],
  ['the second before the first', [1, 0]],
])('two merges into one customer leave nothing behind when they are undone, %s', async (_, order) => {
  const [root, one, two] = [
    await desk.hear({ address: freshPhone(), name: 'Root' }),
    await desk.hear({ address: freshPhone(), name: 'One' }),
    await desk.hear({ address: freshPhone(), name: 'Two' }),
  ];
  for (const [person, tier, fields] of [
    [root, 0, { plan: 'free' }],
    [one, 2, { plan: 'gold', city: 'Tabriz' }],
    [two, 5, { plan: 'silver', shop: 7 }],
  ] as const) {
    await desk.hub.database.query('update customer set tier = $2, fields = $3 where id = $1', [
      person.customer,
      tier,
      JSON.stringify(fields),
    ]);
  }
  const before = await Promise.all([root, one, two].map(profileOf));
  const choices = { name: 'from', fields: { plan: 'from' } };
  for (const person of [one, two]) {
    expect((await desk.merge(person.customer, root.customer, { choices })).status).toBe(200);
  }
  expect(await profileOf(root)).toMatchObject({
    name: 'Two',
    tier: 5,
    fields: { plan: 'silver', city: 'Tabriz', shop: 7 },
  });
  for (const index of order) {
    expect((await part((([one, two] as const)[index] as Writer).customer)).status).toBe(200);
  }
  expect(await Promise.all([root, one, two].map(profileOf))).toEqual(before);
});

it('an undo gives back each custom field by itself: one that somebody changed since stays', async () => {
  const [one, root] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
  await desk.hub.database.query(`update customer set fields = '{"plan": "gold", "city": "Tabriz"}' where id = $1`, [
    one.customer,
  ]);
  await desk.merge(one.customer, root.customer);
  await desk.hub.database.query(`update customer set fields = fields || '{"city": "Qom", "new": 1}' where id = $1`, [
    root.customer,
  ]);
  await part(one.customer);
  expect(await profileOf(root)).toMatchObject({ fields: { city: 'Qom', new: 1 } });
});
