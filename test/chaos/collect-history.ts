import type { MessageView } from '#contract';
import type { Customer } from './customers.js';
import { markOf, type ChannelName, type DeliveryEnd, type History, type TimelineRow } from './history.js';
import type { Installation } from './installation.js';
import { spooledBytes } from './spooled-bytes.js';

/** What the generator knows of its own doings. */
export type Doings = Pick<History, 'seed' | 'said' | 'replied' | 'doubtful' | 'taken'>;

/** Waits for everything that is on its way to end, then reads what the agent, the customers and the timelines have. */
export async function collectHistory(
  installation: Installation,
  customers: Customer[],
  doings: Doings,
  withinMs: number,
): Promise<History> {
  await settle(installation, withinMs);
  await installation.agent.catchUpNow();
  await Promise.all(customers.map((customer) => customer.catchUp()));
  const conversations = await conversationsOf(installation, customers);
  const timelines = await readTimelines(installation, conversations);
  return {
    ...doings,
    shown: installation.agent.shown.filter(({ conversation }) => conversations.has(conversation)),
    arrived: customers.flatMap((customer) => customer.arrived()),
    rows: timelines.flat().map(rowOf),
    deliveries: await deliveriesOf(installation, conversations),
  };
}

/**
 * Until nothing is queued, being sent, fetched, spooled, or waiting at the bot; what has not moved for so long is for the checker to
 * find. A backlog that is still worked off is not lost, however slow the machine.
 */
async function settle({ database, world, site }: Installation, withinMs: number): Promise<void> {
  let giveUpAt = performance.now() + withinMs;
  let standing = '';
  let isQuiet = false;
  while (!isQuiet && performance.now() < giveUpAt) {
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
    const [now] = await database.query<{ open: number; events: number }>(
      `select ((select count(*) from delivery where state in ('queued', 'sending'))
             + (select count(*) from attachment where state = 'fetching'))::int as open,
              (select count(*) from inbound_event)::int as events`,
    );
    isQuiet = now?.open === 0 && world.bot.pending() === 0 && spooledBytes(site.folder) === 0;
    if (JSON.stringify(now) !== standing) {
      standing = JSON.stringify(now);
      giveUpAt = performance.now() + withinMs;
    }
  }
  await world.twilio.settled();
}

/** The conversation rows of these customers, by the marks of what they said. */
async function conversationsOf({ database }: Installation, customers: Customer[]): Promise<Set<string>> {
  const rows = await database.query<{ conversation_id: string; body: string }>(
    'select conversation_id, body from message',
  );
  const keys = new Set(customers.map(({ key }) => key));
  const theirs = rows.filter(({ body }) => keys.has((markOf(body) ?? '').split('/')[1] ?? ''));
  return new Set(theirs.map(({ conversation_id }) => conversation_id));
}

async function readTimelines({ api }: Installation, conversations: Set<string>): Promise<MessageView[][]> {
  const timelines: MessageView[][] = [];
  for (const conversation of conversations) {
    timelines.push(await api.timeline(conversation));
  }
  return timelines;
}

export function rowOf({ conversation, seq, id, direction, kind, body, delivery, call }: MessageView): TimelineRow {
  return { conversation, seq, id, direction, kind, mark: markOf(body), delivery, callState: call?.state ?? null };
}

async function deliveriesOf({ database }: Installation, conversations: Set<string>): Promise<DeliveryEnd[]> {
  const rows = await database.query<{
    body: string;
    kind: ChannelName;
    state: string;
    attempts: number;
    reason: string | null;
  }>(
    `select m.body, ch.kind, d.state, d.attempts, d.error_code as reason
     from delivery d join message m on m.conversation_id = d.conversation_id and m.seq = d.seq join channel ch on ch.id = d.channel_id
     where d.conversation_id = any ($1::uuid[]) order by d.created_at`,
    [[...conversations]],
  );
  return rows.map(({ body, kind, ...delivery }) => ({ mark: markOf(body), channel: kind, ...delivery }));
}
