import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  AttachmentView,
  ConversationView,
  CustomerView,
  ListRow,
  MessageView,
  Page,
  QueueView,
  ReadMarks,
  TicketView,
} from '#contract';
import type { InboundMessage } from '#channels';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;
let agent: Caller;
let support: QueueView;
const channel = { id: uuid(), kind: 'sms' as const };
let count = 0;

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
  [support] = (await admin.call<QueueView[]>('/api/queues')).body as [QueueView];
  await hub.database.query(
    `insert into channel (id, kind, name, queue_id, config) values ($1, 'sms', 'SMS', $2, '{}')`,
    [channel.id, support.id],
  );
  await hub.app.get(ChannelDirectory).refresh();
  agent = await memberOf(support.id);
});

afterAll(() => hub.stop());

async function memberOf(...queueIds: string[]): Promise<Caller> {
  const built = await buildAgent(hub.database);
  for (const queueId of queueIds) {
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, built.id]);
  }
  return signedIn(hub, built.id);
}

/** A customer who wrote `texts`; gives the conversation. */
async function buildWriter(...texts: string[]): Promise<{ conversation: string; phone: string }> {
  count += 1;
  const phone = `+98912${String(count).padStart(7, '0')}`;
  const messages = texts.map((text): InboundMessage => ({
    type: 'message',
    externalId: uuid(),
    raw: Buffer.from(text),
    from: { kind: 'phone', address: phone, trust: 'channel_given', name: `Writer ${count}` },
    claims: [],
    sentAt: null,
    kind: 'text',
    text,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  }));
  await hub.app.get(Receiving).take(channel, messages);
  const [row] = await hub.database.query<{ id: string }>(
    'select c.id from conversation c join identity i on i.customer_id = c.customer_id where i.address = $1',
    [phone],
  );
  return { conversation: (row as { id: string }).id, phone };
}

const open = async (caller: Caller, id: string) =>
  (await caller.call<ConversationView>(`/api/conversations/${id}`)).body;

describe('lists', () => {
  it('pages by cursor without missing or repeating a ticket, newest first', async () => {
    const made = [];
    for (let n = 0; n < 7; n++) {
      made.push((await buildWriter(`hello ${n}`)).conversation);
    }
    const seen: ListRow[] = [];
    let next: string | null = null;
    do {
      const { body }: { body: Page<ListRow> } = await agent.call<Page<ListRow>>(
        `/api/conversations?view=unassigned&limit=3${next === null ? '' : `&before=${next}`}`,
      );
      seen.push(...body.rows);
      next = body.next;
    } while (next !== null);
    expect(seen.map(({ conversation }) => conversation)).toEqual(made.toReversed());
    expect(seen[0]).toMatchObject({ unread: 1, last: { body: 'hello 6', direction: 'in', channelKind: 'sms' } });
  });

  it('shows an agent the queues they serve and no others', async () => {
    const outsider = await memberOf();
    expect((await outsider.call<Page<ListRow>>('/api/conversations?view=all')).body.rows).toEqual([]);
    expect((await outsider.call(`/api/conversations?view=all&queue=${support.id}`)).status).toBe(404);
  });

  it('names the field of a bad question', async () => {
    expect((await agent.call('/api/conversations?limit=1000')).body).toMatchObject({ status: 422, field: 'limit' });
    expect((await agent.call('/api/conversations?view=theirs')).body).toMatchObject({ status: 422, field: 'view' });
    expect((await agent.call('/api/conversations?before=xyz')).body).toMatchObject({ status: 422, field: 'before' });
  });
});

