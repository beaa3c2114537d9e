import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CustomerLinkView, MyPageView } from '#contract';
import { stranger, type Answered, type Caller } from '../support/build-rows.js';
import { buildQueue } from '../support/live-client.js';
import { freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
let restricted: string;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
  restricted = await buildQueue(desk.hub.database, { restricted: true });
});
afterAll(() => desk.stop());

type Made = Answered<CustomerLinkView & { code?: string }>;
const make = (person: Writer, caller: Caller): Promise<Made> =>
  desk.customer(person.customer, '/links', { body: { identityId: person.identity } }, caller);
const tokenOf = ({ body }: Made): string => (body.url ?? '').replace(/^.*\/my\//, '');
const everything = async (token: string): Promise<string> =>
  (await Promise.all(['', '/download'].map((path) => stranger(desk.hub).call(`/api/my/${token}${path}`))))
    .map(({ text }) => text)
    .join('\n');

const buildProven = (): Promise<Writer> =>
  desk.hear({
    kind: 'telegram',
    address: String(Math.trunc(Math.random() * 1e12)),
    trust: 'proven',
    text: 'said to all',
  });

/** What a person said to a queue of others: on a ticket of it, or cut from one by an undo. */
async function saySecret(person: Writer, way: 'ticket' | 'cut', queue = restricted): Promise<string> {
  const [secret, ticket] = [`canary ${uuid()}`, uuid()];
  if (way === 'ticket') {
    await desk.hub.database.query('insert into ticket (id, conversation_id, queue_id) values ($1, $2, $3)', [
      ticket,
      person.conversation,
      queue,
    ]);
  }
  await desk.hub.database.query(
    `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body, ticket_id, restricted_by)
     values ($1, $2, $3, $4, 'in', 'customer', $5, $6, $7)`,
    [
      uuid(),
      person.conversation,
      desk.channel.id,
      person.identity,
      secret,
      way === 'ticket' ? ticket : null,
      way === 'cut' ? queue : null,
    ],
  );
  return secret;
}

describe('an agent’s link to a customer’s page', () => {
  it.each(['ticket', 'cut'] as const)(
    'is refused where it would open what is withheld from the agent (%s); a supervisor’s opens it to the customer',
    async (way) => {
      const person = await buildProven();
      const secret = await saySecret(person, way);
      const refused = await make(person, desk.agent);
      expect([refused.status, refused.body.code]).toEqual([409, 'withheld']);
      expect(
        await desk.hub.database.query('select 1 from customer_link where identity_id = $1', [person.identity]),
      ).toEqual([]);
      const made = await make(person, desk.admin);
      expect(made.status).toBe(201);
      expect(await everything(tokenOf(made))).toContain(secret);
    },
  );

  it('is made where the agent serves the restricted queue, and where the link opens another address only', async () => {
    const own = await buildQueue(desk.hub.database, { restricted: true, members: [desk.agentId] });
    const person = await buildProven();
    const secret = await saySecret(person, 'ticket', own);
    expect(await everything(tokenOf(await make(person, desk.agent)))).toContain(secret);

    const [phone, other] = [await desk.hear({ address: freshPhone() }), await buildProven()];
    expect((await desk.merge(phone.customer, other.customer)).status).toBe(200);
    await saySecret(other, 'ticket');
    expect((await make(phone, desk.agent)).status).toBe(201);
    expect((await make(other, desk.agent)).body.code).toBe('withheld');
  });

  it('opens nothing that is withheld from its maker later on', async () => {
    const person = await buildProven();
    const [agents, admins] = [await make(person, desk.agent), await make(person, desk.admin)].map(tokenOf);
    const secrets = [await saySecret(person, 'ticket'), await saySecret(person, 'cut')];
    const opened = await everything(agents ?? '');
    expect(opened).toContain('said to all');
    for (const secret of secrets) {
      expect(opened).not.toContain(secret);
      expect(await everything(admins ?? '')).toContain(secret);
    }
  });
});

describe('a wish to be deleted', () => {
  const ask = (token: string) => stranger(desk.hub).call(`/api/my/${token}/deletion`, { method: 'POST' });
  const asked = async (person: Writer) => {
    expect((await ask(tokenOf(await make(person, desk.agent)))).status).toBe(204);
    const view = await desk.open(person.conversation);
    const event = view.messages.find((message) => message.event?.name === 'deletion_requested');
    return { event, ticket: view.tickets.find(({ id }) => id === event?.ticketId), count: view.tickets.length };
  };

  it.each(['pending', 'on_hold'] as const)('wakes the ticket that it joins when that is %s', async (state) => {
    const person = await desk.hear({ address: freshPhone() });
    await desk.hub.database.query(
      `update ticket set state = $2, snoozed_until = now() + interval '1 day' where conversation_id = $1`,
      [person.conversation, state],
    );
    const { event, ticket, count } = await asked(person);
    expect([ticket?.state, event?.ticketReason, count]).toEqual(['open', 'only_open', 1]);
    expect(
      await desk.hub.database.query('select 1 from ticket where id = $1 and snoozed_until is null', [ticket?.id]),
    ).toHaveLength(1);
  });

  it('leaves a new ticket new, and names a ticket that it opens itself as such', async () => {
    const waiting = await asked(await desk.hear({ address: freshPhone() }));
    expect([waiting.ticket?.state, waiting.event?.ticketReason]).toEqual(['new', 'only_open']);
    const person = await desk.hear({ address: freshPhone() });
    await desk.hub.database.query(`update ticket set state = 'solved', solved_at = now() where conversation_id = $1`, [
      person.conversation,
    ]);
    const { event, ticket, count } = await asked(person);
    expect([ticket?.state, event?.ticketReason, count]).toEqual(['new', 'new_ticket', 2]);
  });
});

it('the whole of a page can be downloaded five times a minute, while the page itself stays open', async () => {
  const token = tokenOf(await make(await desk.hear({ address: freshPhone() }), desk.agent));
  const statuses: number[] = [];
  for (let n = 0; n < 7; n++) {
    const path = n % 2 === 0 ? `/my/${token}/download?format=json` : `/api/my/${token}/download`;
    statuses.push((await stranger(desk.hub).call<MyPageView>(path)).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect((await stranger(desk.hub).call(`/api/my/${token}`)).status).toBe(200);
});
