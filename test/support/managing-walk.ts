import { v7 as uuid } from 'uuid';
import { writeTelephoneWav } from '../../apps/hub/src/calls/prompts/telephone-wav.js';
import type { Door } from '../../apps/hub/src/auth/access-inventory.js';
import { callOf, type Target } from './access-sweep.js';
import { deploy, publishScript } from './bot-scene.js';
import { buildAgent, type Answered } from './build-rows.js';
import { openedConsole } from './live-client.js';
import { mailOf, type Wish, type World } from './managing-deeds.js';
import type { PeopleDesk, Writer } from './people-desk.js';
import { buildPhone } from './phone-line.js';

const line = `
format: hub-script/1
id: line
title: {en: Line}
locales: [en]
default_locale: en
channels: [voice]
start: {default: menu}
fallback: bye
nodes:
  menu:
    do: ask
    message: {text: {en: Press one.}}
    options: [{id: one, label: {en: One}, dtmf: "1", next: bye}]
    retry: {max: 2, then: bye}
  bye: {do: end, outcome: resolved}
`;

/** What those who manage work on: somebody who waits, somebody who was served, a mail, a line that answers. */
export async function managedWorld(desk: PeopleDesk): Promise<World & { close(): void }> {
  const { hub, queue } = desk;
  const { database } = hub;
  const agent = (await buildAgent(database)).id;
  const asAgent = await desk.member(agent, queue);
  const console = await openedConsole(hub, agent);
  const served = await desk.hear({ address: '+989120007001', name: 'Nima' });
  const waiting = await desk.hear({ address: '+989120007002', name: 'Mina' });
  const raw = mailOf(uuid());
  const mailed = await desk.hear({ address: 'letter@example.org', kind: 'email', event: { raw } }, desk.mail);
  const idOf = async (sql: string, ...values: unknown[]): Promise<string> =>
    (await database.query<{ id: string }>(sql, values))[0]?.id ?? '';
  const first = ({ conversation }: Writer): Promise<string> =>
    idOf('select id from message where conversation_id = $1 order by seq limit 1', conversation);
  const ticketOf = async ({ conversation }: Writer) => {
    const { id, version } = (await desk.open(conversation, desk.admin)).tickets[0] as { id: string; version: number };
    await desk.admin.call(`/api/tickets/${id}/assignment`, { body: { agentId: agent, expected: null } });
    return { id, version: version + 1 };
  };
  const [{ id: solved, version }, { id: ticket }] = [await ticketOf(served), await ticketOf(waiting)];
  await asAgent.call(`/api/tickets/${solved}`, { method: 'PATCH', body: { state: 'solved', version } });
  const phone = await buildPhone(hub, queue);
  const script = await publishScript(database, line);
  await deploy(database, script, phone);
  const ids = { callback: uuid(), consent: uuid(), hand: uuid(), miss: uuid(), site: uuid() };
  await database.query(
    `insert into channel (id, kind, name, queue_id, config) values ($1, 'messages', 'Other', $2, '{}')`,
    [ids.site, queue],
  );
  await database.query(
    `insert into callback (id, queue_id, ticket_id, work_item_id, conversation_id, customer_id, state, way, requested_at)
     select $1, w.queue_id, t.id, w.id, t.conversation_id, $3, 'requested', 'call', now() from work_item w join ticket t on t.id = w.ticket_id
     where t.id = $2`,
    [ids.callback, ticket, waiting.customer],
  );
  await database.query(
    `insert into visitor_consent (id, channel_id, identity_id, version, words) values ($1, $2, $3, 'v1', 'agreed')`,
    [ids.consent, ids.site, waiting.identity],
  );
  await database.query(
    `with talk as (insert into bot_session (id, conversation_id, version_id, epoch, status, turn, started_at, ended_at)
                   select $1::uuid, $2::uuid, v.id, 1, 'ended', 1, now(), now() from script_version v where script_id = $3::uuid returning id, version_id)
     insert into bot_miss (id, script_id, session_id, version_id, node, locale, channel, text)
     select $1::uuid, $3::uuid, id, version_id, 'menu', 'en', 'web', 'what?' from talk`,
    [ids.miss, served.conversation, script],
  );
  const rules = await database.query<{ id: string }>('select id from rule order by position');
  return {
    ...ids,
    mail: desk.mail.id,
    phone,
    queue,
    agent,
    boss: await idOf(`select id from agent where role = 'admin' order by created_at limit 1`),
    customer: waiting.customer,
    conversation: waiting.conversation,
    message: await first(served),
    ticket,
    letter: await first(mailed),
    solved,
    rules: rules.map(({ id }) => id),
    sound: writeTelephoneWav(new Float32Array(8_000).fill(0.25)),
    close: () => console.close(),
  };
}

/** Goes through doors one after the other, as an administrator, with what the doors before have made. */
export class ManagingWalk {
  private made: Target;

  constructor(
    private readonly desk: PeopleDesk,
    { conversation, customer, ticket, queue, agent }: World,
  ) {
    this.made = {
      conversations: conversation,
      customers: customer,
      tickets: ticket,
      queues: queue,
      agents: agent,
      anything: ticket,
    };
  }

  /** What is wrong with how a door was gone through; empty: it opened, and an entry says so. */
  async through(door: Door, wish: Wish, needsEntry: boolean): Promise<string[]> {
    const { database } = this.desk.hub;
    if (wish.first) {
      await database.query(...wish.first);
    }
    const before = await this.countEntries();
    const { status, text, body } = await this.send(door, wish, { ...this.made, ...wish.ids });
    const entries = (await this.countEntries()) - before;
    this.keep(door.name, body);
    for (const [name, sql] of Object.entries(wish.learn ?? {})) {
      this.made[name] = (await database.query<{ id: string }>(sql))[0]?.id ?? '';
    }
    if (status >= 300) {
      return [`${door.name} answers ${String(status)} ${text.slice(0, 300)}`];
    }
    return needsEntry && entries === 0 ? [`${door.name} leaves no entry`] : [];
  }

  private keep(door: string, body: unknown): void {
    const last = door.split('/').at(-1) ?? '';
    const id = last.startsWith(':') ? undefined : idIn(body);
    this.made = { ...this.made, ...(id !== undefined && { [last]: id }) };
  }

  private async send(door: Door, wish: Wish, target: Target): Promise<Pick<Answered, 'status' | 'text' | 'body'>> {
    const { path, call } = callOf(door, target);
    const url = wish.query === undefined ? path : `${path.split('?')[0] ?? ''}?${wish.query}`;
    const { admin } = this.desk;
    if (!wish.file) {
      const more = typeof wish.body === 'function' ? wish.body(target) : wish.body;
      const body = { ...(call.body as object | undefined), ...more };
      return admin.call(url, call.body === undefined && more === undefined ? call : { ...call, body });
    }
    return admin.call(url, { method: call.method ?? 'POST', file: { name: 'file', ...wish.file } });
  }

  private async countEntries(): Promise<number> {
    const [row] = await this.desk.hub.database.query<{ n: number }>('select count(*)::int as n from audit');
    return row?.n ?? 0;
  }
}

/** The id of what was made, by whatever it is called or wherever it is. */
function idIn(body: unknown): string | undefined {
  const shown = (body ?? {}) as Record<string, unknown>;
  const inside = Object.values(shown).map((value) => (value as { id?: unknown } | null)?.id);
  return [shown['id'], shown['kid'], ...inside].find((id) => typeof id === 'string') as string | undefined;
}