describe('an opened conversation', () => {
  it('pages through its history and forgets what was read', async () => {
    const { conversation } = await buildWriter(...Array.from({ length: 60 }, (_, n) => `line ${n}`));
    const view = await open(agent, conversation);
    expect(view.messages).toHaveLength(50);
    const older = (
      await agent.call<Page<MessageView>>(`/api/conversations/${conversation}/messages?before=${view.before}`)
    ).body;
    expect([...view.messages, ...older.rows].map(({ body }) => body)).toEqual(
      Array.from({ length: 60 }, (_, n) => `line ${59 - n}`),
    );
    expect(view.unread).toBe(60);
    expect(
      (await agent.call(`/api/conversations/${conversation}/read`, { body: { conversation, seq: 58 } })).status,
    ).toBe(204);
    expect((await open(agent, conversation)).unread).toBe(2);
    expect(
      (await agent.call(`/api/conversations/${conversation}/read`, { body: { conversation, seq: 999 } })).body,
    ).toMatchObject({ status: 422, field: 'seq' });
  });

  it('is unread again from the message that its reader says, and never read further by that', async () => {
    const { conversation } = await buildWriter('one', 'two', 'three');
    const from = async (at: number) => {
      const message = (await open(agent, conversation)).messages.find(({ seq }) => seq === at)?.id ?? '';
      return agent.call<ReadMarks>(`/api/conversations/${conversation}/unread`, { body: { message } });
    };
    expect((await from(2)).body).toEqual({ unread: 3, read: { [conversation]: 0 } });
    await agent.call(`/api/conversations/${conversation}/read`, { body: { conversation, seq: 3 } });
    expect((await from(2)).body).toEqual({ unread: 2, read: { [conversation]: 1 } });
    expect((await from(3)).body).toEqual({ unread: 2, read: { [conversation]: 1 } });
    expect((await open(agent, conversation)).unread).toBe(2);
    const other = await buildWriter('elsewhere');
    const [strange] = (await open(agent, other.conversation)).messages;
    const body = { message: strange?.id };
    expect((await agent.call(`/api/conversations/${conversation}/unread`, { body })).status).toBe(404);
  });

  it('notes nothing about what is not, or not any more, part of it', async () => {
    const { conversation } = await buildWriter('first');
    const other = await buildWriter('second');
    const parted = { body: { conversation: other.conversation, seq: 1 } };
    expect((await agent.call(`/api/conversations/${conversation}/read`, parted)).status).toBe(204);
    expect((await open(agent, other.conversation)).unread).toBe(1);
  });

  it('looks the same to who may not read it as one that is not there', async () => {
    const { conversation } = await buildWriter('private');
    const outsider = await memberOf();
    const [foreign, absent] = await Promise.all(
      [conversation, uuid()].map((id) => outsider.call(`/api/conversations/${id}`)),
    );
    expect(foreign?.status).toBe(404);
    expect({ ...foreign?.body, requestId: '' }).toEqual({ ...absent?.body, requestId: '' });
  });

  it('withholds what belongs to a restricted queue from an agent who does not serve it', async () => {
    const { conversation } = await buildWriter('open matter');
    const secret = (await admin.call<QueueView>('/api/queues', { body: { name: `Legal ${uuid()}`, restricted: true } }))
      .body;
    const ticket = (
      await admin.call<{ id: string }>(`/api/conversations/${conversation}/tickets`, {
        body: { subject: 'secret', queueId: secret.id },
      })
    ).body;
    await admin.call(`/api/conversations/${conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'the secret itself', ticketId: ticket.id },
    });
    const seen = await agent.call<ConversationView>(`/api/conversations/${conversation}`);
    expect(seen.text).not.toContain('the secret itself');
    expect(seen.body.messages.find(({ withheld }) => withheld)).toMatchObject({ kind: 'note', body: '' });
    expect(
      (await open(await memberOf(secret.id), conversation)).messages.some(({ body }) => body === 'the secret itself'),
    ).toBe(true);
    expect((await agent.call<Page<ListRow>>('/api/conversations?view=all')).text).not.toContain('the secret itself');
  });
});

describe('a restricted ticket that an agent does not serve', () => {
  it('shows no title, and cannot be opened by acting on it or on its messages', async () => {
    const { conversation } = await buildWriter('open matter');
    const secret = (await admin.call<QueueView>('/api/queues', { body: { name: `Legal ${uuid()}`, restricted: true } }))
      .body;
    const ticket = (
      await admin.call<TicketView>(`/api/conversations/${conversation}/tickets`, {
        body: { subject: 'a telling title', queueId: secret.id },
      })
    ).body;
    await admin.call(`/api/conversations/${conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'the secret itself', ticketId: ticket.id },
    });
    const view = await agent.call<ConversationView>(`/api/conversations/${conversation}`);
    expect(view.text).not.toContain('a telling title');
    const own = view.body.tickets.find(({ queueId }) => queueId === support.id);
    const hidden = view.body.messages.find(({ withheld }) => withheld);
    const { version } = (await open(admin, conversation)).tickets.find(({ id }) => id === ticket.id) as TicketView;
    const acts = await Promise.all([
      agent.call(`/api/conversations/${conversation}/messages/${hidden?.seq}/ticket`, {
        body: { part: conversation, ticketId: own?.id },
      }),
      agent.call(`/api/tickets/${ticket.id}`, { method: 'PATCH', body: { version, queueId: support.id } }),
      agent.call(`/api/tickets/${ticket.id}/assignment`, { body: { agentId: null, expected: null } }),
    ]);
    expect(acts.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(acts.map(({ text }) => text).join()).not.toContain('secret');
  });
});

