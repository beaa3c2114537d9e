import { describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConversationView, CustomerLinkView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import type { CustomerMail } from '../../tools/stand-ins/mail-server.js';
import { connectVisitor, type Visitor } from '../../tools/stand-ins/visitor.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { buildAgent, Caller, signedIn, type Answered, type Call } from './build-rows.js';
import { listRows, openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from './connected-world.js';
import { visitorToken } from './live-client.js';
import { until } from './until.js';

/** What nobody but the victim and the agents may ever see: it is in every answer that the victim got. */
export const secret = `canary-${uuid()}`;
export const mina = { mail: 'mina@example.org', phone: '+989121234567', telegram: 42 };
export const mallory = { mail: 'mallory@evil.test', phone: '+989350000666', telegram: 666 };

export let scene: ConnectedWorld;
export let victim: ConversationView;
export let chat: Visitor;
export let link: string;
export let ours: { messageId: string; replyTo: string };
export let outsider: Caller;
export let outsiderId: string;
export let fileId: string;
export let tokenOfMallory: string;
export let linkOfMallory: string;

/** Sets the stage. The names above are there once it is done. */
export async function startHijackScene(): Promise<void> {
  scene = await startConnectedWorld({ env: { DEFAULT_COUNTRY: 'IR' } });
  await buildVictim();
  const built = await buildAgent(scene.hub.database, { name: 'Outsider' });
  outsiderId = built.id;
  outsider = await signedIn(scene.hub, built.id);
  tokenOfMallory = await visitorToken(scene.hub, scene.channels.web);
  const telegram = victim.customer.identities.find(({ kind }) => kind === 'telegram');
  const made = await scene.agent.call<CustomerLinkView>(`/api/customers/${victim.customer.id}/links`, {
    body: { identityId: telegram?.id },
  });
  link = (made.body.url ?? '').replace(/^.*\/my\//, '');
  expect((await read(`/api/my/${link}`)).text).toContain(secret);
  linkOfMallory = await buildMallory();
}

export async function stopHijackScene(): Promise<void> {
  chat?.close();
  await scene?.close();
}

/** Somebody who wrote over four channels, was answered on each with the secret, and is one person. */
async function buildVictim(): Promise<void> {
  await scene.world.twilio.sms(scene.channels.sms, { from: mina.phone, to: '+15005550006', body: 'hello by SMS' });
  await sendMail({
    from: `Mina <${mina.mail}>`,
    subject: 'Invoice',
    text: 'hello by mail',
    attachments: [{ filename: 's.txt', contentType: 'text/plain', content: Buffer.from(secret) }],
  });
  scene.world.bot.customer(mina.telegram, 'Mina').say('hello by telegram');
  chat = await connectVisitor({ hub: scene.hub.url, channel: scene.channels.web });
  await chat.say('hello by chat');
  const rows = await until(
    () => listRows(scene.agent, 'open'),
    (all) => all.length === 4,
  );
  const [first, ...others] = rows as [(typeof rows)[0], ...typeof rows];
  for (const other of others) {
    await scene.agent.call(`/api/customers/${other.customer.id}/merge`, { body: { into: first.customer.id } });
  }
  for (const kind of ['sms', 'email', 'telegram', 'web']) {
    await replyBy(scene.agent, first.conversation, kind, `${secret} by ${kind}`);
  }
  const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(mina.mail), 10_000);
  ours = { messageId: mail.messageId, replyTo: mail.headers['reply-to'] ?? mail.headers['from'] ?? '' };
  await until(
    () => Promise.resolve(scene.world.bot.receivedBy(mina.telegram)),
    (got) => got.length > 0,
  );
  victim = await openConversation(scene.agent, first.conversation);
  fileId = victim.messages.flatMap(({ attachments }) => attachments)[0]?.id ?? '';
}

/** The attacker, who wrote as well and has a link to what they wrote. */
async function buildMallory(): Promise<string> {
  await scene.world.gateway.sms({ from: mallory.phone, text: 'I am Mallory' });
  const [row] = await until(
    () =>
      scene.hub.database.query<{ id: string; customer_id: string }>(
        'select id, customer_id from identity where address = $1',
        [mallory.phone],
      ),
    (rows) => rows.length === 1,
  );
  const made = await scene.agent.call<CustomerLinkView>(`/api/customers/${row?.customer_id ?? ''}/links`, {
    body: { identityId: row?.id },
  });
  return (made.body.url ?? '').replace(/^.*\/my\//, '');
}

export async function sendMail(mail: Partial<CustomerMail>): Promise<string> {
  const port = scene.hub.app.get(MailReceiver).port as number;
  const sent = { from: mallory.mail, to: worldMailbox, subject: 'Hi', text: 'hi', ...mail };
  return scene.world.mail.writeTo(port, sent).then(
    ({ response }) => response,
    (error: unknown) => String(error),
  );
}

/** A mail as bytes, for heads that no mail program would write. */
export const rawMail = (head: string[], mark: string): Partial<CustomerMail> => ({
  raw: Buffer.from(
    [
      ...head,
      `To: ${worldMailbox}`,
      `Message-ID: <${uuid()}@evil.test>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      mark,
      '',
    ].join('\r\n'),
  ),
});

export async function read(
  path: string,
  caller: Caller = new Caller(scene.hub.url),
  call: Call = {},
): Promise<Answered> {
  return caller.call(path, call);
}

/** Posts a webhook as somebody without the secret does. */
export async function hook(path: string, body: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${scene.hub.url}/hooks/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
  return `${String(response.status)} ${await response.text()}`;
}

/** What is stored of an attack that left a mark. */
interface Trace {
  author: string;
  author_id: string | null;
  address: string | null;
  flags: string[];
  is_victims: boolean;
}

export async function tracesOf(mark: string): Promise<Trace[]> {
  return scene.hub.database.query<Trace & Record<string, unknown>>(
    `select m.author, m.author_id, i.address, coalesce(array(select jsonb_array_elements_text(m.content -> 'flags')), '{}') as flags,
            coalesce(i.customer_id, c.customer_id) = any ($2::uuid[]) as is_victims
     from message m join conversation c on c.id = m.conversation_id left join identity i on i.id = m.identity_id
     where m.body like '%' || $1 || '%'`,
    [mark, [...new Set(victim.customer.identities.map(({ customerId }) => customerId))]],
  );
}

/** Who the victim is: the addresses, and how far each is believed. An attack changes nothing of it. */
async function victimNow(): Promise<unknown> {
  const rows = await scene.hub.database.query(
    `select i.kind, i.address, i.trust, i.shared, i.customer_id, k.merged_into, k.blocked_at, k.name
     from identity i join customer k on k.id = i.customer_id
     where i.customer_id = any ($1::uuid[]) or k.merged_into = $2 order by 1, 2`,
    [[...new Set(victim.customer.identities.map(({ customerId }) => customerId))], victim.customer.id],
  );
  const [counts] = await scene.hub.database.query(
    `select (select count(*)::int from merge_journal) as merges,
            (select count(*)::int from message where direction = 'out' or author = 'agent') as ours,
            (select count(*)::int from customer_link) as links`,
  );
  return { rows, counts };
}

/** What left for others than the victim. */
function leaked(): string {
  return JSON.stringify([
    scene.world.mail.sent
      .filter(({ envelope }) => envelope.to.some((to) => to !== mina.mail))
      .map(({ raw }) => Buffer.from(raw).toString()),
    scene.world.bot.received.filter(({ chatId }) => chatId !== mina.telegram),
    scene.world.twilio.received.filter(({ to }) => to !== mina.phone),
    scene.world.gateway.received,
  ]);
}

/** `expected` says what may be stored with the mark. Whatever it is, an attacker saw nothing and nothing is written as the victim unflagged. */
export type Attack = [
  name: string,
  expected: 'nothing' | 'own' | 'flagged' | 'channel',
  act: (mark: string) => Promise<string>,
];

export function attempts(what: string, attacks: Attack[]): void {
  describe(what, () => {
    it.each(attacks)('%s', async (_, expected, act) => {
      const mark = `mark-${uuid()}`;
      const before = await victimNow();
      const seen = await act(mark);
      expect(seen).not.toContain(secret);
      const traces = await until(
        () => tracesOf(mark),
        (rows) => expected === 'nothing' || rows.length > 0,
      );
      expect(
        traces
          .map(({ author, author_id: id }) => ({ author, id }))
          .filter(({ author, id }) => author !== 'customer' || id !== null),
      ).toEqual([]);
      expect(traces).toHaveLength(expected === 'nothing' ? 0 : 1);
      for (const { is_victims: isVictims, flags } of traces) {
        expect(isVictims).toBe(expected === 'flagged' || expected === 'channel');
        expect(expected === 'flagged' && !flags.includes('unverified') && !flags.includes('forged')).toBe(false);
      }
      expect(await victimNow()).toEqual(before);
      expect(leaked()).not.toContain(secret);
    });
  });
}

/** The same text with another sign at one place. */
export const altered = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
