import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, CustomerView } from '#contract';
import {
  hangsFromAgents,
  hangsFromChannels,
  hangsFromConversations,
  hangsFromCustomers,
  hangsFromQueues,
} from '../../apps/hub/src/settings/demo/demo-rows.query.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { deploy, publishScript } from '../support/bot-scene.js';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

type Channel = Awaited<ReturnType<typeof buildChannel>>;

let hub: TestHub;
let admin: Caller;
let adminId: string;
let colleague: BuiltAgent;
let actor: BuiltAgent;
let demoQueue: string;
let demo: Channel;
let real: Channel;
/** The row of a real person who wrote to a real channel, before anything was removed. */
let rita: string;
let before: unknown;

beforeAll(async () => {
  hub = await startTestHub();
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  adminId = (root as { id: string }).id;
  admin = await signedIn(hub, adminId);
  colleague = await buildAgent(hub.database, { name: 'A real colleague' });
  actor = await buildAgent(hub.database, { name: 'An agent of the demonstration' });
  demoQueue = await buildQueue(hub.database, { members: [adminId, colleague.id, actor.id] });
  const realQueue = await buildQueue(hub.database, { members: [adminId] });
  demo = await buildChannel(hub, { kind: 'messages', queueId: demoQueue });
  real = await buildChannel(hub, { kind: 'messages', queueId: realQueue });
  await hub.database.query('update queue set demo = true where id = $1', [demoQueue]);
  await hub.database.query('update channel set demo = true where id = $1', [demo.id]);
  await hub.database.query('update agent set demo = true where id = $1', [actor.id]);

  rita = await hearFrom(hub, real, 'rita', 'Where is my parcel?');
  await take(rita, adminId);
  before = await everythingOf(rita);
});

afterAll(() => hub?.stop());

const rows = async (text: string, values: unknown[] = []): Promise<number> =>
  (await hub.database.query(text, values)).length;

/** All that the database knows of a conversation and its customer. */
async function everythingOf(conversation: string): Promise<unknown> {
  const [row] = await hub.database.query(
    `select to_jsonb(k) as customer, to_jsonb(c) - 'rev' as conversation,
            (select jsonb_agg(to_jsonb(i)) from identity i where i.customer_id = k.id) as identities,
            (select jsonb_agg(to_jsonb(m) - 'rev' order by m.seq) from message m where m.conversation_id = c.id) as messages,
            (select jsonb_agg(to_jsonb(t) - 'rev' order by t.number) from ticket t where t.conversation_id = c.id) as tickets,
            (select jsonb_agg(to_jsonb(h)) from assignment h join work_item w on w.id = h.work_item_id join ticket t on t.id = w.ticket_id
             where t.conversation_id = c.id) as holds
     from conversation c join customer k on k.id = c.customer_id where c.id = $1`,
    [conversation],
  );
  return row;
}

async function ticketOf(conversation: string): Promise<{ id: string; ownerId: string | null; version: number }> {
  const view = (await admin.call<ConversationView>(`/api/conversations/${conversation}`)).body;
  return view.tickets[0] as { id: string; ownerId: string | null; version: number };
}

async function take(conversation: string, agentId: string | null): Promise<void> {
  const { id, ownerId } = await ticketOf(conversation);
  const answer = await admin.call(`/api/tickets/${id}/assignment`, { body: { agentId, expected: ownerId } });
  expect(answer.status).toBe(200);
}