describe('notes and files', () => {
  it('keeps a note inside: no channel, no delivery, whatever the caller sends along', async () => {
    const { conversation } = await buildWriter('hi');
    const { body } = await agent.call<MessageView>(`/api/conversations/${conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'rude customer', channelId: channel.id },
    });
    expect(body).toMatchObject({ kind: 'note', direction: 'internal', channel: null, delivery: null });
    expect(await hub.database.query('select 1 from delivery where conversation_id = $1', [conversation])).toEqual([]);
  });

  const upload = (caller: Caller, conversation: string, name: string, content: Buffer) =>
    caller.call<AttachmentView & { code: string }>(`/api/attachments?conversation=${conversation}`, {
      file: { name, content },
    });

  it('serves a file as a download that no browser runs, under the rights on its person', async () => {
    const { conversation } = await buildWriter('hi');
    const html = Buffer.from('<html><script>alert(1)</script></html>');
    const { status, body } = await upload(agent, conversation, '../فاکتور.html', html);
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'فاکتور.html', mediaType: 'application/octet-stream', bytes: html.length });
    const note = await agent.call<MessageView>(`/api/conversations/${conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: '', attachmentIds: [body.id] },
    });
    expect(note.body.attachments).toEqual([expect.objectContaining({ id: body.id })]);
    const download = await agent.call(body.url);
    expect(download.text).toBe(html.toString());
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''/);
    expect(download.headers.get('content-security-policy')).toContain('sandbox');
    expect((await (await memberOf()).call(body.url)).status).toBe(404);
  });

  it('refuses a file over the limit and names the limit', async () => {
    const { conversation } = await buildWriter('hi');
    const { status, body } = await upload(agent, conversation, 'big.bin', Buffer.alloc(25 * 1024 * 1024 + 1));
    expect([status, body.code]).toEqual([413, 'file_too_large']);
  });

  it("does not bind a file of another person's conversation", async () => {
    const [mine, theirs] = [await buildWriter('a'), await buildWriter('b')];
    const { body } = await upload(agent, theirs.conversation, 'x.txt', Buffer.from('x'));
    const answer = await agent.call(`/api/conversations/${mine.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: 'y', attachmentIds: [body.id] },
    });
    expect(answer.body).toMatchObject({ status: 422, field: 'attachmentIds' });
  });
});

describe('people', () => {
  it('joins two and parts them again, leaving every row as it was', async () => {
    const [one, two] = [await buildWriter('I am one'), await buildWriter('I am two')];
    const rows = () =>
      hub.database.query(
        `select to_jsonb(k) as row from customer k union all select to_jsonb(i) from identity i union all select to_jsonb(m) - 'rev' from message m
         union all select to_jsonb(t) - 'rev' - 'version' from ticket t order by 1`,
      );
    const before = await rows();
    const [a, b] = [await open(agent, one.conversation), await open(agent, two.conversation)];
    const merged = await agent.call<CustomerView>(`/api/customers/${a.customer.id}/merge`, {
      body: { into: b.customer.id },
    });
    expect(merged.body.identities.map(({ address }) => address).toSorted()).toEqual([one.phone, two.phone].toSorted());
    const joined = await open(agent, one.conversation);
    expect(joined.id).toBe(two.conversation);
    expect(joined.messages.map(({ body }) => body)).toEqual(['I am two', 'I am one']);
    expect(
      (await agent.call(`/api/customers/${a.customer.id}/merge`, { body: { into: b.customer.id } })).body,
    ).toMatchObject({ code: 'same_person' });
    expect((await agent.call(`/api/customers/${a.customer.id}/merge`, { method: 'DELETE' })).status).toBe(200);
    expect(await rows()).toEqual(before);
    expect((await open(agent, one.conversation)).id).toBe(one.conversation);
  });

  it('lets one of two merges of the same pair win, in either direction', async () => {
    const [one, two] = [await buildWriter('x'), await buildWriter('y')];
    const [a, b] = [
      (await open(agent, one.conversation)).customer.id,
      (await open(agent, two.conversation)).customer.id,
    ];
    const answers = await Promise.all([
      agent.call(`/api/customers/${a}/merge`, { body: { into: b } }),
      agent.call(`/api/customers/${b}/merge`, { body: { into: a } }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('gives an address to one customer only', async () => {
    const [one, two] = [await buildWriter('x'), await buildWriter('y')];
    const customer = (await open(agent, one.conversation)).customer.id;
    const claimed = await agent.call<CustomerView>(`/api/customers/${customer}/identities`, {
      body: { kind: 'phone', address: two.phone },
    });
    const claim = claimed.body.claims[0];
    expect(claimed.body.identities.map(({ address }) => address)).toEqual([one.phone]);
    const taken = await agent.call(`/api/customers/${customer}/claims/${claim?.id}/confirm`, { method: 'POST' });
    expect(taken.body).toMatchObject({ status: 409, code: 'address_taken' });
  });
});

describe('a call logged by hand', () => {
  it('becomes a line of the timeline, on the side it came from', async () => {
    const { conversation, phone } = await buildWriter('call me');
    expect((await agent.call(`/api/conversations/${conversation}/calls`, { body: callOf(phone) })).body).toMatchObject({
      code: 'no_phone_channel',
    });
    await admin.call('/api/channels', {
      body: {
        kind: 'phone',
        name: 'Phone',
        config: { driver: 'pbx' },
        secrets: { token: 'exchange-token-0123456789' },
      },
    });
    const logged = await agent.call<MessageView>(`/api/conversations/${conversation}/calls`, {
      body: callOf(phone.replace('+98', '۰')),
    });
    expect(logged.body).toMatchObject({
      kind: 'call',
      direction: 'out',
      body: 'agreed on Monday',
      call: { outcome: 'answered', durationSeconds: 90 },
    });
  });

  const callOf = (address: string) => ({
    direction: 'out',
    address,
    startedAt: '2026-11-21T10:00:00Z',
    durationSeconds: 90,
    outcome: 'answered',
    note: 'agreed on Monday',
  });
});
