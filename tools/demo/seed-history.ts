import { v7 as uuid } from 'uuid';
import { matchKey, type Sql } from '#channels';
import { assign } from '#tickets';
import type { Database } from '../../apps/hub/src/database/database.js';
import type { Furniture } from './furnish.js';
import { addressOf, type Past, type Story, type Way } from './story.js';

const dayMinutes = 1440;

/** A customer as they are written down: the rows that their past hangs from. */
interface Person {
  story: Story;
  customer: string;
  conversation: string;
  /** By the index of the way. */
  identities: string[];
  thread: string | null;
  ticket: string | null;
  agent: string;
}

/**
 * Writes what happened before the demonstration: people with their addresses, messages of the last two weeks and the tickets that
 * came of them. Instants are given, as an import would; the database's own guards number and order everything. People of the web
 * chat have no past, because a visitor is known only by a token.
 */
export async function seedHistory(database: Database, furniture: Furniture, stories: readonly Story[]): Promise<void> {
  const known = stories.filter(({ ways }) => ways.every((way) => way.by !== 'web'));
  for (const [index, story] of known.entries()) {
    const agents = furniture.agents.filter(({ queues }) => queues.includes(story.queue));
    const agent = agents[index % Math.max(1, agents.length)]?.id ?? furniture.adminId;
    await database.transaction((tx) => seedOne(tx, furniture, story, agent));
  }
}

async function seedOne(sql: Sql, furniture: Furniture, story: Story, agent: string): Promise<void> {
  const person = await writePerson(sql, furniture, story, agent);
  if (person.ticket === null) {
    return;
  }
  for (const past of story.past) {
    await writePast(sql, furniture, person, past);
  }
  await settle(sql, person, person.ticket);
  await markRead(sql, furniture, person);
}

async function writePerson(sql: Sql, furniture: Furniture, story: Story, agent: string): Promise<Person> {
  const person: Person = {
    story,
    customer: uuid(),
    conversation: uuid(),
    identities: story.ways.map(() => uuid()),
    thread: null,
    ticket: null,
    agent,
  };
  const oldest = story.past[0]?.[0] ?? 30 * dayMinutes;
  await sql.query(
    `insert into customer (id, name, name_key, locale, demo, created_at)
     values ($1, $2, $3, $4, true, clock_timestamp() - $5 * interval '1 minute')`,
    [person.customer, story.name, matchKey(story.name), story.locale, oldest],
  );
  await sql.query('insert into conversation (id, customer_id) values ($1, $2)', [person.conversation, person.customer]);
  const addresses = new Set<string>();
  for (const [index, way] of story.ways.entries()) {
    const { kind, address } = addressOf(way) as NonNullable<ReturnType<typeof addressOf>>;
    if (addresses.has(address)) {
      person.identities[index] = person.identities[0] as string;
      continue;
    }
    addresses.add(address);
    await sql.query(
      `insert into identity (id, customer_id, kind, address, trust, last_seen_at) values ($1, $2, $3, $4, $5, clock_timestamp() - interval '1 hour')`,
      [person.identities[index], person.customer, kind, address, kind === 'telegram' ? 'proven' : 'channel_given'],
    );
  }
  if (story.past.length > 0) {
    person.ticket = await openTicket(sql, furniture, person);
    person.thread = await openThread(sql, furniture, person);
  }
  return person;
}

async function openTicket(sql: Sql, furniture: Furniture, { story, conversation }: Person): Promise<string> {
  const id = uuid();
  await sql.query(
    `insert into ticket (id, conversation_id, queue_id, subject, tags, opened_at, last_message_at)
     values ($1, $2, $3, $4, $5, clock_timestamp() - $6 * interval '1 minute', clock_timestamp() - $7 * interval '1 minute')`,
    [
      id,
      conversation,
      furniture.queues[story.queue],
      story.subject,
      story.tags,
      story.past[0]?.[0],
      story.past.at(-1)?.[0],
    ],
  );
  return id;
}

async function openThread(sql: Sql, furniture: Furniture, { story, conversation }: Person): Promise<string | null> {
  const way = pastWay(story);
  if (way.by !== 'email') {
    return null;
  }
  const id = uuid();
  await sql.query(
    `insert into thread (id, conversation_id, channel_id, subject, participants, verified) values ($1, $2, $3, $4, $5, true)`,
    [id, conversation, furniture.channels.email, story.subject, [way.address]],
  );
  return id;
}

/** How each kind of past is written down. */
const forms: Record<
  Past[1],
  { direction: string; author: 'customer' | 'agent'; kind: string; delivery: string | null }
> = {
  customer: { direction: 'in', author: 'customer', kind: 'text', delivery: null },
  agent: { direction: 'out', author: 'agent', kind: 'text', delivery: 'delivered' },
  note: { direction: 'internal', author: 'agent', kind: 'note', delivery: null },
  missed: { direction: 'in', author: 'customer', kind: 'call', delivery: null },
  talked: { direction: 'in', author: 'customer', kind: 'call', delivery: null },
};

