// A node of `npm run bench -- routing`: the built hub, and beside it somebody who makes work come in and end through its own services, as
// messages and clicks do, but without what a browser costs. Told over the process's channel what to do; may be killed at any moment.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TicketTelling } from '../apps/hub/src/automation/ticket-telling.service.js';
import type { Database, Transaction } from '../apps/hub/src/database/database.js';
import type { EventBus } from '../apps/hub/src/events/event-bus.js';

/** Work comes in, or the work of a ticket ends. Doing it again changes nothing. */
export type Deed =
  | { kind: 'arrive'; ticketId: string; personId: string; queueId: string; skillIds: string[]; skillLevel: number }
  | { kind: 'finish'; ticketId: string };

/** The main file of the built hub; what else of it is used lies beside. */
const [, , main = ''] = process.argv;
const hub = dirname(main);

function load<Exports>(path: string): Promise<Exports> {
  return import(pathToFileURL(join(hub, path)).href) as Promise<Exports>;
}

const { startHub } = await load<typeof import('../apps/hub/src/start-hub.js')>('start-hub.js');
const { loadConfig } = await load<typeof import('../config/index.js')>('../../../config/index.js');
const { changeTicket, openWork } = await load<typeof import('../libs/tickets/src/index.js')>(
  '../../../libs/tickets/src/index.js',
);
const running = await startHub(loadConfig());
const { app, url } = running;

type Token = Parameters<typeof app.get>[0];
async function find<Thing>(path: string, name: string): Promise<Thing> {
  const exports = await load<Record<string, Token>>(path);
  return app.get<Thing>(exports[name] as Token, { strict: false });
}
const database = await find<Database>('database/database.js', 'Database');
const bus = await find<EventBus>('events/event-bus.js', 'EventBus');
const telling = await find<TicketTelling>('automation/ticket-telling.service.js', 'TicketTelling');

async function arrive(tx: Transaction, deed: Extract<Deed, { kind: 'arrive' }>): Promise<void> {
  const { ticketId, personId, queueId, skillIds, skillLevel } = deed;
  if ((await tx.query('select 1 from ticket where id = $1', [ticketId])).length > 0) {
    return;
  }
  await tx.query('insert into customer (id) values ($1)', [personId]);
  await tx.query('insert into conversation (id, customer_id) values ($1, $1)', [personId]);
  await tx.query('insert into ticket (id, conversation_id, queue_id) values ($1, $2, $3)', [
    ticketId,
    personId,
    queueId,
  ]);
  await openWork(tx, { id: ticketId, queueId }, { class: 'chat', weight: 30 });
  await tx.query('update work_item set skill_ids = $2, skill_level = $3 where ticket_id = $1', [
    ticketId,
    skillIds,
    skillLevel,
  ]);
  bus.emitAfterCommit(tx, 'work.queued', { queueId });
}

async function finish(tx: Transaction, ticketId: string): Promise<void> {
  const [seen] = await tx.query<{ version: number; owner: string | null }>(
    'select version, owner_id as owner from ticket where id = $1',
    [ticketId],
  );
  if (!seen) {
    return;
  }
  const wish = { ticketId, version: seen.version, state: 'solved', by: seen.owner } as const;
  const result = await changeTicket(tx, wish);
  if (result.outcome === 'changed') {
    const { ticket, queued, freedAgent } = result;
    await telling.changed(tx, ticket, { to: 'solved', by: seen.owner, queued, freedAgent });
  }
}

async function doDeed(deed: Deed): Promise<void> {
  await database.transaction((tx) => (deed.kind === 'arrive' ? arrive(tx, deed) : finish(tx, deed.ticketId)));
}

process.on('message', ({ id, deed }: { id: number; deed: Deed }) => {
  doDeed(deed).then(
    () => process.send?.({ id, error: null }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(1));
process.once('SIGTERM', () => void running.stop().finally(() => process.exit(0)));
process.send?.({ url });
