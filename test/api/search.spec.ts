import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { SearchAnswer } from '#contract';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let sara: BuiltAgent;
let agent: Caller;
let outsider: Caller;
let admin: Caller;
let channel: { id: string; kind: 'web' | 'messages' };

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web' } });
  sara = await buildAgent(hub.database, { name: 'Sara', email: 'sara@peyk.test' });
  const nobody = await buildAgent(hub.database, { name: 'Nobody', email: 'nobody@peyk.test' });
  const queueId = await buildQueue(hub.database, { members: [sara.id] });
  channel = await buildChannel(hub, { kind: 'messages', queueId });
  const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin'`);
  [agent, outsider, admin] = (await Promise.all(
    [sara.id, nobody.id, root?.id ?? ''].map((id) => signedIn(hub, id)),
  )) as [Caller, Caller, Caller];
}, 60_000);

afterAll(() => hub?.stop());

const hear = (text: string, address: string = uuid()) => hearFrom(hub, channel, address, text);
const search = async (q: string, caller = agent, more = '') =>
  (await caller.call<SearchAnswer>(`/api/search?q=${encodeURIComponent(q)}&zone=Asia/Tehran${more}`)).body;
const snippets = async (q: string, caller = agent) =>
  (await search(q, caller)).rows.map(({ message }) => message?.snippet);

describe('a search for words', () => {
  it('finds messages that hold all of them, newest first, however they are spelled', async () => {
    await hear('کتاب‌های من نرسیده است');
    await hear('سلام، كتابهاي ديگري هم مي‌خواهم');
    expect(await snippets('کتاب')).toEqual(['سلام، كتابهاي ديگري هم مي‌خواهم', 'کتاب‌های من نرسیده است']);
    expect(await snippets('کتاب نرسیده')).toEqual(['کتاب‌های من نرسیده است']);
    await hear('code ab12cd of क्षमा and 12xy');
    expect(await snippets('ab12')).toHaveLength(1);
    expect(await snippets('क्षमा 12x')).toHaveLength(1);
    const [hit] = (await search('نرسیده')).rows;
    expect(hit?.message?.marks.map(([from, to]) => hit.message?.snippet.slice(from, to))).toEqual(['نرسیده']);
  });

  it('is narrowed by who wrote, where, and in which tickets', async () => {
    const conversation = await hear('Zebra needs a refund');
    const note = { id: uuid(), kind: 'note', body: 'zebra is a good customer' };
    await agent.call(`/api/conversations/${conversation}/messages`, { body: note });
    expect(await snippets('zebra')).toEqual(['zebra is a good customer', 'Zebra needs a refund']);
    expect(await snippets('zebra from:customer')).toEqual(['Zebra needs a refund']);
    expect(await snippets('zebra from:sara')).toEqual(['zebra is a good customer']);
    expect(await snippets('zebra is:note')).toEqual(['zebra is a good customer']);
    expect(await snippets('zebra channel:messages')).toEqual(['Zebra needs a refund']);
    expect(await snippets('zebra channel:sms')).toEqual([]);
    expect(await snippets('zebra before:2020-01-01')).toEqual([]);
    expect(await snippets('zebra after:1405/01/01')).toHaveLength(2);
    const [{ ticket } = { ticket: null }] = (await search('zebra from:customer')).rows;
    await agent.call(`/api/tickets/${ticket?.id}`, { method: 'PATCH', body: { tags: ['striped'], version: 1 } });
    await hub.database.query(`update ticket set tags = '{striped}' where id = $1`, [ticket?.id]);
    expect(await snippets('zebra tag:striped from:customer')).toEqual(['Zebra needs a refund']);
    expect(await snippets('zebra tag:plain')).toEqual([]);
  });

  it('goes on page by page and finds each once', async () => {
    for (let number = 0; number < 7; number++) {
      await hear(`quokka number ${String(number)}`);
    }
    const seen: (string | undefined)[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: SearchAnswer = await search('quokka', agent, `&limit=3${next === '' ? '' : `&before=${next}`}`);
      seen.push(...page.rows.map(({ message }) => message?.snippet));
      next = page.next;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((number) => `quokka number ${String(number)}`));
  });

  it('finds nothing that its reader may not open, and nothing that was taken out', async () => {
    const conversation = await hear('wombat secret');
    expect(await snippets('wombat')).toEqual(['wombat secret']);
    expect(await snippets('wombat', outsider)).toEqual([]);
    expect(await snippets('wombat', admin)).toEqual(['wombat secret']);
    await hub.database.query(
      `update queue set restricted = true where id in (select queue_id from ticket where conversation_id = $1)`,
      [conversation],
    );
    expect(await snippets('wombat', outsider)).toEqual([]);
    await hub.database.query(
      `update message set body = '', search_text = '', redacted_at = clock_timestamp() where conversation_id = $1 and direction = 'in'`,
      [conversation],
    );
    expect(await snippets('wombat', admin)).toEqual([]);
  });
});

describe('a search without words', () => {
  it('finds tickets by what they are, and by their number', async () => {
    await hear('numbat here');
    const [hit] = (await search('numbat')).rows;
    const number = hit?.ticket?.number;
    expect((await search(`#${String(number)}`)).rows).toMatchObject([
      { ticket: { number }, message: { snippet: 'numbat here' } },
    ]);
    const numbers = async (q: string) => (await search(q)).rows.map(({ ticket }) => ticket?.number);
    expect(await numbers('is:unassigned')).toContain(number);
    expect(await numbers('assignee:sara')).not.toContain(number);
    await agent.call(`/api/tickets/${hit?.ticket?.id}/assignment`, { body: { agentId: sara.id, expected: null } });
    expect(await numbers('assignee:me is:open')).toEqual([number]);
    expect((await search(`numbat #${String(number)}`)).rows).toHaveLength(1);
    expect((await search(`numbat #${String(Number(number) + 1_000_000)}`)).rows).toEqual([]);
    expect(await numbers('channel:messages is:open')).toContain(number);
    expect(await numbers('channel:sms is:open')).toEqual([]);
    expect((await search(`#${String(number)}`, outsider)).rows).toEqual([]);
  });
});

describe('a search that cannot be followed', () => {
  it('says which part of it, and guesses nothing', async () => {
    expect(await search('zebra colour:blue')).toEqual({
      rows: [],
      next: null,
      problems: [{ term: 'colour:blue', why: 'unknown_filter' }],
    });
    expect((await search('zebra queue:nowhere')).problems).toEqual([{ term: 'nowhere', why: 'unknown_value' }]);
    expect((await search('from:customer')).problems).toEqual([{ term: '', why: 'words_needed' }]);
    expect((await agent.call('/api/search?q=x&zone=Mars/Base')).status).toBe(422);
    expect(await search("it's & | ! ( ' :*")).toMatchObject({ problems: [] });
    const odd = [
      '\u0000',
      'tag:\u0000',
      'ﷲ'.repeat(500),
      '؟!',
      '\u064e\u064e',
      '1403abc',
      '\ud800',
      'x'.repeat(500),
      'from:\u0000',
    ];
    for (const q of [
      ...odd,
      `tag:${'\ud800'}`,
      '#999999999999999',
      'constructor:x',
      'before:0000/00/00',
      'after:0001-01-01',
    ]) {
      const path = `/api/search?q=${encodeURIComponent(q.toWellFormed())}`;
      expect([q, (await agent.call(path)).status]).toEqual([q, 200]);
    }
  });
});
