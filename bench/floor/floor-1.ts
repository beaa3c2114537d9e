// FLOOR-1: the least that a program can do for a message. It is frozen: do not tune it, or older figures mean nothing.
//
// It does what must be done by any program that takes a signed webhook, makes it durable and shows it to agents: check the HMAC,
// write the same rows to the same tables with the same indexes and foreign keys (the raw event once, the message, its conversation's
// counters, the ticket's last activity, the fact in the event log), answer after the commit, and emit what was written. All of it is
// one named statement. What it leaves out is what a product adds: the framework, validation, the triggers that guard the rows (they
// are off in its database; what they would count it counts here), rights, routing, strangers, restarts.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';
import { v7 as uuid } from 'uuid';

const accept = {
  name: 'accept',
  text: `
with sender as materialized (
  select i.id, k.name, i.last_seen_at, c.id as conversation, k.id as customer,
         (select t.id from ticket t where t.conversation_id = c.id and t.state <> 'closed' order by t.last_message_at desc limit 1) as ticket
  from identity i join customer k on k.id = i.customer_id join conversation c on c.customer_id = k.id
  where i.kind = 'external' and i.address = $4 and i.retired_at is null),
event as (
  insert into inbound_event (id, channel_id, external_id, raw) select $1, $2, $3, $5 from sender
  on conflict (channel_id, external_id) where external_id is not null do nothing returning id),
counted as (
  update conversation c set last_seq = c.last_seq + 1, rev = c.rev + 2,
    last_message_at = greatest(clock_timestamp(), c.last_message_at + interval '1 microsecond')
  from sender s, event where c.id = s.conversation returning c.last_seq, c.rev, c.last_message_at as at),
said as (
  insert into message (id, conversation_id, seq, rev, at, channel_id, identity_id, external_id, ticket_id, ticket_reason,
                       direction, author, body, search_text)
  select $6, s.conversation, c.last_seq, c.rev - 1, c.at, $2, s.id, $3, s.ticket, 'only_open', 'in', 'customer', $7, lower($7)
  from sender s, counted c returning seq),
touched as (
  update ticket t set last_message_at = c.at, rev = c.rev, version = t.version + 1,
    state = case when t.state in ('pending', 'solved') then 'open' else t.state end, snoozed_until = null
  from sender s, counted c where t.id = s.ticket returning t.*),
seen as (
  update identity i set last_seen_at = clock_timestamp() from sender s, event
  where i.id = s.id and s.last_seen_at < now() - interval '5 minutes'),
logged as (
  insert into event_log (type, conversation_id, subject_id, payload)
  select 'message.received', s.conversation, $6, jsonb_build_object('seq', c.last_seq) from sender s, counted c)
select s.conversation, s.customer, s.name, c.last_seq as seq, c.rev, c.at, to_jsonb(t) as ticket from sender s, counted c, touched t`,
};

const { DATABASE_URL = '', CHANNEL = '', SECRET = '' } = process.env;
const key = Buffer.from(SECRET.replace('whsec_', ''), 'base64');
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    take(Buffer.concat(chunks), (name) => String(request.headers[name] ?? '')).then(
      (status) => answer(status, '{"accepted":true}'),
      (error: unknown) => answer(500, JSON.stringify({ error: String(error) })),
    );
  });
  const answer = (status: number, body: string): void => {
    response
      .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body);
  };
});
// Idle while its rival is measured, and no longer than its rival's own limit.
server.keepAliveTimeout = 72_000;
const sockets = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
const agents = sockets.of('/agent');
sockets.of('/visitor');

async function take(body: Buffer, header: (name: string) => string): Promise<number> {
  const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  const [given, right] = [Buffer.from(header('webhook-signature')), Buffer.from(`v1,${mac}`)];
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    return 403;
  }
  const { from, text } = JSON.parse(body.toString()) as { from: { id: string }; text: string };
  const message = uuid();
  const values = [uuid(), CHANNEL, id, `${CHANNEL}:${from.id}`, body, message, text];
  const row = (await pool.query<Record<string, unknown>>({ ...accept, values })).rows[0];
  if (row) {
    const { conversation, customer, name, seq, rev, at, ticket } = row;
    const said = {
      id: message,
      conversation,
      seq,
      at,
      channelId: CHANNEL,
      direction: 'in',
      author: { name },
      body: text,
    };
    agents.emit('conversation.changes', {
      conversation,
      rev,
      customer: { id: customer, name },
      messages: [said],
      tickets: [ticket],
    });
  }
  return 200;
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready at http://127.0.0.1:${String((server.address() as { port: number }).port)}\n`);
});
