import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { v7 as uuid } from 'uuid';
import type { ChannelView } from '#contract';
import { learnMailIds } from '../../apps/hub/src/delivery/thread-ids.query.js';
import { Unsubscribes } from '../../apps/hub/src/delivery/unsubscribes.service.js';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { DNS_QUESTIONS, type MailDnsView } from '../../apps/hub/src/settings/mail-dns/mail-dns.service.js';
import type { SentMail } from '../../tools/stand-ins/mail-server.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { stranger } from '../support/build-rows.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

let all: ConnectedWorld;
let count = 0;

beforeAll(async () => {
  all = await startConnectedWorld();
}, 60_000);
afterAll(() => all?.close());

interface Asked {
  conversation: string;
  thread: string;
  messageId: string;
}

/** A customer's mail over SMTP. */
async function ask(
  from: string,
  more: { subject?: string; text?: string; inReplyTo?: string; cc?: string } = {},
): Promise<Asked> {
  count += 1;
  const messageId = `<q${count}@example.org>`;
  const { cc, ...mail } = more;
  await all.world.mail.writeTo(all.hub.app.get(MailReceiver).port as number, {
    from,
    to: worldMailbox,
    subject: 'Order 17',
    text: `question ${count}`,
    messageId,
    ...mail,
    ...(cc !== undefined && { headers: { Cc: cc } }),
  });
  const [row] = await all.hub.database.query<{ conversation: string; thread: string }>(
    'select conversation_id as conversation, thread_id as thread from message where mail_id = $1',
    [messageId],
  );
  if (!row) {
    throw new Error('the mail was not kept');
  }
  return { ...row, messageId };
}

/** What left after an agent answered on a thread. */
async function answer(
  { conversation, thread }: Asked,
  body: string,
  more: object = {},
): Promise<SentMail & { threadId: string }> {
  const { id, threadId } = await replyBy(all.agent, conversation, 'email', body, { threadId: thread, ...more });
  const [row] = await all.hub.database.query<{ mail_id: string }>('select mail_id from message where id = $1', [id]);
  const mail = await all.world.mail.waitFor(({ messageId }) => messageId === row?.mail_id);
  return { ...mail, threadId: threadId ?? '' };
}

async function refusal({ conversation, thread }: Asked, more: object): Promise<[number, string | undefined]> {
  const { ways } = await openConversation(all.agent, conversation);
  const way = ways.find(({ channelKind }) => channelKind === 'email');
  const { status, body } = await all.agent.call<{ field?: string }>(`/api/conversations/${conversation}/messages`, {
    body: {
      id: uuid(),
      kind: 'text',
      body: 'x',
      channelId: way?.channelId,
      identityId: way?.identityId,
      threadId: thread,
      ...more,
    },
  });
  return [status, body.field];
}

describe('an agent’s mail', () => {
  it('goes to the copies that the agent names, once each and never to a mailbox of ours', async () => {
    const asked = await ask('copies@example.org');
    const mail = await answer(asked, 'hello', {
      cc: ['Reza@Example.org', 'reza@example.org', worldMailbox, 'copies@example.org'],
      bcc: ['boss@example.org', 'reza@example.org'],
    });
    expect(mail.envelope.to).toEqual(['copies@example.org', 'reza@example.org', 'boss@example.org']);
    expect(mail.headers['cc']).toBe('reza@example.org');
    expect(Buffer.from(mail.raw).toString()).not.toContain('boss@example.org');
  });

  it('is refused when a copy has no address', async () => {
    const asked = await ask('nocopy@example.org');
    expect(await refusal(asked, { cc: ['reza'] })).toEqual([422, 'cc']);
    expect(await refusal(asked, { bcc: ['a@b.example\r\nTo: c@d.example'] })).toEqual([422, 'bcc']);
  });

  it('leaves under its thread’s subject, and a new subject begins a new thread', async () => {
    const asked = await ask('subject@example.org');
    const same = await answer(asked, 'one', { subject: 'RE: order 17' });
    expect([same.subject, same.threadId]).toEqual(['Re: Order 17', asked.thread]);
    const other = await answer(asked, 'two', { subject: 'Your refund' });
    expect([other.subject, other.threadId === asked.thread]).toEqual(['Your refund', false]);
    expect([other.headers['in-reply-to'], other.headers['references']]).toEqual([undefined, undefined]);
    const back = await ask('subject@example.org', { subject: 'Re: Your refund', inReplyTo: other.messageId });
    expect(back.thread).toBe(other.threadId);
  });

  it('answers the last mail of its thread and names all of them', async () => {
    const asked = await ask('chain@example.org');
    const first = await answer(asked, 'one');
    const again = await ask('chain@example.org', { subject: 'Re: Order 17', inReplyTo: first.messageId });
    const second = await answer(again, 'two');
    expect([second.headers['in-reply-to'], second.headers['references']?.split(' ')]).toEqual([
      again.messageId,
      [asked.messageId, first.messageId, again.messageId],
    ]);
  });

  it('cannot be written on a thread of somebody else', async () => {
    const asked = await ask('mine@example.org');
    const other = await ask('theirs@example.org');
    expect(await refusal(asked, { threadId: other.thread })).toEqual([404, undefined]);
  });
});

