import { join } from 'node:path';
import { DatabaseServer } from './database-server.js';
import { show } from './figures.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { loadAverage } from './machine.js';
import { seedHistory } from './seed-history.js';
import type { Settings } from './settings.js';

const database = 'rules';
const budgetMs = 30_000;
const wholeEvents = 100_000;

/** A rule of the kind that people write: words in several spellings, a pattern, the ticket, the customer, the hours. */
const terms = {
  event: { on: 'message_received' },
  conditions: {
    all: [
      {
        any: [
          { field: 'message.text', op: 'has_any', value: ['سفارش', 'refund', 'پی‌گیری'] },
          { field: 'message.text', op: 'matches', value: 'order[0-9]{3,}' },
        ],
      },
      { not: { field: 'ticket.tags', op: 'has_any', value: ['done'] } },
      { field: 'ticket.priority', op: 'at_least', value: 2 },
      { field: 'customer.language', op: 'is', value: ['fa'] },
      { field: 'hours.open', op: 'is', value: true },
    ],
  },
  actions: [
    { do: 'add_tags', tags: ['tried'] },
    { do: 'set_priority', priority: 3 },
  ],
  maxPerHour: 10,
};

interface Tried {
  considered: number;
  fired: number;
  isCut: boolean;
  tookMs: number;
}

/** How long a rule takes to be tried on a hundred thousand messages of the past, half of whose tickets have changed since. */
export async function measureRules({ main, isSmall }: Settings): Promise<boolean> {
  const events = isSmall ? 5_000 : wholeEvents;
  const server = await DatabaseServer.start();
  await server.create(database);
  const start = () =>
    startBuiltHub({ main, dataDir: join(server.folder, database), databaseUrl: server.urlOf(database) });
  const first = await start();
  await furnish(await SignedIn.as(first.url, administrator));
  await first.stop();
  await seedHistory(server, database, events);
  await remember(server);
  const admin = await SignedIn.as((await start()).url, administrator);
  const began = performance.now();
  const tried = await admin.call<Tried>('POST', '/api/rules/dry-run', { terms, over: { events, days: 3650 } });
  const ms = performance.now() - began;
  const isKept = tried.considered === events && !tried.isCut && (isSmall || ms <= budgetMs);
  process.stdout.write(
    `a rule tried on ${String(tried.considered)} past messages: ${show(ms)} ms, ${show((1000 * ms) / events)} µs each; it would have fired ${String(tried.fired)} times; ` +
      `budget ${String(budgetMs)} ms for ${String(wholeEvents)}, ${isKept ? 'kept' : 'MISSED'}; load average ${loadAverage()}\n`,
  );
  return isKept;
}

/** What a history needs to be there. */
async function furnish(admin: SignedIn): Promise<void> {
  await admin.call('POST', '/api/channels', {
    kind: 'messages',
    name: 'Bench',
    secrets: { secret: 'a secret of the bench' },
  });
  await admin.addColleague({ ...administrator, email: 'reader@bench.test' }, { name: 'Reader', role: 'agent' });
}

/** The facts of that history, and how every second ticket was before it changed. */
async function remember(server: DatabaseServer): Promise<void> {
  await server.run(
    database,
    `set session_replication_role = replica`,
    `insert into event_log (type, conversation_id, subject_id, payload, at)
     select 'message.received', m.conversation_id, m.id, jsonb_build_object('seq', m.seq), m.at
     from message m where m.direction = 'in' and m.ticket_id is not null order by m.at, m.id`,
    `insert into past_state (xid, subject_id, was)
     select '3', t.id, jsonb_build_object('state', 'open', 'priority', 1 + t.number % 4, 'queue_id', t.queue_id, 'owner_id', t.owner_id,
       'tags', t.tags, 'fields', t.fields, 'subject', t.subject)
     from ticket t where t.number % 2 = 0`,
    `vacuum analyze`,
  );
}
