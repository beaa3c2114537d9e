import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { v7 as uuid } from 'uuid';
import type { MessageContent } from '#channels';
import { AutomaticAnswers } from '../../apps/hub/src/delivery/automatic-answers.service.js';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import type { CustomerMail, SentMail } from '../../tools/stand-ins/mail-server.js';
import { buildBounce } from '../support/build-bounce.js';
import { replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';

/** How many mails of robots come in: a few here, ten thousand by `PEYK_LOOP_MAILS=10000 npm test -- test/journeys/mail-loops.journey.spec.ts`. */
const mails = Number(process.env['PEYK_LOOP_MAILS'] ?? 200);
/** Rounds after which something that does not end by itself counts as endless. */
const endless = 40;
let near: ConnectedWorld;
let far: ConnectedWorld;
let count = 0;

beforeAll(async () => {
  near = await startConnectedWorld();
  far = await startConnectedWorld();
}, 90_000);

afterAll(async () => {
  await near?.close();
  await far?.close();
});

const write = ({ world, hub }: ConnectedWorld, mail: CustomerMail) =>
  world.mail.writeTo(hub.app.get(MailReceiver).port as number, mail);

interface Heard {
  conversation: string;
  channel: string;
  thread: string | null;
  address: string;
  content: MessageContent;
  ticket: string | null;
}

/** The mails that a hub has from one address, oldest first. */
const heardBy = ({ hub }: ConnectedWorld, address: string): Promise<Heard[]> =>
  hub.database.query(
    `select m.conversation_id as conversation, m.channel_id as channel, m.thread_id as thread, i.address, m.content, m.ticket_id as ticket
     from message m join identity i on i.id = m.identity_id
     where m.direction = 'in' and i.address = $1 order by m.seq`,
    [address],
  );

/** An answering robot inside the hub, as careless as one may be written: it answers whatever the brake lets it answer. */
async function answerLast(scene: ConnectedWorld, address: string): Promise<SentMail | null> {
  const last = (await heardBy(scene, address)).at(-1) as Heard;
  const refusal = await scene.hub.database.transaction((tx) =>
    scene.hub.app
      .get(AutomaticAnswers)
      .refusal(tx, { channelId: last.channel, threadId: last.thread, address, content: last.content }),
  );
  if (refusal !== null) {
    return null;
  }
  count += 1;
  const words = `We have your mail, automatic words ${count}.`;
  await replyBy(scene.agent, last.conversation, 'email', words);
  return scene.world.mail.waitFor((mail) => mail.text.includes(words));
}

/** The far end's mail in the words of a server that checks senders: without it nothing may be answered by itself at all. */
async function vouchFor({ hub }: ConnectedWorld, address: string): Promise<void> {
  await hub.database.query(
    `update message m set content = content || '{"checks": {"spf": "pass", "dkim": "pass", "dmarc": "none", "by": "server"}}'
     from identity i where i.id = m.identity_id and i.address = $1 and m.direction = 'in'`,
    [address],
  );
}

/** What an address sent last, and whether a robot of ours might answer it; the brake counts it then. */
async function wouldAnswer({ hub }: ConnectedWorld, address: string): Promise<boolean> {
  const [last] = await hub.database.query<Heard>(
    `select m.channel_id as channel, m.thread_id as thread, i.address, m.content
     from message m join identity i on i.id = m.identity_id
     where m.direction = 'in' and i.kind = 'email' and i.address = $1 order by m.seq desc limit 1`,
    [address],
  );
  if (!last) {
    return false;
  }
  // Vouched for, or the brake would refuse for that reason alone.
  const checks = { spf: 'pass', dkim: 'pass', dmarc: 'none', by: 'server' as const };
  const refusal = await hub.database.transaction((tx) =>
    hub.app.get(AutomaticAnswers).refusal(tx, {
      channelId: last.channel,
      threadId: last.thread,
      address,
      content: { ...last.content, checks },
    }),
  );
  return refusal === null;
}

async function eventsOf({ hub }: ConnectedWorld): Promise<number> {
  const [row] = await hub.database.query<{ n: number }>('select count(*)::int as n from inbound_event');
  return row?.n ?? 0;
}

/** A few at once. */
async function inTurns<Item>(items: readonly Item[], atOnce: number, work: (item: Item, at: number) => Promise<void>) {
  const waiting = items.map((item, at) => ({ item, at }));
  const turn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await work(next.item, next.at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, turn));
}

