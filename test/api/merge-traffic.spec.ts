import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { freshMail, freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';
import { tablesOfPeople } from '../support/tables-of-people.js';

/** Merges and undos to make: a few here, a hundred by `PEYK_MERGES=100 npm test -- test/api/merge-traffic.spec.ts`. */
const merges = Number(process.env['PEYK_MERGES'] ?? 24);

/** What a row is compared without: what clients catch up by, and when it last changed. */
const counters = `'{rev,updated_at}'::text[]`;

/** Tables that only grow: a merge writes itself down there. What was in them stays as it was. */
const growing = new Set(['event_log']);

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

async function rowsOf(people: Writer[], names?: string[]): Promise<Record<string, unknown[]>> {
  const customers = people.map(({ customer }) => customer);
  const tables = await tablesOfPeople(desk.hub.database);
  const found = await Promise.all(
    (names ?? [...tables.keys()]).map(async (name) => {
      const rows = await desk.hub.database.query<{ row: unknown }>(
        `select to_jsonb(r) - ${counters} as row from ${name} r where ${tables.get(name)?.('r') ?? 'false'} order by 1`,
        [customers],
      );
      return [name, rows.map(({ row }) => row)] as const;
    }),
  );
  return Object.fromEntries(found);
}

/** Somebody with a history: messages in and out, a note, a claim, a file, something read. */
async function buildPerson(number: number): Promise<Writer> {
  const isMail = number % 2 === 1;
  const writer = isMail
    ? await desk.hear(
        { kind: 'email', address: freshMail(), name: `Mail ${String(number)}`, event: mailOf(number) },
        desk.mail,
      )
    : await desk.hear({ address: freshPhone(), name: `Phone ${String(number)}` });
  await note(writer, 'a note');
  await desk.customer(writer.customer, '/identities', { body: { kind: 'email', address: freshMail() } });
  await desk.hub.database.query(
    `update customer set fields = jsonb_build_object('plan', $2::text, 'city', $1::text), tier = $3 where id = $1::uuid`,
    [writer.customer, isMail ? 'gold' : 'free', number % 4],
  );
  await desk.hub.database.query(
    `insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key) values ($1, $2, 1, 'x', 'text/plain', 1, sha256('x'), $3)`,
    [uuid(), writer.conversation, uuid()],
  );
  await desk.customer(writer.customer, '/links', { body: { identityId: writer.identity } });
  await desk.hub.database.query('insert into customer_device (customer_id, device) values ($1, $2)', [
    writer.customer,
    uuid(),
  ]);
  await desk.agent.call(`/api/conversations/${writer.conversation}/read`, {
    body: { conversation: writer.conversation, seq: 1 },
  });
  return writer;
}

const mailOf = (number: number) => ({
  mail: {
    messageId: `<${uuid()}@example.org>`,
    inReplyTo: null,
    references: [],
    subject: `Subject ${String(number)}`,
    to: ['support@peyk.test'],
    cc: [],
    threadToken: null,
  },
});

const note = (to: Writer, body: string) =>
  desk.agent.call(`/api/conversations/${to.conversation}/messages`, { body: { id: uuid(), kind: 'note', body } });

it(`${String(merges)} merges and undos under live traffic leave every row as it was`, async () => {
  const still = await Promise.all(Array.from({ length: 4 }, (_, n) => buildPerson(n)));
  const busy = await Promise.all(Array.from({ length: 4 }, (_, n) => buildPerson(n)));
  const before = await rowsOf(still);
  const oldOfBusy = ['customer', 'identity_claim', 'message', 'thread', 'attachment'];
  const busyBefore = await rowsOf(busy, oldOfBusy);
  let isOver = false;
  let said = 0;
  const traffic = Array.from({ length: 3 }, async (_, worker) => {
    for (let n = 0; !isOver; n++) {
      const who = busy[(worker + n) % busy.length] as Writer;
      said += 1;
      const kind = who.address.includes('@') ? 'email' : 'phone';
      await desk.hear(
        { kind, address: who.address, text: `live ${String(said)}` },
        kind === 'email' ? desk.mail : desk.channel,
      );
      if (n % 3 === 0) {
        expect((await note(who, 'live note')).status).toBe(201);
      }
    }
  });
  const work = (async () => {
    for (let n = 0; n < merges; n++) {
      const group = n % 2 === 0 ? still : busy;
      const [a, b, c] = [group[n % 4], group[(n + 1) % 4], group[(n + 3) % 4]] as [Writer, Writer, Writer];
      const choices = n % 3 === 0 ? { name: 'from', tier: 'from', fields: { plan: 'from' } } : {};
      expect((await desk.merge(a.customer, b.customer, { choices })).status).toBe(200);
      if (n % 4 >= 2) {
        // A chain: those two join a third, and leave it again first.
        expect((await desk.merge(b.customer, c.customer)).status).toBe(200);
        await desk.hear({ kind: 'phone', address: freshPhone() });
        expect((await desk.part(b.customer)).status).toBe(200);
      }
      await desk.open(a.conversation);
      expect((await desk.part(a.customer)).status).toBe(200);
    }
  })();
  await work.finally(() => {
    isOver = true;
  });
  await Promise.all(traffic);
  expect(said).toBeGreaterThan(merges / 2);
  const after = await rowsOf(still);
  for (const [name, rows] of Object.entries(before)) {
    if (growing.has(name)) {
      expect(after[name]).toEqual(expect.arrayContaining(rows));
    } else {
      expect({ [name]: after[name] }).toEqual({ [name]: rows });
    }
  }
  const seeded = [
    'customer',
    'identity',
    'identity_claim',
    'customer_link',
    'customer_device',
    'conversation',
    'message',
  ];
  for (const name of [...seeded, 'thread', 'attachment', 'ticket', 'work_item', 'read_cursor', 'event_log']) {
    expect([name, before[name]?.length ?? 0]).not.toEqual([name, 0]);
  }
  // Of those who wrote meanwhile, what there was is as it was, and what came since is with the address it came through.
  const busyAfter = await rowsOf(busy, oldOfBusy);
  for (const name of oldOfBusy) {
    expect(busyAfter[name]).toEqual(expect.arrayContaining(busyBefore[name] as unknown[]));
  }
  expect(busyAfter['customer']).toEqual(busyBefore['customer']);
  const [live] = await desk.hub.database.query<{ all: number; strays: number; gaps: number }>(
    `select count(*) filter (where m.body like 'live %' and m.direction = 'in')::int as all,
            count(*) filter (where i.customer_id <> c.customer_id)::int as strays,
            (select count(*)::int from conversation g where g.last_seq <> (select count(*) from message x where x.conversation_id = g.id)) as gaps
     from message m join conversation c on c.id = m.conversation_id left join identity i on i.id = m.identity_id`,
  );
  expect(live).toEqual({ all: said, strays: 0, gaps: 0 });
}, 600_000);
