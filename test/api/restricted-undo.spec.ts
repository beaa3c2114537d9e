import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { buildAgent, type Caller } from '../support/build-rows.js';
import { buildQueue, openedConsole, type LiveConsole } from '../support/live-client.js';
import { freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
let restricted: string;
let doctor: Caller;
let console: LiveConsole;

beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
  const built = await buildAgent(desk.hub.database, { name: 'Doctor' });
  restricted = await buildQueue(desk.hub.database, { restricted: true, members: [built.id] });
  doctor = await desk.member(built.id);
  console = await openedConsole(desk.hub, desk.agentId);
});
afterAll(async () => {
  console?.close();
  await desk?.stop();
});

/** Somebody of the open queue who wrote a secret into the restricted ticket of whom they were merged with. */
async function buildSecret(): Promise<{ one: Writer; secret: string; ticket: string }> {
  const [one, other] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
  const { database } = desk.hub;
  await database.query(`update ticket set state = 'solved', solved_at = now() where conversation_id = $1`, [
    one.conversation,
  ]);
  await database.query(
    'update work_item set queue_id = $1 where ticket_id in (select id from ticket where conversation_id = $2)',
    [restricted, other.conversation],
  );
  const [ticket] = await database.query<{ id: string }>(
    'update ticket set queue_id = $1 where conversation_id = $2 returning id',
    [restricted, other.conversation],
  );
  await desk.admin.call(`/api/customers/${one.customer}/merge`, { body: { into: other.customer } });
  const secret = `canary ${uuid()}`;
  await desk.hear({ address: one.address, text: secret });
  const [row] = await database.query<{ ticket_id: string }>('select ticket_id from message where body = $1', [secret]);
  expect(row?.ticket_id).toBe(ticket?.id);
  return { one, secret, ticket: ticket?.id ?? '' };
}

const part = (one: Writer) => desk.admin.call(`/api/customers/${one.customer}/merge`, { method: 'DELETE' });

/** Everything that an agent can ask for about a person, as text. */
async function allOf(caller: Caller, { conversation, customer }: Writer): Promise<string> {
  const paths = [
    `/api/conversations/${conversation}`,
    `/api/conversations/${conversation}/messages`,
    ...['mine', 'unassigned', 'open', 'solved', 'all'].map((view) => `/api/conversations?view=${view}`),
    `/api/customers/${customer}`,
    `/api/customers/${customer}/suggestions`,
  ];
  return (await Promise.all(paths.map(async (path) => (await caller.call(path)).text))).join('\n');
}

it.each([
  ['live, and gets a ticket of its own there', false],
  ['solved by then', true],
])('an undo opens nothing that was written to a restricted ticket, one that is %s', async (_, isSolved) => {
  const { one, secret, ticket } = await buildSecret();
  expect(await allOf(desk.agent, one)).not.toContain(secret);
  if (isSolved) {
    await desk.hub.database.query(`update ticket set state = 'solved', solved_at = now() where id = $1`, [ticket]);
  }
  expect((await console.watch(one.conversation)).ok).toBe(true);
  expect((await part(one)).status).toBe(200);
  expect(await allOf(desk.agent, one)).not.toContain(secret);
  await console.catchUp({ [one.conversation]: 0 });
  expect(console.row(one.conversation).messages.size).toBe(2);
  expect(console.hasHeard(secret)).toBe(false);
  // Nor does acting on it: moving the message to a ticket of theirs would open it.
  const [own] = await desk.hub.database.query<{ id: string }>(
    'select id from ticket where conversation_id = $1 and queue_id = $2',
    [one.conversation, desk.queue],
  );
  const moved = await desk.agent.call(`/api/conversations/${one.conversation}/messages/2/ticket`, {
    body: { part: one.conversation, ticketId: own?.id },
  });
  expect(moved.status).toBe(404);
  expect(await allOf(doctor, one)).toContain(secret);
  expect(await allOf(desk.admin, one)).toContain(secret);
});

it('a file that came along stays withheld as well', async () => {
  const { one, secret } = await buildSecret();
  const file = uuid();
  await desk.hub.database.query(
    `insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key)
     select $1, conversation_id, seq, 'x.txt', 'text/plain', 1, sha256('x'), $2 from message where body = $3`,
    [file, `stored/${file}`, secret],
  );
  await desk.hub.database.query(
    `update ticket set state = 'solved', solved_at = now() where queue_id = $1 and state <> 'solved'`,
    [restricted],
  );
  await part(one);
  expect((await desk.agent.call(`/api/attachments/${file}`)).status).toBe(404);
});

it('a message whose restricted queue is gone is left to supervisors', async () => {
  const { one, secret } = await buildSecret();
  await desk.hub.database.query(
    `update ticket set state = 'solved', solved_at = now() where queue_id = $1 and state <> 'solved'`,
    [restricted],
  );
  await part(one);
  await desk.hub.database.query('update message set restricted_by = $1 where body = $2', [uuid(), secret]);
  expect(await allOf(desk.agent, one)).not.toContain(secret);
  expect(await allOf(desk.admin, one)).toContain(secret);
});