describe('the demonstration', () => {
  it('is shown to whoever is signed in, and only an administrator takes it away', async () => {
    const agent = await signedIn(hub, colleague.id);
    expect((await agent.call('/api/demo')).body).toEqual({ present: true });
    const refused = await agent.call('/api/demo', { method: 'DELETE' });
    expect(refused.status).toBe(403);
    expect((await admin.call('/api/demo')).body).toEqual({ present: true });
  });

  it('goes with all that its customers said, and with no trace in any table but the journal', async () => {
    const ahmad = await hearFrom(hub, demo, 'ahmad', 'اینترنت من قطع است');
    const emma = await hearFrom(hub, demo, 'emma', 'My refund has not arrived');
    await take(ahmad, colleague.id);
    await take(emma, actor.id);
    await admin.call(`/api/conversations/${ahmad}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'Called the provider' },
    });
    expect(
      (await admin.call(`/api/conversations/${ahmad}/read`, { body: { conversation: ahmad, seq: 1 } })).status,
    ).toBe(204);
    expect(await rows('select from agent where used_units > 0')).toBe(3);

    const answer = await admin.call('/api/demo', { method: 'DELETE' });

    expect(answer.status).toBe(204);
    for (const [table, column] of [
      ['message', 'conversation_id'],
      ['ticket', 'conversation_id'],
      ['read_cursor', 'conversation_id'],
      ['event_log', 'conversation_id'],
      ['conversation', 'id'],
    ]) {
      expect([table, await rows(`select from ${table} where ${column} = any ($1)`, [[ahmad, emma]])]).toEqual([
        table,
        0,
      ]);
    }
    expect(await rows('select from inbound_event where channel_id = $1', [demo.id])).toBe(0);
    expect(await rows('select from channel where id = $1', [demo.id])).toBe(0);
    expect(await rows('select from queue where id = $1', [demoQueue])).toBe(0);
    expect(await rows('select from agent where id = $1', [actor.id])).toBe(0);
    expect(await rows(`select from identity where address in ('ahmad', 'emma')`)).toBe(0);
    expect((await admin.call('/api/demo')).body).toEqual({ present: false });
    expect(await rows(`select from merge_journal where kind = 'erasure' and actor_id = $1`, [adminId])).toBe(1);
  });

  it('leaves a real customer exactly as they were', async () => {
    expect(await everythingOf(rita)).toEqual(before);
    const view = await admin.call<ConversationView>(`/api/conversations/${rita}`);
    expect(view.body.messages.some(({ body }) => body === 'Where is my parcel?')).toBe(true);
  });

  it('frees a real colleague of the work that went with it', async () => {
    const [row] = await hub.database.query('select used_units, disabled_at from agent where id = $1', [colleague.id]);
    expect(row).toEqual({ used_units: 0, disabled_at: null });
  });
});

describe('where the demonstration and real people met', () => {
  let player: BuiltAgent;
  let mixed: Channel;
  let omid: string;
  let sam: string;

  beforeAll(async () => {
    player = await buildAgent(hub.database, { name: 'Another agent of the demonstration' });
    const queueId = await buildQueue(hub.database, { members: [player.id] });
    mixed = await buildChannel(hub, { kind: 'messages', queueId });
    await hub.database.query('update queue set demo = true where id = $1', [queueId]);
    await hub.database.query('update channel set demo = true where id = $1', [mixed.id]);
    await hub.database.query('update agent set demo = true where id = $1', [player.id]);
    omid = await hearFrom(hub, mixed, 'omid', 'A customer of the demonstration');
    sam = await hearFrom(hub, real, 'sam', 'A real customer');
    await hearFrom(hub, real, 'nora', 'Wrote to both');
    await hearFrom(hub, mixed, 'nora', 'and is real');
    await take(sam, player.id);
    const idOf = async (conversation: string): Promise<string> =>
      (await admin.call<ConversationView>(`/api/conversations/${conversation}`)).body.customer.id;
    const joined = await admin.call<CustomerView>(`/api/customers/${await idOf(sam)}/merge`, {
      body: { into: await idOf(omid) },
    });
    expect(joined.status).toBe(200);
    expect((await admin.call('/api/demo', { method: 'DELETE' })).status).toBe(204);
  });

  it('parts a real customer from the one they were joined with', async () => {
    expect((await admin.call(`/api/conversations/${omid}`)).status).toBe(404);
    const view = (await admin.call<ConversationView>(`/api/conversations/${sam}`)).body;
    expect(view.id).toBe(sam);
    expect(view.parts).toHaveLength(1);
  });

  it('gives the ticket back to its queue, and keeps the agent who held it as an account that nobody can use', async () => {
    const ticket = await ticketOf(sam);
    expect(ticket.ownerId).toBeNull();
    expect(await rows(`select from work_item where ticket_id = $1 and state = 'queued'`, [ticket.id])).toBe(1);
    expect(await rows('select from agent where id = $1 and disabled_at is not null and not demo', [player.id])).toBe(1);
  });

  it('keeps a channel that a real conversation names, switched off', async () => {
    expect(await rows('select from channel where id = $1 and not enabled and not demo', [mixed.id])).toBe(1);
    expect(await rows(`select from message m join identity i on i.id = m.identity_id where i.address = 'nora'`)).toBe(
      2,
    );
  });
});

describe('somebody who was met and never heard', () => {
  it('goes as well, for their channel went before their first message; an imported customer stays', async () => {
    const meet = async (name: string, lastSeenAt: Date | null): Promise<void> => {
      const [customer, conversation] = [uuid(), uuid()];
      await hub.database.transaction(async (tx) => {
        await tx.query('insert into customer (id, name) values ($1, $2)', [customer, name]);
        await tx.query('insert into conversation (id, customer_id) values ($1, $2)', [conversation, customer]);
        await tx.query(
          `insert into identity (id, customer_id, kind, address, trust, last_seen_at) values ($1, $2, 'external', $3, 'channel_given', $4)`,
          [uuid(), customer, name, lastSeenAt],
        );
      });
    };
    await meet('met', new Date());
    await meet('imported', null);
    expect((await admin.call('/api/demo', { method: 'DELETE' })).status).toBe(204);
    expect(await rows(`select from customer where name = 'met'`)).toBe(0);
    expect(await rows(`select from customer where name = 'imported'`)).toBe(1);
  });
});

describe('a script of the demonstration', () => {
  it('stays while something real calls it or it answers on a real channel, and what it calls stays with it', async () => {
    const write = async (key: string, called: string | null, isDemo: boolean): Promise<string> => {
      const call = called === null ? '' : `go: {do: call, script: ${called}, next: bye},`;
      const source = `{format: hub-script/1, id: ${key}, title: {en: T}, locales: [en], default_locale: en, channels: [web],
        start: {default: ${called === null ? 'bye' : 'go'}}, fallback: bye, nodes: {${call} bye: {do: end, outcome: resolved}}}`;
      const id = await publishScript(hub.database, source, key);
      await hub.database.query('update script set demo = $2 where id = $1', [id, isDemo]);
      return id;
    };
    await write('deepest', null, true);
    await write('called', 'deepest', true);
    await write('of_ours', 'called', false);
    await write('beside', null, true);
    await deploy(hub.database, await write('answering', 'beside', true), real.id);
    await write('unused', 'deepest', true);
    expect((await admin.call('/api/demo', { method: 'DELETE' })).status).toBe(204);
    expect(await hub.database.query('select key, demo from script order by key')).toEqual(
      ['answering', 'beside', 'called', 'deepest', 'of_ours'].map((key) => ({ key, demo: false })),
    );
  });
});

describe('the lists of what hangs from the demonstration', () => {
  it('hold every table that refers to one of theirs', async () => {
    const listed = [
      ...hangsFromConversations,
      ...hangsFromCustomers,
      ...hangsFromChannels,
      ...hangsFromQueues,
      ...hangsFromAgents,
    ].map(([table]) => table);
    const references = await hub.database.query<{ from: string; to: string }>(
      `select distinct conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
       where contype = 'f' and confrelid::regclass::text = any ($1)`,
      [listed],
    );
    expect(references.filter(({ from }) => !listed.includes(from))).toEqual([]);
  });
});