describe('the history below an answer', () => {
  it('is of this thread only: no other thread, no other channel, no note', async () => {
    const asked = await ask('quote@example.org', { text: 'first question' });
    const other = await ask('quote@example.org', { subject: 'Secret matter', text: 'other thread words' });
    await answer(other, 'other thread answer');
    await all.agent.call(`/api/conversations/${asked.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'internal words' },
    });
    await answer(asked, 'first answer');
    const again = await ask('quote@example.org', {
      subject: 'Re: Order 17',
      inReplyTo: asked.messageId,
      text: 'second question',
    });
    const { text } = await answer({ ...again, thread: asked.thread }, 'second answer', { quote: true });
    expect(text).toMatch(
      /^second answer\n\nOn [^]*> second question[^]*Peyk wrote:\n> first answer[^]*> first question/u,
    );
    expect(text).not.toMatch(/internal words|other thread|Secret/u);
  });

  it('is not told to somebody who joins later', async () => {
    const asked = await ask('private@example.org', { text: 'private question' });
    await answer(asked, 'private answer');
    const joined = await answer(asked, 'for all', { quote: true, cc: ['lawyer@example.org'] });
    expect([joined.text, joined.html.includes('private')]).toEqual(['for all', false]);
    const alone = await answer(asked, 'for you', { quote: true });
    expect(alone.text).toContain('> private answer');
  });

  it('repeats nothing of a restricted queue, also once it was cut from its ticket', async () => {
    const asked = await ask('cut@example.org', { text: 'secret question' });
    const queue = uuid();
    await all.hub.database.query(`insert into queue (id, name, restricted) values ($1, $2, true)`, [queue, queue]);
    await all.hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queue, all.sara.id]);
    await all.hub.database.query(`update message set ticket_id = null, restricted_by = $2 where mail_id = $1`, [
      asked.messageId,
      queue,
    ]);
    expect((await answer(asked, 'only this', { quote: true })).text).toBe('only this');
  });

  it('is left out unless it is asked for', async () => {
    const asked = await ask('noquote@example.org', { text: 'unquoted question' });
    expect((await answer(asked, 'short')).text).toBe('short');
  });
});

/** Ends every mail with these words. */
function taking(words: string, onTaken?: () => void): NonNullable<SMTPServerOptions['onData']> {
  return (stream, _, done) => {
    stream.on('end', () => {
      onTaken?.();
      (done as (error: null, text: string) => void)(null, words);
    });
    stream.resume();
  };
}

/** Has the channel send through a server of this make meanwhile. */
async function through(make: SMTPServerOptions, act: () => Promise<void>): Promise<void> {
  const server = new SMTPServer({ logger: false, authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], ...make });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const path = `/api/channels/${all.channels.email}`;
  const channels = await all.admin.call<ChannelView[]>('/api/channels');
  const config = channels.body.find(({ id }) => id === all.channels.email)?.config as { smtp: object };
  const { port } = server.server.address() as AddressInfo;
  try {
    await all.admin.call(path, { method: 'PATCH', body: { config: { ...config, smtp: { ...config.smtp, port } } } });
    await act();
  } finally {
    await all.admin.call(path, { method: 'PATCH', body: { config } });
    server.close();
  }
}

describe('a server on the way', () => {
  const shown = async (asked: Asked, id: string) =>
    (await openConversation(all.agent, asked.conversation)).messages.find((message) => message.id === id);
  const send = (asked: Asked, body: string) =>
    replyBy(all.agent, asked.conversation, 'email', body, { threadId: asked.thread });

  afterEach(() => all.world.mail.setMood({ kind: 'accept' }));

  it('that refuses for good is quoted to the agent, and is not asked again', async () => {
    const asked = await ask('refused@example.org');
    all.world.mail.setMood({ kind: 'answer', at: 'recipient', code: 550, text: '5.1.1 nobody of that name here' });
    const { id } = await send(asked, 'hello');
    const failed = await until(
      () => shown(asked, id),
      (message) => message?.delivery === 'failed',
    );
    expect(failed?.deliveryError).toContain('550 5.1.1 nobody of that name here');
  });

  it('that says "not yet" is waited for, with its words shown, and holds up no other thread of the person', async () => {
    const asked = await ask('deferred@example.org');
    const other = await ask('deferred@example.org', { subject: 'Another matter' });
    all.world.mail.setMood({ kind: 'answer', at: 'recipient', code: 451, text: '4.7.1 greylisted' });
    const { id, seq } = await send(asked, 'hello');
    await until(
      () => shown(asked, id),
      (message) => message?.deliveryError?.includes('4.7.1 greylisted') === true,
    );
    const [waiting] = await all.hub.database.query<{ state: string; seconds: number }>(
      `select state, extract(epoch from due_at - clock_timestamp())::float8 as seconds from delivery where conversation_id = $1 and seq = $2`,
      [asked.conversation, seq],
    );
    expect(waiting?.state).toBe('queued');
    expect(waiting?.seconds).toBeGreaterThan(10);
    all.world.mail.setMood({ kind: 'accept' });
    expect((await answer(other, 'at once')).text).toBe('at once');
  });

  it('that gives our mail an id of its own is believed: the thread is known by that id too', async () => {
    const answered = '2.0.0 OK <AM0@eurprd01.prod.outlook.com> [Hostname=x]';
    await through({ onData: taking(answered) }, async () => {
      const asked = await ask('rewritten@example.org');
      const { id } = await send(asked, 'hello');
      await until(
        () => shown(asked, id),
        (message) => message?.delivery === 'sent',
      );
      const [thread] = await all.hub.database.query<{ other_ids: string[] }>(
        'select other_ids from thread where id = $1',
        [asked.thread],
      );
      expect(thread?.other_ids).toEqual(['<AM0@eurprd01.prod.outlook.com>']);
    });
  });

  it('that takes a mail for its copies and not yet for the customer gets it once, and is asked again for the customer only', async () => {
    let taken = 0;
    const busy: SMTPServerOptions['onRcptTo'] = ({ address }, _, done) =>
      done(address === 'half@example.org' ? Object.assign(new Error('4.2.1 busy'), { responseCode: 450 }) : null);
    const onTaken = () => (taken += 1);
    await through({ onRcptTo: busy, onData: taking('2.0.0 OK', onTaken) }, async () => {
      const asked = await ask('half@example.org');
      const more = { threadId: asked.thread, cc: ['reza@example.org'] };
      const { id, seq } = await replyBy(all.agent, asked.conversation, 'email', 'hello', more);
      const waiting = await until(
        () => shown(asked, id),
        (message) => message?.deliveryError !== null,
      );
      expect(waiting?.delivery).toBe('queued');
      expect(waiting?.deliveryError).toMatch(/^Refused for half@example\.org: .*busy/u);
      const rows = await all.hub.database.query(
        `select only_to from delivery where conversation_id = $1 and seq = $2 and state = 'queued'`,
        [asked.conversation, seq],
      );
      expect([taken, rows]).toEqual([1, [{ only_to: ['half@example.org'] }]]);
    });
  });
});

describe('a thread whose mails got many ids of their servers', () => {
  it('is known by the newest of them', async () => {
    const { thread } = await ask('ids@example.org');
    for (let n = 0; n < 205; n++) {
      await learnMailIds(all.hub.database, thread, [`<${n}@server.example>`]);
    }
    const [row] = await all.hub.database.query<{ other_ids: string[] }>('select other_ids from thread where id = $1', [
      thread,
    ]);
    expect([row?.other_ids.length, row?.other_ids[0], row?.other_ids.at(-1)]).toEqual([
      200,
      '<5@server.example>',
      '<204@server.example>',
    ]);
  });
});

describe('the composer of a mail', () => {
  it('proposes the thread’s subject and everybody whom the last mail was addressed to', async () => {
    const asked = await ask('all@example.org', { cc: `reza@example.org, ${worldMailbox}` });
    const { ways } = await openConversation(all.agent, asked.conversation);
    const way = ways.find(({ channelKind }) => channelKind === 'email');
    const query = `channelId=${way?.channelId}&identityId=${way?.identityId}&threadId=${asked.thread}`;
    const { body } = await all.agent.call(`/api/conversations/${asked.conversation}/reply-options?${query}`);
    expect(body).toEqual({
      subject: 'Order 17',
      from: { address: worldMailbox, name: 'Peyk' },
      to: 'all@example.org',
      replyAll: ['reza@example.org'],
      quote: false,
    });
    // What a program writes in between is nothing that anybody answers.
    for (const headers of [{ 'Auto-Submitted': 'auto-replied' }, { 'X-Autoreply': 'yes' }]) {
      await all.world.mail.writeTo(all.hub.app.get(MailReceiver).port as number, {
        from: 'all@example.org',
        to: worldMailbox,
        subject: 'Re: Order 17',
        text: 'I am out of the office.',
        inReplyTo: asked.messageId,
        headers,
      });
    }
    const after = await all.agent.call(`/api/conversations/${asked.conversation}/reply-options?${query}`);
    expect(after.body).toEqual(body);
    const [last] = await all.hub.database.query<{ automatic: boolean }>(
      `select content -> 'flags' ? 'automatic' as automatic from message where thread_id = $1 order by seq desc limit 1`,
      [asked.thread],
    );
    expect(last?.automatic).toBe(true);
    const other = await ask('another@example.org');
    const hidden = await all.agent.call(`/api/conversations/${other.conversation}/reply-options?${query}`);
    expect(hidden.status).toBe(404);
  });
});

describe('the records of a mail channel’s domain', () => {
  it('are shown with what DNS has; a key made here signs what leaves from then on, and is never shown', async () => {
    const dns = all.hub.app.get<Record<string, unknown>>(DNS_QUESTIONS);
    Object.assign(dns, {
      txt: () => Promise.resolve([]),
      mx: () => Promise.resolve([]),
      cname: () => Promise.resolve([]),
    });
    const path = `/api/channels/${all.channels.email}`;
    expect((await all.agent.call(`${path}/dns`)).status).toBe(403);
    const before = await all.admin.call<MailDnsView>(`${path}/dns`);
    expect(before.body.records.map(({ purpose, status }) => `${purpose} ${status}`)).toEqual([
      'spf missing',
      'dkim unknown',
      'dmarc missing',
      'mx missing',
      'return_path missing',
    ]);
    const made = await all.admin.call<MailDnsView>(`${path}/dkim`, { body: { selector: 'peyk1' } });
    const dkim = made.body.records.find(({ purpose }) => purpose === 'dkim');
    expect([made.status, dkim?.name, dkim?.status]).toEqual([200, 'peyk1._domainkey.peyk.test', 'missing']);

    const asked = await ask('signed@example.org');
    const mail = await answer(asked, 'signed answer');
    const { results } = await dkimVerify(Buffer.from(mail.raw), {
      resolver: (name: string) => Promise.resolve(name === dkim?.name ? [[dkim.value]] : []),
    });
    expect(results.map(({ status }) => status.result)).toEqual(['pass']);

    const listed = await all.admin.call<ChannelView[]>('/api/channels');
    expect(listed.text).not.toContain('PRIVATE KEY');
    expect(listed.body.find(({ id }) => id === all.channels.email)?.secretsSet).toContain('dkimPrivateKey');
    expect(all.hub.logged()).not.toContain('PRIVATE KEY');
  });
});

describe('leaving a list', () => {
  const wish = { list: 'csat', address: 'leaver@example.org' };
  const rows = () =>
    all.hub.database.query('select list, address from mail_unsubscribe where address = $1', [wish.address]);
  const audited = () =>
    all.hub.database.query<{ entry: string }>(`select entry::text from audit where action = 'mail.unsubscribed'`);

  it('is one POST without signing in, as mail programs send it, and changes nothing by being looked at or repeated', async () => {
    const lists = all.hub.app.get(Unsubscribes);
    const url = new URL(lists.urlFor({ channelId: all.channels.email, ...wish }) ?? '');
    const page = await stranger(all.hub).call<string>(url.pathname);
    expect([page.status, page.headers.get('content-type'), page.body.includes('<form method="post">')]).toEqual([
      200,
      'text/html; charset=utf-8',
      true,
    ]);
    expect(await rows()).toEqual([]);
    for (let time = 0; time < 2; time++) {
      const posted = await fetch(all.hub.url + url.pathname, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(posted.status).toBe(200);
    }
    expect(await rows()).toEqual([{ list: 'csat', address: wish.address }]);
    const acts = await audited();
    expect(acts.map(({ entry }) => [entry.includes('csat'), entry.includes(wish.address)])).toEqual([[true, false]]);
    expect(await lists.hasLeft(all.hub.database, 'csat', 'Leaver@example.org')).toBe(true);
    expect(await lists.hasLeft(all.hub.database, 'news', wish.address)).toBe(false);
  });

  it('takes no address that we did not make', async () => {
    const forged = await fetch(`${all.hub.url}/u/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`, { method: 'POST' });
    expect(forged.status).toBe(404);
  });
});