async function states({ hub }: ConnectedWorld, address: string): Promise<string[]> {
  const rows = await hub.database.query<{ state: string }>(
    `select t.state from ticket t join conversation c on c.id = t.conversation_id join identity i on i.customer_id = c.customer_id
     where i.address = $1`,
    [address],
  );
  return rows.map(({ state }) => state);
}

describe('two robots', () => {
  it('of two hubs that answer each other end after one answer each, and no mail is lost', async () => {
    const [here, there] = ['team@near.example', 'team@far.example'];
    let sent = 0;
    let next: { scene: ConnectedWorld; from: string } | null = { scene: near, from: there };
    const quoted: string[] = [];
    const arrived = new Map<ConnectedWorld, number>([
      [near, 0],
      [far, 0],
    ]);
    for (let round = 0; next && round < endless; round++) {
      const { scene, from } = next as { scene: ConnectedWorld; from: string };
      const subject = round === 0 ? 'Hello' : 'Re: Hello';
      const mail = await write(scene, {
        from,
        to: worldMailbox,
        subject,
        text: `Round ${round}`,
        references: quoted,
        ...(quoted.length > 0 && { inReplyTo: quoted.at(-1) as string }),
      });
      quoted.push(mail.messageId);
      arrived.set(scene, (arrived.get(scene) as number) + 1);
      await vouchFor(scene, from);
      const answer: SentMail | null = await answerLast(scene, from);
      sent += answer ? 1 : 0;
      quoted.push(...(answer ? [answer.messageId] : []));
      next = answer ? { scene: scene === near ? far : near, from: scene === near ? here : there } : null;
    }
    expect(next).toBeNull();
    expect(sent).toBe(2);
    expect(await heardBy(near, there)).toHaveLength(arrived.get(near) as number);
    expect(await heardBy(far, here)).toHaveLength(arrived.get(far) as number);
  });

  it('end though the other side bears no mark of a robot and begins a new thread each time', async () => {
    const robot = 'robot@replies.example';
    let answered = 0;
    for (let round = 0; round < 12; round++) {
      await write(near, {
        from: robot,
        to: worldMailbox,
        subject: `Ticket ${round}`,
        text: 'We received your message.',
      });
      await vouchFor(near, robot);
      answered += (await answerLast(near, robot)) ? 1 : 0;
    }
    expect(answered).toBe(3);
    expect(await heardBy(near, robot)).toHaveLength(12);
  });

  it('never begin where the other side says that it is one', async () => {
    const vacation = 'mina@vacation.example';
    await write(near, {
      from: vacation,
      to: worldMailbox,
      subject: 'Automatic reply: Hello',
      text: 'I am out of the office.',
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    await vouchFor(near, vacation);
    expect(await answerLast(near, vacation)).toBeNull();
  });
});

describe('a robot that answers everything', () => {
  it('fills no queue: past twenty mails in ten minutes its mail is kept and moves nothing', async () => {
    const robot = 'flood@robots.example';
    for (let round = 0; round < 30; round++) {
      await write(near, { from: robot, to: worldMailbox, subject: 'Your request', text: `Received, number ${round}.` });
    }
    const heard = await heardBy(near, robot);
    expect(heard).toHaveLength(30);
    expect(heard.slice(20).every(({ content }) => content.flags?.includes('automatic'))).toBe(true);
    expect(heard.slice(20).filter(({ ticket }) => ticket !== null)).toEqual([]);
    expect(await states(near, robot)).toEqual(['new']);
  });

  it('is told by its hops when a mail has gone in circles', async () => {
    const hops = Array.from({ length: 35 }, (_, hop) => `Received: from h${hop}.example by h${hop + 1}.example; now`);
    const raw = [...hops, 'From: circle@robots.example', `To: ${worldMailbox}`, 'Subject: Round', '', 'And round.', ''];
    await write(near, { from: 'circle@robots.example', to: worldMailbox, raw: Buffer.from(raw.join('\r\n')) });
    const [heard] = await heardBy(near, 'circle@robots.example');
    expect(heard?.content.flags).toContain('automatic');
  });
});

describe('everything that answers by itself', () => {
  interface Peer {
    address: string;
    letter: (round: number) => Partial<Pick<CustomerMail, 'subject' | 'text' | 'headers' | 'envelopeFrom'>>;
  }
  const vacation = { 'Auto-Submitted': 'auto-replied', Subject: 'Automatic reply: Hello' };
  const list = { 'List-Id': '<talk.lists.example>', Precedence: 'list' };
  const kinds: Peer['letter'][] = [
    // A second hub, as careless as one may be: no mark of a robot, a thread of its own each time.
    (round) => ({ subject: `Ticket ${round}`, text: `Round ${round}` }),
    // One that answers on the same thread for ever.
    (round) => ({ subject: 'Re: Hello', text: `Thank you for your mail, ${round}.` }),
    () => ({ subject: 'Automatic reply: Hello', text: 'I am out of the office.', headers: vacation }),
    (round) => ({ subject: '[talk] Hello', text: `List mail ${round}`, headers: list }),
    (round) => ({ envelopeFrom: '', subject: 'Undelivered Mail Returned to Sender', text: `Not delivered, ${round}` }),
  ];

  it(
    `ends by itself over ${mails} mails: one answer a thread, three a day for an address, and every mail is kept`,
    async () => {
      const peers = Array.from({ length: Math.max(kinds.length, Math.ceil(mails / 100)) }, (_, at) => ({
        address: `peer${at}@loop.example`,
        letter: kinds[at % kinds.length] as Peer['letter'],
      }));
      const answered = new Map<string, number>();
      const port = near.hub.app.get(MailReceiver).port as number;
      // The receiver takes so many mails a minute of one machine: these come from many.
      const ways = Array.from({ length: 1 + Math.ceil(mails / 200) }, (_, at) =>
        createTransport({
          host: '127.0.0.1',
          port,
          pool: true,
          maxConnections: 1,
          ignoreTLS: true,
          localAddress: `127.0.1.${at + 1}`,
        }),
      );
      const before = await eventsOf(near);
      const left = near.world.mail.sent.length;
      for (let round = 0; round * peers.length < mails; round++) {
        await inTurns(peers.slice(0, mails - round * peers.length), 8, async ({ address, letter }, at) => {
          const { envelopeFrom, ...mail } = { from: address, ...letter(round) };
          const way = ways[(round * peers.length + at) % ways.length] as (typeof ways)[number];
          await way.sendMail({
            ...mail,
            to: worldMailbox,
            envelope: { from: envelopeFrom ?? address, to: worldMailbox },
          });
          answered.set(address, (answered.get(address) ?? 0) + ((await wouldAnswer(near, address)) ? 1 : 0));
        });
      }
      ways.forEach((way) => way.close());
      expect((await eventsOf(near)) - before).toBe(mails);
      expect(Math.max(...answered.values())).toBeLessThanOrEqual(3);
      const marked = peers.filter((_, at) => at % kinds.length >= 2).map(({ address }) => answered.get(address) ?? 0);
      expect(new Set(marked)).toEqual(new Set([0]));
      const [threads] = await near.hub.database.query<{ most: number }>(
        'select coalesce(max(n), 0)::int as most from (select count(*) as n from automatic_answer where thread_id is not null group by thread_id) t',
      );
      expect(threads?.most).toBeLessThanOrEqual(1);
      const [tickets] = await near.hub.database.query<{ most: number }>(
        `select max(n)::int as most from (
           select count(*) as n from ticket t join conversation c on c.id = t.conversation_id join identity i on i.customer_id = c.customer_id
           where i.address like 'peer%@loop.example' group by i.address) t`,
      );
      expect(tickets?.most).toBe(1);
      expect(near.world.mail.sent).toHaveLength(left);
      process.stderr.write(
        `mail loops: ${mails} mails of ${peers.length} robots, all kept, ${[...answered.values()].reduce((sum, n) => sum + n, 0)} answers allowed\n`,
      );
    },
    60_000 + mails * 100,
  );
});

describe('reports', () => {
  it('about reports end: nothing leaves in answer to the bounce of a bounce', async () => {
    const before = near.world.mail.sent.length;
    const first = buildBounce({ to: worldMailbox, failed: 'gone@example.org', messageId: '<once@ours.example>' });
    const id = /message-id: (<[^>]+>)/iu.exec(first.toString())?.[1] as string;
    const second = buildBounce({ to: worldMailbox, failed: 'mailer-daemon@mx.example.net', messageId: id });
    for (const raw of [first, second]) {
      await write(near, { from: worldMailbox, envelopeFrom: '', to: worldMailbox, raw });
    }
    expect(await heardBy(near, 'mailer-daemon@mx.example.net')).toHaveLength(2);
    expect(await states(near, 'mailer-daemon@mx.example.net')).toEqual([]);
    expect(await answerLast(near, 'mailer-daemon@mx.example.net')).toBeNull();
    expect(near.world.mail.sent).toHaveLength(before);
  });
});

describe('mail of ours', () => {
  it('that comes back to our own address is known and is no mail of a customer', async () => {
    const address = 'echo@example.org';
    await write(near, { from: address, to: worldMailbox, subject: 'Echo', text: 'Who is there?' });
    const [asked] = (await heardBy(near, address)) as [Heard];
    await replyBy(near.agent, asked.conversation, 'email', 'We are here, all of us.');
    const sent = await near.world.mail.waitFor((mail) => mail.text.includes('We are here, all of us.'));
    await write(near, { from: worldMailbox, to: worldMailbox, raw: sent.raw });
    expect(await heardBy(near, worldMailbox)).toEqual([]);
    const kept = await near.hub.database.query<{ state: string }>(
      `select state from inbound_event where external_id like $1`,
      [`${sent.messageId} %`],
    );
    expect(kept).toEqual([{ state: 'ignored' }]);
  });

  it('never answers another mailbox of ours', async () => {
    await write(near, { from: worldMailbox, to: worldMailbox, subject: 'To myself', text: 'A note' });
    await vouchFor(near, worldMailbox);
    expect(await answerLast(near, worldMailbox)).toBeNull();
  });
});

describe('a mailbox', () => {
  const undone = new Error('undone');

  it('rests once it has answered two hundred times by itself within an hour, and no other mailbox rests with it', async () => {
    const told: (string | null)[] = [];
    const [full, other] = [uuid(), uuid()];
    const tried = near.hub.database.transaction(async (tx) => {
      const ids = Array.from({ length: 200 }, () => uuid());
      await tx.query(
        `insert into automatic_answer (id, channel_id, address) select id, $2, 'somebody@loop.example' from unnest($1::uuid[]) id`,
        [ids, full],
      );
      for (const channelId of [full, other]) {
        const mail = { channelId, threadId: null, address: `new-${channelId}@loop.example`, content: { flags: [] } };
        told.push(await near.hub.app.get(AutomaticAnswers).refusal(tx, mail));
      }
      throw undone;
    });
    await expect(tried).rejects.toBe(undone);
    expect(told).toEqual(['mailbox_budget', null]);
  });
});
