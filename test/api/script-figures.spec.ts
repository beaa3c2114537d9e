import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  ArticleView,
  ScriptFiguresView,
  ScriptMissClusterView,
  ScriptReplayView,
  ScriptSessionView,
  ScriptView,
} from '#contract';
import { Misses } from '../../apps/hub/src/bots/teach/misses.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom, openedChat, visitorToken } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { makeSurvey } from '../support/survey-scene.js';
import { until } from '../support/until.js';

let hub: TestHub;
let admin: Caller;
let agent: Caller;
let here: Awaited<ReturnType<typeof buildChannel>>;
/** A channel without a bot, whose customers only have to be there. */
let quiet: Awaited<ReturnType<typeof buildChannel>>;
let script: ScriptView;

const sourceOf = (greeting: string, shop: string, key = 'desk'): string => `
format: hub-script/1
id: ${key}
title: { en: Desk, fa: میز }
locales: [en, fa]
default_locale: en
channels: [web]
intents:
  # what people ask about money
  refund:
    examples: { en: [money back] }
start: { default: menu }
fallback: person
nodes:
  menu:
    do: ask
    message: { text: { en: ${greeting}, fa: ${greeting} } }
    options:
      - { id: shop, label: { en: The shop, fa: فروشگاه }, next: shop }
      - { id: person, label: { en: A person, fa: کارشناس }, next: person }
    retry: { max: 3, noMatch: [{ text: { en: Please choose., fa: انتخاب کنید. } }], then: person }
  shop: { do: end, message: { text: { en: ${shop}, fa: ${shop} } }, outcome: resolved }
  person: { do: handoff, onUnavailable: shop }
`;

beforeAll(async () => {
  hub = await startTestHub();
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  const rootId = (root as { id: string }).id;
  admin = await signedIn(hub, rootId);
  agent = await signedIn(hub, (await buildAgent(hub.database, { role: 'agent' })).id);
  here = await buildChannel(hub, { kind: 'web', queueId: await buildQueue(hub.database, { members: [rootId] }) });
  quiet = await buildChannel(hub, { kind: 'messages', queueId: await buildQueue(hub.database) });
  script = await make(sourceOf('What is it about?', 'We are open.'));
  const deployed = await admin.call(`/api/scripts/${script.id}/deployments`, { body: { channelId: here.id } });
  expect(deployed.status).toBe(201);
}, 60_000);

afterAll(() => hub?.stop());

async function make(source: string): Promise<ScriptView> {
  const made = await admin.call<ScriptView>('/api/scripts', { body: { name: `Desk ${uuid()}`, source } });
  expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
  const live = await admin.call<ScriptView>(`/api/scripts/${made.body.id}/publish`, {
    body: { version: made.body.draftVersion },
  });
  expect({ status: live.status, text: live.text }).toMatchObject({ status: 200 });
  return live.body;
}

const said = async (conversation: string): Promise<string[]> =>
  (
    await hub.database.query<{ body: string }>(
      `select body from message where conversation_id = $1 and author = 'bot' order by seq`,
      [conversation],
    )
  ).map(({ body }) => body);

async function conversationWith(words: string): Promise<string> {
  const [row] = await hub.database.query<{ id: string }>('select conversation_id as id from message where body = $1', [
    words,
  ]);
  return (row as { id: string }).id;
}

/** Waits for so many messages of the bot. */
const answers = (conversation: string, count: number): Promise<string[]> =>
  until(
    () => said(conversation),
    (texts) => texts.length >= count,
  );

