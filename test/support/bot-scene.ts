import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { readScript, type Script } from '#bots';
import type { MessageView } from '#contract';
import type { Sql } from '#channels';
import { openConversation, type ConnectedWorld } from './connected-world.js';
import { until } from './until.js';

/** A menu with what a script usually does: asks, collects, looks up, hands over, ends. */
export const menuScript = `
format: hub-script/1
id: menu
title: {en: Main menu, fa: فهرست اصلی}
locales: [en, fa]
default_locale: en
channels: [web, telegram, sms, email]
vars:
  order: {type: text}
start: {default: menu}
fallback: to_agent
nodes:
  menu:
    do: ask
    message: {text: {en: How can we help?, fa: چه کمکی از ما برمی‌آید؟}}
    options:
      - {id: track, label: {en: Track an order, fa: پیگیری سفارش}, dtmf: "1", next: ask_order}
      - {id: hours, label: {en: Opening hours, fa: ساعت کاری}, dtmf: "2", next: say_hours}
      - {id: complain, label: {en: Complain, fa: شکایت}, dtmf: "3", next: complaint}
      - {id: human, label: {en: Talk to a person, fa: گفتگو با کارشناس}, dtmf: "0", next: to_agent}
    retry: {max: 2, noMatch: [{text: {en: Please pick one., fa: لطفاً یکی را انتخاب کنید.}}], then: to_agent}
    timeout: {after: {default: 30m}, then: bye}
  ask_order:
    do: collect
    message: {text: {en: What is your order number?, fa: شماره سفارش شما چیست؟}}
    type: order_no
    into: order
    next: found
    retry: {max: 2, then: to_agent}
  found:
    do: say
    message: {text: {en: "Order {{ order }} is on its way.", fa: "سفارش {{ order | fa_digits }} در راه است."}}
    next: done
  say_hours:
    do: say
    message: {text: {en: We are open from 9 to 5., fa: از ۹ تا ۱۷ باز هستیم.}}
    next: menu
  complaint:
    do: ticket
    act: create
    subject: A complaint
    tags: [complaint]
    into: number
    next: told
    onError: to_agent
  told:
    do: say
    message: {text: {en: "Your ticket is {{ number }}.", fa: "شماره پیگیری شما {{ number }} است."}}
    next: done
  to_agent:
    do: handoff
    message: {text: {en: A person will answer you here., fa: کارشناس ما همین‌جا پاسخ می‌دهد.}}
    onUnavailable: bye
  done: {do: end, outcome: resolved}
  bye: {do: end, outcome: unresolved, message: {text: {en: Good bye., fa: خدا نگهدار.}}}
`;

/** A published script, without anybody who published it. */
export async function publishScript(sql: Sql, source: string, key: string = uuid()): Promise<string> {
  const { script, problems } = readScript(source);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!script || errors.length > 0) {
    throw new Error(`the script is refused: ${JSON.stringify(errors)}`);
  }
  const ids = { script: uuid(), version: uuid() };
  await sql.query('insert into script (id, name, key, source) values ($1, $2, $3, $4)', [
    ids.script,
    `script ${ids.script}`,
    key,
    source,
  ]);
  await sql.query(
    `insert into script_version (id, script_id, version, status, body, hash, source, published_at)
     values ($1, $2, 1, 'published', $3, $4, $5, clock_timestamp())`,
    [ids.version, ids.script, JSON.stringify(script), hashOf(script), source],
  );
  await sql.query(
    `insert into script_release (id, script_id, version_id, kind, live_at) values ($1, $2, $3, 'publish', clock_timestamp())`,
    [uuid(), ids.script, ids.version],
  );
  return ids.script;
}

/** From here on the script answers on the channel. */
export async function deploy(sql: Sql, scriptId: string, channelId: string): Promise<void> {
  await sql.query('delete from script_deployment where channel_id = $1', [channelId]);
  await sql.query(`insert into script_deployment (id, channel_id, script_id, hours) values ($1, $2, $3, 'always')`, [
    uuid(),
    channelId,
    scriptId,
  ]);
  await sql.query('update channel set script_id = $2 where id = $1', [channelId, scriptId]);
}

export interface SessionSeen {
  id: string;
  status: string;
  node: string | null;
  turn: number;
  outcome: string | null;
  reason: string | null;
  ticketId: string | null;
  vars: Record<string, unknown>;
}

/** The latest session of a person, by any conversation of theirs; once it fits. */
export function sessionOf(
  { database }: { database: Sql },
  conversationId: string,
  fits: (session: SessionSeen | undefined) => boolean = (session) => session !== undefined,
): Promise<SessionSeen | undefined> {
  return until(async () => {
    const [row] = await database.query<SessionSeen & Record<string, unknown>>(
      `select s.id, s.status, s.node, s.turn, s.outcome, s.reason, s.ticket_id as "ticketId", s.state -> 'vars' as vars
       from bot_session s where s.conversation_id = $1 order by s.started_at desc limit 1`,
      [conversationId],
    );
    return row;
  }, fits);
}

/** What a bot said to a person, oldest first, once it is so many. */
export async function botWords(scene: ConnectedWorld, conversation: string, atLeast: number): Promise<string[]> {
  const messages = await until(
    async (): Promise<MessageView[]> => (await openConversation(scene.admin, conversation)).messages,
    (all) => all.filter(({ author }) => author.kind === 'bot').length >= atLeast,
  );
  return messages
    .filter(({ author }) => author.kind === 'bot')
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ body }) => body);
}

function hashOf(script: Script): Buffer {
  return createHash('sha256').update(JSON.stringify(script)).digest();
}
