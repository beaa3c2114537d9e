import type { CallbackView, Page, QueueWaitingView } from '#contract';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { WaitingSweeper } from '../../apps/hub/src/waiting/waiting.sweeper.js';
import { WaitingQueues } from '../../apps/hub/src/waiting/waiting-queues.service.js';
import type { ConnectedWorld } from './connected-world.js';
import { buildQueue } from './live-client.js';
import { until } from './until.js';

/** What a queue of a test says to those who wait. */
export interface Terms {
  tell?: Partial<QueueWaitingView['tell']>;
  callback?: Partial<QueueWaitingView['callback']>;
  tellClosed?: boolean;
  texts?: Partial<QueueWaitingView['texts']>;
}

/** A queue of its own behind a channel, with nobody in it unless members are named. */
export async function queueBehind(
  scene: ConnectedWorld,
  channelId: string,
  terms: Terms,
  members: string[] = [],
): Promise<string> {
  const queueId = await buildQueue(scene.hub.database, { members });
  await scene.hub.database.query('update channel set queue_id = $2 where id = $1', [channelId, queueId]);
  await setTerms(scene, queueId, terms);
  await scene.hub.app.get(ChannelDirectory).refresh();
  return queueId;
}

/** What a queue says from now on. */
export async function setTerms({ hub }: ConnectedWorld, queueId: string, terms: Terms): Promise<void> {
  await hub.database.query('update queue set waiting = $2 where id = $1', [queueId, JSON.stringify(terms)]);
  hub.app.get(WaitingQueues).forget();
}

/** Gives a queue hours of UTC: closed today and open from nine on tomorrow. */
export async function closeUntilTomorrow(
  { hub }: ConnectedWorld,
  queueId: string,
  calendarId: string,
): Promise<string> {
  const tomorrow = new Date(Date.now() + 86_400_000);
  await hub.database.query(`insert into calendar (id, name, tz) values ($1, $2, 'UTC')`, [calendarId, calendarId]);
  await hub.database.query(
    `insert into calendar_window (calendar_id, valid, dow, minutes) values ($1, '[,)', $2, '[540,1020)')`,
    [calendarId, tomorrow.getUTCDay() || 7],
  );
  await hub.database.query('update queue set calendar_id = $2 where id = $1', [queueId, calendarId]);
  hub.app.get(WaitingQueues).forget();
  return `${tomorrow.toISOString().slice(0, 10)}T09:00:00.000Z`;
}

/** Work that waits in a queue, by what its customer wrote first. */
export interface WaitingWork {
  id: string;
  ticketId: string;
  conversationId: string;
}

/** The work of a message once it waits, as if it had waited for so long already. */
export async function waitingFor({ hub }: ConnectedWorld, body: string, seconds = 10): Promise<WaitingWork> {
  const [work] = await until(
    () =>
      hub.database.query<WaitingWork & Record<string, unknown>>(
        `select w.id, w.ticket_id as "ticketId", m.conversation_id as "conversationId"
         from message m join work_item w on w.ticket_id = m.ticket_id
         where m.body = $1 and m.direction = 'in' and w.state = 'queued'`,
        [body],
      ),
    (rows) => rows.length > 0,
  );
  await hub.database.query(
    `update work_item set enqueued_at = enqueued_at - $2 * interval '1 second', rank_at = rank_at - $2 * interval '1 second' where id = $1`,
    [work?.id, seconds],
  );
  return work as WaitingWork;
}

/** What the sweeper of the hub does now and then. */
export function lookAtWaiting({ hub }: ConnectedWorld): Promise<void> {
  return hub.app.get(WaitingSweeper).look();
}

/** What customers were written by the hub itself, oldest first. */
export async function automaticTo({ hub }: ConnectedWorld, conversationId: string): Promise<string[]> {
  const rows = await hub.database.query<{ body: string }>(
    `select body from message where conversation_id = $1 and direction = 'out' and author = 'system' order by seq`,
    [conversationId],
  );
  return rows.map(({ body }) => body);
}

export async function callbacksOf({ admin }: ConnectedWorld, ticketId: string): Promise<CallbackView[]> {
  return (await admin.call<Page<CallbackView>>(`/api/callbacks?ticketId=${ticketId}`)).body.rows;
}

/** How an item stands in its line. */
export async function rankOf({ hub }: ConnectedWorld, workId: string): Promise<{ state: string; rank_at: Date }> {
  const [row] = await hub.database.query<{ state: string; rank_at: Date }>(
    'select state, rank_at from work_item where id = $1',
    [workId],
  );
  return row as { state: string; rank_at: Date };
}
