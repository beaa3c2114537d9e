import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { HubConfig } from '#config';
import { AbsentAgents } from '../../apps/hub/src/automation/absent-agents.sweeper.js';
import { TicketTelling } from '../../apps/hub/src/automation/ticket-telling.service.js';
import type { Database, Transaction } from '../../apps/hub/src/database/database.js';
import { buildAgent } from '../support/build-rows.js';
import { freshPhone, PeopleDesk } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

/** An agent without a console who holds a chat. */
async function buildHolder(): Promise<{ agent: string; ticket: string }> {
  const { database } = desk.hub;
  const agent = (await buildAgent(database)).id;
  await desk.member(agent, desk.queue);
  const { conversation } = await desk.hear({ address: freshPhone() });
  const [ticket] = await database.query<{ id: string }>('select id from ticket where conversation_id = $1', [
    conversation,
  ]);
  await database.query(`update work_item set class = 'chat' where ticket_id = $1`, [ticket?.id]);
  const body = { agentId: agent, expected: null };
  expect((await desk.admin.call(`/api/tickets/${ticket?.id}/assignment`, { body })).status).toBe(200);
  await database.query(`update ticket set state = 'open' where id = $1 and state = 'new'`, [ticket?.id]);
  return { agent, ticket: ticket?.id ?? '' };
}

const ownerOf = async (ticket: string): Promise<string | null> =>
  (await desk.hub.database.query<{ owner_id: string | null }>('select owner_id from ticket where id = $1', [ticket]))[0]
    ?.owner_id ?? null;

/** Two looks, a minute apart, of a sweeper whose releases begin with `before`. */
async function lookTwice(before: (tx: Transaction) => Promise<void>): Promise<void> {
  const { database, app } = desk.hub;
  const watched = Object.create(database) as Database;
  watched.transaction = (work) =>
    database.transaction(async (tx) => {
      await before(tx);
      return work(tx);
    });
  const absent = new AbsentAgents(
    watched,
    app.get(TicketTelling, { strict: false }),
    app.get(HubConfig, { strict: false }),
  );
  await absent.look(0);
  await absent.look(60_000);
}

it('a chat that cannot be released keeps no other from its customer', async () => {
  const holders = [await buildHolder(), await buildHolder()];
  let releases = 0;
  await lookTwice(() => (releases++ === 0 ? Promise.reject(new Error('this one fails')) : Promise.resolve()));
  expect(releases).toBe(2);
  const owners = await Promise.all(holders.map(({ ticket }) => ownerOf(ticket)));
  expect(owners.filter((owner) => owner === null)).toHaveLength(1);
});

it('an agent who comes back while the look goes on keeps their chats', async () => {
  const { agent, ticket } = await buildHolder();
  await lookTwice(async (tx) => {
    await tx.query(
      `insert into agent_presence (id, agent_id, node, lease_until) values (gen_random_uuid(), $1, 'here', clock_timestamp() + interval '1 minute')`,
      [agent],
    );
  });
  expect(await ownerOf(ticket)).toBe(agent);
});
