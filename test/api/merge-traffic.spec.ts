import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { freshMail, freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

/** Merges and undos to make: a few here, a hundred by `PEYK_MERGES=100 npm test -- test/api/merge-traffic.spec.ts`. */
const merges = Number(process.env['PEYK_MERGES'] ?? 24);

/** Counters that only ever go forward: what was planned against the old state must be seen to be old. */
const counters = `'{rev,updated_at,holder_epoch}'::text[]`;

/** The rows of some customers by table; every table that hangs from a person. Parameter: the customers. */
const tables: Record<string, string> = {
  customer: 'r.id = any ($1)',
  identity: 'r.customer_id = any ($1)',
  identity_claim: 'r.customer_id = any ($1)',
  conversation: 'r.customer_id = any ($1)',
  message: 'r.conversation_id in (select id from conversation where customer_id = any ($1))',
  thread: 'r.conversation_id in (select id from conversation where customer_id = any ($1))',
  attachment: 'r.conversation_id in (select id from conversation where customer_id = any ($1))',
  delivery: 'r.conversation_id in (select id from conversation where customer_id = any ($1))',
  ticket: 'r.conversation_id in (select id from conversation where customer_id = any ($1))',
  read_cursor: 'r.conversation_id in (select id from conversation where customer_id = any ($1))',
  work_item:
    'r.ticket_id in (select t.id from ticket t join conversation c on c.id = t.conversation_id where c.customer_id = any ($1))',
};

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

async function rowsOf(people: Writer[], names = Object.keys(tables)): Promise<Record<string, unknown[]>> {
  const customers = people.map(({ customer }) => customer);
  const found = await Promise.all(
    names.map(async (name) => {
      const rows = await desk.hub.database.query<{ row: unknown }>(
        `select to_jsonb(r) - ${counters} as row from ${name} r where ${tables[name] as string} order by 1`,
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
  expect(await rowsOf(still)).toEqual(before);
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