describe('a talk that was', () => {
  it('is played again against a draft, and shown beside what was said', async () => {
    const chat = await openedChat(hub, here.id, await visitorToken(hub, here.id));
    await chat.say('hello there');
    const conversation = await conversationWith('hello there');
    expect((await answers(conversation, 1))[0]).toContain('What is it about?');
    await chat.say('abracadabra');
    const again = await answers(conversation, 2);
    await chat.say('The shop');
    expect((await answers(conversation, again.length + 1)).at(-1)).toBe('We are open.');
    const [session] = await until(
      async () => (await admin.call<ScriptSessionView[]>(`/api/scripts/${script.id}/sessions`)).body,
      (rows) => rows[0]?.status === 'ended',
    );
    expect(session).toMatchObject({ conversation, version: 1, outcome: 'resolved', channel: 'web' });
    const replay = async (source: string) =>
      (
        await admin.call<ScriptReplayView>(`/api/scripts/${script.id}/replay`, {
          body: { sessionId: session?.id, source },
        })
      ).body;
    const same = await replay(script.source);
    expect(same.turns.filter(({ isSame }) => !isSame)).toEqual([]);
    expect(same.turns.map(({ customer: words }) => words)).toEqual(expect.arrayContaining(['abracadabra', 'The shop']));
    expect(same.after).toMatchObject({ node: 'shop', outcome: 'resolved' });
    const changed = await replay(sourceOf('What is it about?', 'We are closed.'));
    const different = changed.turns.filter(({ isSame }) => !isSame);
    expect(different).toEqual([
      { customer: 'The shop', before: ['We are open.'], after: ['We are closed.'], isSame: false },
    ]);
    const denied = await agent.call(`/api/scripts/${script.id}/replay`, { body: { sessionId: session?.id } });
    expect(denied.status).toBe(403);
  });
});

describe('a talk that has begun', () => {
  it('keeps its version while another one is published, and the next talk has the new one', async () => {
    const own = await buildChannel(hub, { kind: 'web', queueId: await buildQueue(hub.database) });
    const first = await make(sourceOf('Which one?', 'The old one.', 'kept'));
    await admin.call(`/api/scripts/${first.id}/deployments`, { body: { channelId: own.id } });
    const chat = await openedChat(hub, own.id, await visitorToken(hub, own.id));
    await chat.say('first customer');
    const conversation = await conversationWith('first customer');
    await answers(conversation, 1);
    const draft = await admin.call<ScriptView>(`/api/scripts/${first.id}/draft`, {
      method: 'PUT',
      body: { version: first.draftVersion, source: sourceOf('Which one?', 'The new one.', 'kept') },
    });
    await admin.call(`/api/scripts/${first.id}/publish`, { body: { version: draft.body.draftVersion } });
    await chat.say('The shop');
    expect((await answers(conversation, 2)).at(-1)).toBe('The old one.');
    const other = await openedChat(hub, own.id, await visitorToken(hub, own.id));
    await other.say('second customer');
    const next = await conversationWith('second customer');
    await answers(next, 1);
    await other.say('The shop');
    expect((await answers(next, 2)).at(-1)).toBe('The new one.');
  });
});