async function writePast(sql: Sql, furniture: Furniture, person: Person, [minutesAgo, who, text]: Past): Promise<void> {
  const form = forms[who];
  const place = placeOf(furniture, person, form.kind);
  const body = form.kind === 'call' ? '' : text;
  const isMail = place.thread !== null;
  await sql.query(
    `insert into message (id, conversation_id, at, sent_at, channel_id, thread_id, identity_id, mail_id, ticket_id, direction, author,
                          author_id, kind, body, search_text, content, delivery)
     values ($1, $2, clock_timestamp() - $3 * interval '1 minute', clock_timestamp() - $3 * interval '1 minute', $4, $5, $6, $7, $8, $9,
             $10, $11, $12, $13, $14, $15, $16)`,
    [
      uuid(),
      person.conversation,
      minutesAgo,
      place.channel,
      place.thread,
      place.identity,
      isMail ? `<${uuid()}@example.com>` : null,
      person.ticket,
      form.direction,
      form.author,
      form.author === 'agent' ? person.agent : null,
      form.kind,
      body,
      matchKey(`${isMail ? person.story.subject : ''} ${body}`),
      JSON.stringify(contentOf(person.story, { minutesAgo, who, text, isMail })),
      form.delivery,
    ],
  );
}

/** A note is nowhere but in the conversation; a call is on the phone, whatever else they use. */
function placeOf(
  furniture: Furniture,
  person: Person,
  kind: string,
): { channel: string | null; identity: string | null; thread: string | null } {
  if (kind === 'note') {
    return { channel: null, identity: null, thread: null };
  }
  const { story, identities, thread } = person;
  const way =
    kind === 'call'
      ? story.ways.findIndex((one) => addressOf(one)?.kind === 'phone')
      : story.ways.indexOf(pastWay(story));
  const channel = kind === 'call' ? furniture.channels.phone : channelOf(furniture, pastWay(story));
  return { channel, identity: identities[way] ?? null, thread: kind === 'call' ? null : thread };
}

function contentOf(
  story: Story,
  { minutesAgo, who, text, isMail }: { minutesAgo: number; who: Past[1]; text: string; isMail: boolean },
): object {
  if (who !== 'missed' && who !== 'talked') {
    return isMail ? { subject: story.subject } : {};
  }
  const seconds = who === 'talked' ? Number(text) : 0;
  const startedAt = Date.now() - minutesAgo * 60_000;
  const answeredAt = who === 'talked' ? new Date(startedAt + 6_000).toISOString() : null;
  const call = {
    callId: uuid(),
    order: 3,
    direction: 'in',
    state: 'ended',
    outcome: who === 'talked' ? 'answered' : 'missed',
    startedAt: new Date(startedAt).toISOString(),
    answeredAt,
    endedAt: new Date(startedAt + 6_000 + seconds * 1_000).toISOString(),
    durationSeconds: who === 'talked' ? seconds : null,
    recordingUrl: null,
  };
  return { call };
}

/** Brings the ticket where the story says: waiting for whoever is free, held and waiting for the customer, or solved. */
async function settle(sql: Sql, { story, agent, conversation }: Person, ticketId: string): Promise<void> {
  const ago = story.past.at(-1)?.[0] ?? 0;
  if (story.state === 'open') {
    await sql.query(
      `insert into work_item (id, ticket_id, queue_id, class, weight, state, enqueued_at, rank_at)
       select $1, t.id, t.queue_id, 'async', 5, 'queued', t.last_message_at, t.last_message_at from ticket t where t.id = $2`,
      [uuid(), ticketId],
    );
    return;
  }
  if (story.state === 'pending') {
    await assign(sql, {
      ticketId,
      agentId: agent,
      expectedOwnerId: null,
      by: null,
      withinCapacity: false,
      endReason: 'transferred',
    });
    await sql.query(`update ticket set state = 'pending' where id = $1`, [ticketId]);
    return;
  }
  await sql.query(
    `update ticket set state = 'solved', owner_id = $2, solved_at = clock_timestamp() - $3 * interval '1 minute',
            reopen_until = clock_timestamp() + interval '2 days' - $3 * interval '1 minute' where id = $1`,
    [ticketId, agent, Math.max(0, ago - 2)],
  );
  await sql.query(
    `insert into message (id, conversation_id, at, ticket_id, direction, author, author_id, kind, content)
     select $1, $2, clock_timestamp() - $3 * interval '1 minute', t.id, 'internal', 'agent', $4, 'event',
            jsonb_build_object('event', jsonb_build_object('name', 'ticket.state', 'number', t.number, 'from', 'open', 'to', 'solved'))
     from ticket t where t.id = $5`,
    [uuid(), conversation, Math.max(0, ago - 2), agent, ticketId],
  );
}

/** What was dealt with was read; what waits for an answer is new to everybody. */
async function markRead(sql: Sql, furniture: Furniture, { story, conversation }: Person): Promise<void> {
  if (story.state !== 'open') {
    await sql.query(
      `insert into read_cursor (agent_id, conversation_id, seq) select a, c.id, c.last_seq from unnest($2::uuid[]) a, conversation c where c.id = $1`,
      [conversation, [furniture.adminId, ...furniture.agents.map(({ id }) => id)]],
    );
  }
}

/** A person with two ways wrote by the last one before; calls keep to the phone. */
function pastWay(story: Story): Way {
  return story.ways.findLast((way) => way.by !== 'call') ?? story.ways[0];
}

function channelOf({ channels }: Furniture, way: Way): string {
  switch (way.by) {
    case 'telegram':
      return channels.telegram;
    case 'email':
      return channels.email;
    case 'twilio':
      return channels.sms;
    case 'gateway':
      return channels.gateway;
    case 'call':
      return channels.phone;
    case 'web':
      return channels.web;
  }
}
