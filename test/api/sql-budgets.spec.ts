import { AsyncLocalStorage } from 'node:async_hooks';
import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { Database } from '../../apps/hub/src/database/database.js';
import { signWebhook } from '../../libs/channels/src/messages/standard-webhook.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

const secret = 'a secret of thirty-two characters';

let hub: TestHub;
let admin: Caller;
let channelId: string;

/** Names of the statements that went over the wire for the request under way, each at the moment it was sent. */
const request = new AsyncLocalStorage<string[]>();
let latest: string[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  const agent = await buildAgent(hub.database, { role: 'admin' });
  admin = await signedIn(hub, agent.id);
  const channel = await admin.call<{ id: string }>('/api/channels', {
    body: { kind: 'messages', name: 'CRM', secrets: { secret } },
  });
  channelId = channel.body.id;
  (hub.app.getHttpServer() as Server).prependListener('request', () => {
    latest = [];
    request.enterWith(latest);
  });
  watchWire();
});

afterEach(() => void jest.restoreAllMocks());
afterAll(() => hub.stop());

/** Every statement ends here, whoever sends it: the pool, a transaction or TypeORM. */
function watchWire(): void {
  const send = Reflect.get(pg.Client.prototype, 'query') as (...parameters: unknown[]) => unknown;
  Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...parameters: unknown[]) {
    const [first] = parameters as [string | { name?: string; text: string }];
    const text = typeof first === 'string' ? first : (first.name ?? first.text);
    // What a statement is made for (a lone arrival, a page of fifty) may stand behind its name.
    request.getStore()?.push((text.trim().split('\n', 1)[0] ?? '').replace(/ .*|-\d+$/, ''));
    return Reflect.apply(send, this, parameters);
  });
}

let sent = 0;

/** One message over the webhook; resolves with the statements that it took until it was answered. */
async function say(sender: string): Promise<string[]> {
  sent += 1;
  const body = JSON.stringify({ from: { id: sender, name: sender }, text: `message ${sent}` });
  const stamp = { id: `w${sent}`, timestamp: String(Math.floor(Date.now() / 1000)) };
  const response = await fetch(`${hub.url}/hooks/messages/${channelId}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': stamp.id,
      'webhook-timestamp': stamp.timestamp,
      'webhook-signature': signWebhook(secret, stamp, Buffer.from(body)),
    },
    body,
  });
  expect(response.status).toBe(200);
  return latest;
}

async function read(path: string): Promise<string[]> {
  expect((await admin.call(path)).status).toBe(200);
  return latest;
}

/** What came before the commit; frames and routing of something new follow it. */
function untilCommit(statements: string[]): string[] {
  return statements.slice(0, statements.lastIndexOf('accept-write') + 1);
}

describe('a lone message', () => {
  it('of a known sender takes one read and one statement that commits by itself', async () => {
    await say('known');
    expect(await say('known')).toEqual(['accept-read', 'accept-write']);
  });

  it('is one transaction, whatever it touches', async () => {
    await say('whole');
    await say('whole');
    const rows = await hub.database.query<{ transactions: number; rows: number }>(
      `with mine as (select m.*, m.xmin::text as tx from message m where external_id = $1)
       select count(distinct tx)::int as transactions, count(*)::int as rows from (
         select tx from mine
         union all select c.xmin::text from conversation c join mine on mine.conversation_id = c.id
         union all select t.xmin::text from ticket t join mine on mine.ticket_id = t.id
         union all select e.xmin::text from inbound_event e where e.external_id = $1
         union all select l.xmin::text from event_log l join mine on mine.id = l.subject_id) written`,
      [`w${sent}`],
    );
    expect(rows).toEqual([{ transactions: 1, rows: 5 }]);
  });

  it('of a stranger takes two statements more', async () => {
    expect(untilCommit(await say('stranger'))).toEqual(['accept-read', 'meet-customer', 'accept-read', 'accept-write']);
  });

  it('that loses a race takes two statements more', async () => {
    await say('racer');
    const query = hub.database.query.bind(hub.database);
    let hasRaced = false;
    jest.spyOn(hub.app.get(Database), 'query').mockImplementation(async (statement, values) => {
      const rows = await query(statement, values);
      if (!hasRaced && typeof statement === 'object' && statement.name.startsWith('accept-read')) {
        hasRaced = true;
        await request.exit(() => hub.database.query('update conversation set rev = rev + 1'));
      }
      return rows as never;
    });
    expect(untilCommit(await say('racer'))).toEqual(['accept-read', 'accept-write', 'accept-read', 'accept-write']);
  });

  // Guards run inside the one statement, where the wire does not show them. What they run is part of the price of a message: one that
  // is added, or fires more often, must be seen here.
  it('fires these guards inside its statement, and no others', async () => {
    await say('guarded');
    const query = hub.database.query.bind(hub.database);
    let fired: { name: string; calls: number }[] = [];
    jest.spyOn(hub.app.get(Database), 'query').mockImplementation((statement, values) => {
      if (typeof statement === 'string' || !statement.name.startsWith('accept-write')) {
        return query(statement, values) as never;
      }
      return hub.database.transaction(async (tx) => {
        await tx.query(`set local track_functions = 'all'`);
        const rows = await tx.query(statement, values);
        await tx.query('set constraints all immediate');
        fired = await tx.query(
          'select funcname as name, calls::int from pg_stat_xact_user_functions where calls > 0 order by funcname',
        );
        return rows;
      }) as never;
    });
    await say('guarded');
    expect(fired).toEqual([
      // Each counts rev up once: the message, and the ticket that it touches.
      { name: 'conversation_moves', calls: 2 },
      // One look at the message that was just written, at commit.
      { name: 'last_seq_is_a_message', calls: 1 },
      // Moves the conversation.
      { name: 'message_append', calls: 1 },
      // One look at the ticket.
      { name: 'message_joins_own_ticket', calls: 1 },
      // Moves the conversation. The journal is asked only about an exception.
      { name: 'ticket_change', calls: 1 },
    ]);
  });
});

describe('an agent', () => {
  it('gets a page of a list for three statements, the session among them', async () => {
    await say('listed');
    const statements = ['resolve-session', 'listed-queues', 'list-page'];
    expect(await read('/api/conversations')).toEqual(statements);
    expect(await read('/api/conversations?view=mine')).toEqual(statements);
  });

  it('opens a conversation for four, and turns a page for three', async () => {
    await say('opened');
    const [conversation] = await hub.database.query<{ id: string }>('select id from conversation limit 1');
    const path = `/api/conversations/${conversation?.id}`;
    // The last two go out together.
    const opening = ['access-readable', 'person-details', 'resolve-session', 'timeline-page'];
    expect((await read(path)).toSorted()).toEqual(opening);
    expect(await read(`${path}/messages`)).toEqual(['resolve-session', 'access-readable', 'timeline-page']);
  });
});