describe('what was not understood', () => {
  async function note(...texts: string[]): Promise<ScriptView> {
    const own = await make(sourceOf('Hello', 'Bye', `taught_${uuid().slice(-8)}`));
    const versionId = own.versions[0]?.id as string;
    const [session] = await hub.database.query<{ id: string }>('select id from bot_session limit 1');
    for (const text of texts) {
      await hub.app.get(Misses, { strict: false }).note(hub.database, {
        sessionId: (session as { id: string }).id,
        versionId,
        node: 'menu',
        text,
        locale: 'en',
        channel: 'web',
      });
    }
    return own;
  }
  const list = async ({ id }: ScriptView) =>
    (await admin.call<ScriptMissClusterView[]>(`/api/scripts/misses?script=${id}`)).body;

  it('is kept without what could name the customer', async () => {
    const own = await note('my number is 0912 345 6789, ali@example.com, call me', '۰۹۱۲۳۴۵۶۷۸۹');
    const kept = await hub.database.query<{ text: string }>('select text from bot_miss where script_id = $1', [own.id]);
    expect(kept.map(({ text }) => text).toSorted()).toEqual(['my number is …, … call me', '…']);
  });

  it('is put together by likeness, and taught to an intent of the draft without touching the rest', async () => {
    const own = await note('refund please', 'refund please!', 'Refund, please', 'how tall is the tower');
    const clusters = await list(own);
    const refund = clusters.find(({ text }) => /refund/i.test(text)) as ScriptMissClusterView;
    expect({ count: refund.count, ids: refund.ids.length, node: refund.node }).toEqual({
      count: 3,
      ids: 3,
      node: 'menu',
    });
    const missing = await admin.call('/api/scripts/misses/teach', { body: { ids: refund.ids, intent: 'nothing' } });
    expect(missing.body).toMatchObject({ code: 'no_such_intent' });
    const taught = await admin.call('/api/scripts/misses/teach', { body: { ids: refund.ids, intent: 'refund' } });
    expect(taught.status).toBe(204);
    const draft = (await admin.call<ScriptView>(`/api/scripts/${own.id}`)).body;
    expect(draft.source).toMatch(/money back, "?refund,? please/i);
    expect(draft.source).toContain('# what people ask about money');
    expect(draft).toMatchObject({ isChanged: true, draftVersion: own.draftVersion + 1, live: 1 });
    expect((await list(own)).map(({ text }) => text)).toEqual(['how tall is the tower']);
  });

  it('becomes keywords of an article, or is put aside', async () => {
    const article = await admin.call<ArticleView>('/api/articles', {
      body: { texts: { en: { title: 'The tower', body: 'It is tall.' } }, keywords: ['tower'] },
    });
    const own = await note('how tall is the tower', 'qwertyuiop');
    const [tower, noise] = ['tower', 'qwerty'].map(
      (word) => async () => (await list(own)).find(({ text }) => text.includes(word)),
    ) as [() => Promise<ScriptMissClusterView | undefined>, () => Promise<ScriptMissClusterView | undefined>];
    await admin.call('/api/scripts/misses/teach', { body: { ids: (await tower())?.ids, articleId: article.body.id } });
    const known = (await admin.call<ArticleView[]>('/api/articles')).body.find(({ id }) => id === article.body.id);
    expect(known?.keywords).toEqual(['tower', 'how tall is the tower']);
    await admin.call('/api/scripts/misses/teach', { body: { ids: (await noise())?.ids, dismiss: true } });
    expect(await list(own)).toEqual([]);
  });

  it('is answered from the articles that are for customers, and from no other', async () => {
    const asks = `
  found: { do: lookup, source: kb, into: article, next: told, onError: person }
  told: { do: end, message: { text: { en: '{{ article.title }}: {{ article.body }}', fa: '{{ article.body }}' } }, outcome: resolved }
`;
    const source = sourceOf('Hello', 'Bye', 'knowing').replace('default: menu', 'default: found') + asks.slice(1);
    const channel = await buildChannel(hub, { kind: 'web', queueId: await buildQueue(hub.database) });
    await admin.call(`/api/scripts/${(await make(source)).id}/deployments`, { body: { channelId: channel.id } });
    for (const [title, isPublic] of [
      ['The lighthouse', true],
      ['The cellar', false],
    ] as const) {
      const texts = { en: { title, body: 'It is open until eight.' } };
      expect((await admin.call('/api/articles', { body: { texts, public: isPublic } })).status).toBe(201);
    }
    const ask = async (words: string): Promise<string> => {
      const chat = await openedChat(hub, channel.id, await visitorToken(hub, channel.id));
      await chat.say(words);
      const conversation = await conversationWith(words);
      await until(
        () => hub.database.query('select 1 from bot_session where conversation_id = $1 and turn > 0', [conversation]),
        (rows) => rows.length > 0,
      );
      return (await said(conversation)).join();
    };
    expect(await ask('when is the lighthouse open')).toBe('The lighthouse: It is open until eight.');
    expect(await ask('where is the cellar')).not.toContain('eight');
  });
});

describe('the figures of a script', () => {
  interface Talk {
    outcome: string;
    turns: number;
    handedOff?: boolean;
    option?: string;
    missed?: boolean;
    daysAgo?: number;
  }

  /** A talk as the engine leaves it behind, with a person of its own. */
  async function write(versionId: string, talk: Talk, address = uuid()): Promise<string> {
    const conversation = await hearFrom(hub, quiet, address, 'x');
    const id = uuid();
    const { outcome, turns, option = null, handedOff = false, missed = false, daysAgo = 1 } = talk;
    const started = `clock_timestamp() - make_interval(days => ${daysAgo})`;
    await hub.database.query(
      `insert into bot_session (id, conversation_id, version_id, epoch, status, node, turn, outcome, channel, reason, started_at, ended_at, handed_off_at)
       values ($1, $2, $3, 1, 'ended', case $5 when 'abandoned' then 'menu' else 'shop' end, $4, $5, 'web', case when $6 then 'asked' end,
               ${started}, ${started} + interval '5 minutes', case when $6 then ${started} + interval '2 minutes' end)`,
      [id, conversation, versionId, turns, outcome, handedOff],
    );
    await hub.database.query(
      `insert into bot_turn (session_id, turn, event_key, nodes, reply, event, node, option, missed, at)
       select $1, n, 'key ' || n, array[case n when 1 then 'menu' else 'shop' end], '[]', case n when 1 then 'start' else 'text' end, 'menu',
              case n when 2 then $3 end, n > 1 and $4, ${started} from generate_series(1, $2::int) n`,
      [id, turns, option, missed],
    );
    return address;
  }

  it('tell what was contained from what only seemed so, where people left, and why people were needed', async () => {
    const own = await make(sourceOf('Hello', 'Bye', 'counted'));
    const versionId = own.versions[0]?.id as string;
    await write(versionId, { outcome: 'resolved', turns: 3, option: 'shop' });
    await write(versionId, { outcome: 'resolved', turns: 2, option: 'shop', daysAgo: 20 });
    // Came back on the next day, and had more to say: the first talk had not helped.
    const back = await write(versionId, { outcome: 'resolved', turns: 2, daysAgo: 9 });
    await write(versionId, { outcome: 'handed_off', turns: 4, handedOff: true, missed: true, daysAgo: 8 }, back);
    await write(versionId, { outcome: 'abandoned', turns: 1, daysAgo: 3 });
    // Before the span that is asked about.
    await write(versionId, { outcome: 'resolved', turns: 9, daysAgo: 40 });
    // The tickets that the customers' first words opened are of today; they count against talks of yesterday only.
    await hub.database.query(
      `update ticket set opened_at = opened_at - interval '100 days' where queue_id in
      (select queue_id from channel where id = $1)`,
      [quiet.id],
    );
    const { body } = await admin.call<ScriptFiguresView>(`/api/scripts/${own.id}/figures?days=30`);
    expect(body).toMatchObject({
      started: 5,
      engaged: 4,
      contained: 2,
      falselyContained: 1,
      handedOff: 1,
      dropped: 1,
      failed: 0,
      medianTurns: 2,
      medianSecondsToPerson: 120,
      handoffReasons: [{ reason: 'asked', count: 1 }],
      versions: [{ version: 1, started: 5, contained: 2, handedOff: 1, dropped: 1 }],
      channels: [{ channel: 'web', started: 5, contained: 2, handedOff: 1 }],
    });
    expect(body.missRate).toBeCloseTo(3 / 7);
    expect(body.nodes.find(({ node }) => node === 'menu')).toEqual({
      node: 'menu',
      visits: 5,
      dropped: 1,
      misses: 3,
      options: [{ option: 'shop', count: 2 }],
    });
  });
});

describe('a script that asks at its end how it was', () => {
  const asking = (key: string): string =>
    sourceOf('What is it about?', 'We are open.', key).replace(
      'outcome: resolved }',
      'outcome: resolved, csat: true }',
    );

  interface Talked {
    conversation: string;
    chat: Awaited<ReturnType<typeof openedChat>>;
  }

  /** Somebody who has just heard all that the script has to say. */
  async function talked(channelId: string): Promise<Talked> {
    const chat = await openedChat(hub, channelId, await visitorToken(hub, channelId));
    const words = `hello ${uuid()}`;
    await chat.say(words);
    const conversation = await conversationWith(words);
    await answers(conversation, 1);
    await chat.say('The shop');
    await until(
      () =>
        hub.database.query(`select 1 from bot_session where conversation_id = $1 and status = 'ended'`, [conversation]),
      (rows) => rows.length === 1,
    );
    return { conversation, chat };
  }

  const asksOf = (conversation: string) =>
    hub.database.query(
      `select a.state, a.score, t.state as ticket, (select count(*)::int from work_item w where w.ticket_id = t.id) as works,
         m.body, jsonb_array_length(m.content -> 'choices') as choices
       from survey_ask a join ticket t on t.id = a.ticket_id join message m on m.conversation_id = a.conversation_id and m.seq = a.asked_seq
       where a.conversation_id = $1`,
      [conversation],
    );

  it('asks where they talked, is answered without anybody’s work, and counts a low score as not contained', async () => {
    const queueId = await buildQueue(hub.database);
    const channel = await buildChannel(hub, { kind: 'web', queueId });
    const own = await make(asking('asking'));
    await admin.call(`/api/scripts/${own.id}/deployments`, { body: { channelId: channel.id } });
    const before = await talked(channel.id);
    const tickets = (conversation: string) =>
      hub.database.query('select 1 from ticket where conversation_id = $1', [conversation]);
    expect([await asksOf(before.conversation), await tickets(before.conversation)]).toEqual([[], []]);

    await makeSurvey({ hub, admin }, { queueIds: [queueId], askOn: 'command', coolDownDays: 30 });
    const content = await talked(channel.id);
    const question = {
      body: 'How satisfied are you with the help you got?',
      choices: 5,
      ticket: 'closed',
      works: 0,
    };
    expect(await asksOf(content.conversation)).toMatchObject([{ ...question, state: 'asked', score: null }]);
    /** Presses a button of the question. */
    const rate = async ({ conversation, chat }: Talked, wanted: number): Promise<void> => {
      const isQuestion = ({ choices }: { choices?: readonly unknown[] | null }): boolean => choices?.length === 5;
      await chat.until('the question', () => chat.messages().some(isQuestion));
      const asked = chat.messages().find(isQuestion);
      const choice = { id: asked?.choices?.[wanted - 1]?.id, of: asked?.id };
      expect(await chat.ask('say', { id: uuid(), body: String(wanted), choice })).toMatchObject({ ok: true });
      await until(
        () => asksOf(conversation),
        (asks) => asks[0]?.['score'] === wanted,
      );
    };
    await rate(content, 5);
    // Whoever was asked lately is left in peace, and what they write next is the bot's again.
    await content.chat.say('hello again');
    await answers(content.conversation, 3);
    await content.chat.say('The shop');
    await answers(content.conversation, 4);
    expect(await asksOf(content.conversation)).toMatchObject([{ ...question, state: 'answered', score: 5 }]);
    expect(await tickets(content.conversation)).toHaveLength(1);

    const annoyed = await talked(channel.id);
    await rate(annoyed, 1);
    const { body } = await admin.call<ScriptFiguresView>(`/api/scripts/${own.id}/figures?days=30`);
    // The first, and both talks of whoever was content; they came back, but nobody had to help them.
    expect(body).toMatchObject({ started: 4, contained: 2, falselyContained: 2, handedOff: 0 });
  });
});

describe('what a script names', () => {
  const call = (key: string, called: string): string =>
    sourceOf('Hello', 'Bye', key).replace(
      / {2}shop: .*\n/u,
      `  shop: { do: call, script: ${called}, next: bye }\n  bye: { do: end, outcome: resolved }\n`,
    );
  const remove = async (path: string): Promise<number> =>
    (await admin.call(`/api/scripts/${path}`, { method: 'DELETE' })).status;

  it('is kept while anything that answers, or is to answer, calls it, and no longer', async () => {
    const called = await make(sourceOf('Hello', 'Bye', 'called'));
    const first = await make(call('caller', 'called'));
    expect(await remove(called.id)).toBe(409);
    const draft = await admin.call<ScriptView>(`/api/scripts/${first.id}/draft`, {
      method: 'PUT',
      body: { version: first.draftVersion, source: sourceOf('Hello', 'Bye', 'caller') },
    });
    await admin.call(`/api/scripts/${first.id}/publish`, { body: { version: draft.body.draftVersion } });
    const back = { versionId: first.versions[0]?.id, at: new Date(Date.now() + 3_600_000).toISOString() };
    const planned = await admin.call<ScriptView>(`/api/scripts/${first.id}/releases`, { body: back });
    expect(await remove(called.id)).toBe(409);
    const release = planned.body.releases.find(({ kind }) => kind === 'schedule');
    await admin.call(`/api/scripts/${first.id}/releases/${release?.id}`, { method: 'DELETE' });
    expect(await remove(called.id)).toBe(204);
  });

  it('is a connector of just this key, however it spells that', async () => {
    const add = async (key: string): Promise<string> =>
      (await admin.call<{ id: string }>('/api/scripts/connectors', { body: { key, url: 'https://shop.example/' } }))
        .body.id;
    const [used, like] = [await add('shop_used'), await add('shop')];
    const source = JSON.stringify({ nodes: { find: { do: 'lookup', ref: 'shop_used' } } });
    await admin.call('/api/scripts', { body: { name: `Uses ${uuid()}`, source } });
    expect([await remove(`connectors/${used}`), await remove(`connectors/${like}`)]).toEqual([409, 204]);
  });
});
