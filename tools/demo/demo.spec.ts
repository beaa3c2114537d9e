import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationView, ListRow, MeView, Page, QueueView } from '#contract';
import { createLog } from '../../apps/hub/src/platform/operations/log.js';
import { Caller } from '../../test/support/build-rows.js';
import { createTestDatabase } from '../../test/support/test-database.js';
import { until } from '../../test/support/until.js';
import { startDemo, type RunningDemo } from './start-demo.js';

let demo: RunningDemo;
let visitor: Caller;
let folder: string;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
const lines: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'peyk-demo-'));
  await chmod(folder, 0o755);
  demo = await startDemo({
    variables: { PORT: '0', DATA_DIR: folder, DATABASE_URL: database.url },
    speed: 20,
    log: createLog('warn', { write: (line) => void lines.push(line) }),
  });
  const signedIn = await new Caller(demo.url).call('/api/session', {
    body: { email: demo.email, password: demo.password },
  });
  expect(signedIn.status).toBe(201);
  visitor = new Caller(demo.url, { cookie: (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '' });
}, 60_000);

afterAll(async () => {
  await demo?.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function list(view: string): Promise<ListRow[]> {
  return (await visitor.call<Page<ListRow>>(`/api/conversations?view=${view}&limit=100`)).body.rows;
}

async function inOurQueue(): Promise<ListRow[]> {
  const queues = (await visitor.call<QueueView[]>('/api/queues')).body;
  const ours = queues.find(({ name }) => name.startsWith('Internet'))?.id;
  return (await list('open')).filter(({ ticket }) => ticket.queueId === ours);
}

describe('a visitor of the demonstration', () => {
  it('finds some thirty customers with a past, in both languages and every state', async () => {
    const rows = await list('all');
    expect(new Set(rows.map(({ customer }) => customer.id)).size).toBeGreaterThanOrEqual(28);
    expect(rows.some(({ customer }) => /[آ-ی]/u.test(customer.name))).toBe(true);
    expect(new Set(rows.map(({ ticket }) => ticket.state)).size).toBeGreaterThanOrEqual(3);
  });

  it('sees messages arrive over every kind of channel, and automatic agents answer some', async () => {
    const kinds = await until(
      () =>
        demo.database.query<{ kind: string; direction: string }>(
          `select distinct h.kind, m.direction from message m join channel h on h.id = m.channel_id where m.external_id is not null or m.direction = 'out'`,
        ),
      (seen) =>
        ['email', 'sms', 'telegram', 'web', 'phone'].every((kind) =>
          seen.some((one) => one.kind === kind && one.direction === 'in'),
        ) && seen.some((one) => one.kind === 'telegram' && one.direction === 'out'),
      25_000,
    );
    expect(kinds.length).toBeGreaterThanOrEqual(6);
  });

  it('answers somebody who waits, and is answered', async () => {
    const [row] = await until(
      async () => (await inOurQueue()).filter(({ last }) => last?.channelKind === 'web' && last.direction === 'in'),
      (rows) => rows.length > 0,
      25_000,
    );
    const { conversation } = row as ListRow;
    const view = (await visitor.call<ConversationView>(`/api/conversations/${conversation}`)).body;
    const [way] = view.ways;
    const answer = await visitor.call(`/api/conversations/${conversation}/messages`, {
      body: {
        id: crypto.randomUUID(),
        kind: 'text',
        body: 'Let me have a look.',
        channelId: way?.channelId,
        identityId: way?.identityId,
        threadId: null,
      },
    });
    expect(answer.status).toBe(201);
    const asked = view.messages.filter(({ direction }) => direction === 'in').length;
    const later = await until(
      async () => (await visitor.call<ConversationView>(`/api/conversations/${conversation}`)).body,
      ({ messages }) => messages.filter(({ direction }) => direction === 'in').length > asked,
      25_000,
    );
    expect(later.messages[0]?.author.kind).toBe('customer');
  });

  it('leaves work for whoever tries it: no automatic agent takes the internet queue', async () => {
    const rows = await inOurQueue();
    expect(rows.length).toBeGreaterThan(3);
    const me = (await visitor.call<MeView>('/api/me')).body.id;
    expect(rows.filter(({ ticket }) => ticket.ownerId !== null && ticket.ownerId !== me)).toEqual([]);
  });

  it('finds scripts at work: orders looked up, questions answered, somebody brought to people, and words to teach', async () => {
    const { length } = await until(
      () =>
        demo.database.query(
          `select 1 where exists (select 1 from bot_session where outcome = 'resolved')
             and exists (select 1 from bot_session where handed_off_at is not null and ticket_id is not null)
             and exists (select 1 from bot_effect where kind = 'lookup' and state = 'done') and exists (select 1 from bot_miss)`,
        ),
      (rows) => rows.length > 0,
      75_000,
    );
    expect(length).toBe(1);
    expect((await fetch(demo.assistantUrl ?? '')).status).toBe(200);
  }, 90_000);

  it('takes it all away with one call, while customers are still writing', async () => {
    const answer = await visitor.call('/api/demo', { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expect((await visitor.call('/api/demo')).body).toEqual({ present: false });
    expect(await list('all')).toEqual([]);
    await until(
      () => demo.database.query('select from customer'),
      (left) => left.length === 0,
    );
    expect(await demo.database.query('select from agent')).toHaveLength(1);
    expect(await demo.database.query('select id from script union all select id from script_connector')).toEqual([]);
  });
});
