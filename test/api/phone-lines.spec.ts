import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { ConnectorCalls } from '../../apps/hub/src/bots/scripts/connector-calls.service.js';
import { BotSweeper } from '../../apps/hub/src/bots/sessions/bot.sweeper.js';
import { BotWorlds } from '../../apps/hub/src/bots/sessions/bot-worlds.service.js';
import { CallLines } from '../../apps/hub/src/calls/lines/call-lines.service.js';
import { LineReplies } from '../../apps/hub/src/calls/lines/line-replies.service.js';
import { SilentLines } from '../../apps/hub/src/calls/lines/silent-lines.sweeper.js';
import { trialCallId } from '../../apps/hub/src/calls/try/trial-line.js';
import { deploy, publishScript } from '../support/bot-scene.js';
import { buildAgent, signedIn, type BuiltAgent } from '../support/build-rows.js';
import { counted, dying } from '../support/dying-database.js';
import { buildQueue } from '../support/live-client.js';
import { bankScript, buildPhone, callOf, messageOf, PhoneLine, sessionOn, workOf } from '../support/phone-line.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { makeSurvey } from '../support/survey-scene.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let hub: TestHub;
let doomed: SpawnedNode[] = [];
let queueId: string;
let script: string;
let bank: string;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = await startTestHub({ databaseUrl: database.url, env });
  queueId = await buildQueue(hub.database);
  bank = await buildPhone(hub, queueId);
  script = await publishScript(hub.database, bankScript);
  await deploy(hub.database, script, bank);
}, 90_000);

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(async () => {
  await Promise.all(doomed.map((node) => node.close()));
  await hub?.stop();
  await database?.drop();
});

const line = (from?: string, callId?: string): PhoneLine => new PhoneLine(hub, bank, from, callId);

describe('a caller', () => {
  it('who presses three wrong keys gets a person, as work of a voice', async () => {
    const phone = line();
    await phone.arrive();
    await phone.keys('9');
    await phone.keys('8');
    await phone.keys('7');
    expect(await sessionOn(hub, phone)).toMatchObject({ status: 'handed_off' });
    expect((await workOf(hub, phone)).map((work) => work.class)).toEqual(['voice']);
    expect(await callOf(hub, phone)).toMatchObject({ phase: expect.stringMatching(/waiting|ringing/) });
    expect((await messageOf(hub, phone)).call.details?.path).toMatchObject([
      { node: 'menu', heard: '9' },
      { node: 'menu', heard: '8' },
      { node: 'menu', heard: '7' },
      { node: 'person' },
    ]);
  });

  it('is told the same, byte for byte, when their provider asks again, however late', async () => {
    const phone = line();
    await phone.arrive();
    const first = await phone.next({ kind: 'heard', digits: '9', speech: '' });
    const again = await phone.next({ kind: 'heard', digits: '9', speech: '' });
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    await phone.next({ kind: 'heard', digits: '8', speech: '' }, first.turn);
    const late = await phone.next({ kind: 'heard', digits: '9', speech: '' });
    expect(JSON.stringify(late)).toBe(JSON.stringify(first));
    expect((await sessionOn(hub, phone)).state.attempts).toBe(2);
  });

  it('takes one step where two ask for the same turn at once', async () => {
    const phone = line();
    await phone.arrive();
    const both = await Promise.all([1, 2, 3].map(() => phone.next({ kind: 'heard', digits: '9', speech: '' })));
    expect(new Set(both.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect((await sessionOn(hub, phone)).state.attempts).toBe(1);
    const arrivals = await Promise.all([line(), line()].map((one) => twice(one)));
    expect(arrivals.every(([one, other]) => one === other)).toBe(true);
  });

  it('hears the filler while something is looked up, and the answer when it is there', async () => {
    const waiting: (() => void)[] = [];
    jest.spyOn(ConnectorCalls.prototype, 'call').mockImplementation(async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { ok: true as const, value: { amount: 'ten dollars' } };
    });
    const phone = line();
    await phone.arrive();
    await phone.keys('1');
    const asked = await phone.next({ kind: 'heard', digits: '6037991234567890', speech: '' });
    expect(asked.steps).toMatchObject([{ say: 'One moment.' }, { again: {} }]);
    await until(
      () => Promise.resolve(waiting.length),
      (count) => count === 1,
    );
    waiting.forEach((answer) => answer());
    phone.turn = asked.turn;
    await phone.tell({ kind: 'played' });
    expect(phone.words).toContain('You have ten dollars.');
    expect(phone.stop).toMatchObject({ gather: { dtmf: true } });
  });

  it('who answers in confidence is written down nowhere in clear', async () => {
    jest
      .spyOn(ConnectorCalls.prototype, 'call')
      .mockResolvedValue({ ok: true as const, value: { amount: 'ten dollars' } });
    const card = '6037997599887766';
    const phone = line();
    await phone.arrive();
    await phone.keys('1');
    await phone.keys(card);
    await phone.hangUp();
    const { id, conversationId } = await callOf(hub, phone);
    const kept = await hub.database.query(
      `select to_jsonb(t)::text as row from phone_call_turn t where phone_call_id = $1
       union all select to_jsonb(m)::text from message m where conversation_id = $2
       union all select to_jsonb(e)::text from bot_event e where conversation_id = $2
       union all select to_jsonb(s)::text from bot_session s where conversation_id = $2
       union all select to_jsonb(b)::text from bot_turn b join bot_session s on s.id = b.session_id where s.conversation_id = $2
       union all select to_jsonb(f)::text || encode(f.raw, 'escape') from inbound_event f where f.channel_id = $3`,
      [id, conversationId, phone.channelId],
    );
    expect(kept.length).toBeGreaterThan(10);
    expect(JSON.stringify(kept)).not.toContain(card);
    expect((await messageOf(hub, phone)).call.details?.path).toContainEqual(
      expect.objectContaining({ node: 'card', heard: '•••' }),
    );
  });

  it('who hangs up in the middle of a prompt has ended their session, and the call says how far they came', async () => {
    const phone = line();
    await phone.arrive();
    await phone.keys('1');
    await phone.hangUp();
    await phone.hangUp();
    expect(await sessionOn(hub, phone)).toMatchObject({ status: 'ended', state: { outcome: 'abandoned' } });
    const { call, ticketId } = await messageOf(hub, phone);
    expect(call).toMatchObject({ state: 'ended', outcome: 'abandoned' });
    expect(call.details?.path?.map(({ node }) => node)).toEqual(['menu', 'card']);
    expect(ticketId).toBeNull();
    expect((await phone.next({ kind: 'played' })).steps.at(-1)).toEqual({ hangup: true });
  });

  it('who hangs up before their line heard that people are to have them waits no longer as a voice', async () => {
    const phone = line();
    await phone.arrive();
    jest.spyOn(LineReplies.prototype, 'reply').mockRejectedValueOnce(new Error('the hub died'));
    await expect(phone.next({ kind: 'heard', digits: '0', speech: '' })).rejects.toThrow('the hub died');
    expect(await workOf(hub, phone)).toEqual([{ class: 'voice', state: 'queued' }]);
    await phone.hangUp();
    const works = (await workOf(hub, phone)).map((work) => `${work.class} ${work.state}`);
    expect(works.toSorted()).toEqual(['async queued', 'voice abandoned']);
    expect((await messageOf(hub, phone)).call).toMatchObject({ state: 'ended', outcome: 'abandoned' });
  });

  it('who leaves a message makes a ticket whose work waits like a letter', async () => {
    const phone = line();
    await phone.arrive();
    expect(await phone.keys('2')).toMatchObject({ record: {} });
    await phone.tell({ kind: 'recorded', reference: 'https://voice.test/rec1', id: 'RE1', seconds: 7 });
    expect(phone.stop).toEqual({ hangup: true });
    const { call } = await messageOf(hub, phone);
    expect(call).toMatchObject({ outcome: 'voicemail', details: { recordings: [{ id: 'RE1', seconds: 7 }] } });
    expect(await workOf(hub, phone)).toEqual([{ class: 'async', state: 'queued' }]);
    const [row] = await hub.database.query(
      'select consent, consent_prompt as prompt from phone_call where call_id = $1',
      [phone.callId],
    );
    expect(row).toEqual({ consent: 'granted', prompt: 'Speak after the tone.' });
  });

  it('whom nobody takes in time hears their script again', async () => {
    const phone = line();
    await phone.arrive();
    await phone.keys('0');
    const call = await callOf(hub, phone);
    await hub.database.query(
      `update bot_session set wake_at = clock_timestamp() where conversation_id = $1 and status = 'handed_off'`,
      [call.conversationId],
    );
    hub.app.get(BotSweeper).wake();
    const stop = await until(
      () => phone.ask({ kind: 'held' }),
      (now) => !('hold' in now),
    );
    expect(stop).toMatchObject({ record: {} });
    expect(phone.words).toContain('Speak after the tone.');
    expect((await workOf(hub, phone)).filter(({ state }) => state === 'queued')).toEqual([]);
  });

  it('who is blocked hears a short goodbye, and wakes nobody', async () => {
    const first = line();
    await first.arrive();
    await first.hangUp();
    await hub.database.query(
      `update customer set blocked_at = clock_timestamp() where id = (select customer_id from conversation where id = $1)`,
      [(await callOf(hub, first)).conversationId],
    );
    const phone = line(first.from);
    expect(await phone.arrive()).toEqual({ hangup: true });
    expect(phone.heard).toHaveLength(1);
    expect(await messageOf(hub, phone)).toMatchObject({ ticketId: null });
  });

  it('who calls while a bot still talks with them elsewhere hears the script of the line', async () => {
    const first = line();
    await first.arrive();
    const other = await buildPhone(hub, queueId);
    await deploy(hub.database, script, other);
    const second = new PhoneLine(hub, other, first.from);
    expect(await second.arrive()).toMatchObject({ gather: {} });
    expect(await sessionOn(hub, first)).toMatchObject({ status: 'ended' });
    const before = first.words;
    expect(await first.keys('1')).toEqual({ hangup: true });
    expect(first.words.replace(before, '')).toMatch(/sorry|متأسفیم/u);
  });

  it('gets people where a turn of the script fails again and again', async () => {
    jest.spyOn(BotWorlds.prototype, 'read').mockRejectedValue(new Error('the world is broken'));
    const phone = line();
    const reply = await phone.next({ kind: 'arrived', from: phone.from, to: '+982112345678', name: '' });
    expect(reply.steps).toMatchObject([{ again: {} }]);
    phone.turn = reply.turn;
    await until(
      async () => {
        await hub.database.query(`update bot_event set due_at = clock_timestamp() where state = 'ready'`);
        return phone.ask({ kind: 'played' });
      },
      (stop) => !('again' in stop),
    );
    expect((await workOf(hub, phone)).map((work) => work.class)).toEqual(['voice']);
  });
});

/** The same arrival twice at once. */
async function twice(phone: PhoneLine): Promise<[string, string]> {
  const arrived = { kind: 'arrived' as const, from: phone.from, to: '', name: '' };
  const [one, other] = await Promise.all([phone.next(arrived, 0), phone.next(arrived, 0)]);
  return [JSON.stringify(one), JSON.stringify(other)];
}

describe('a line that nobody tells anything of any more', () => {
  it('counts as hung up after a while, and its session is over', async () => {
    const phone = line();
    await phone.arrive();
    const { id } = await callOf(hub, phone);
    await hub.app.get(SilentLines).look();
    expect((await callOf(hub, phone)).endedAt).toBeNull();
    await hub.database.query(
      `update phone_call set touched_at = clock_timestamp() - interval '11 minutes' where id = $1`,
      [id],
    );
    await hub.app.get(SilentLines).look();
    expect((await callOf(hub, phone)).endedAt).not.toBeNull();
    expect(await sessionOn(hub, phone)).toMatchObject({ status: 'ended' });
  });
});

describe('lines that fell silent', () => {
  const silentFor = (phone: PhoneLine, minutes: number): Promise<unknown> =>
    hub.database.query(
      `update phone_call set touched_at = clock_timestamp() - $2 * interval '1 minute' where call_id = $1`,
      [phone.callId, minutes],
    );

  it('end each by itself: one that cannot keeps no other', async () => {
    const [broken, other] = [line(), line()];
    await Promise.all([broken.arrive(), other.arrive()]);
    await silentFor(broken, 30);
    await silentFor(other, 20);
    // oxlint-disable-next-line typescript/unbound-method -- Called with its own `this` below.
    const { next } = CallLines.prototype;
    jest.spyOn(CallLines.prototype, 'next').mockImplementation(function (this: CallLines, ...args) {
      return args[0].callId === broken.callId ? Promise.reject(new Error('broken')) : next.apply(this, args);
    });
    await hub.app.get(SilentLines).look();
    expect((await callOf(hub, other)).endedAt).not.toBeNull();
    jest.restoreAllMocks();
    await hub.app.get(SilentLines).look();
    expect((await callOf(hub, broken)).endedAt).not.toBeNull();
  });

  it('may ring for as long as their queue lets a phone ring', async () => {
    const patient = await buildQueue(hub.database);
    await hub.database.query('update queue set accept_secs = 600 where id = $1', [patient]);
    const phone = new PhoneLine(hub, await buildPhone(hub, patient));
    await phone.arrive();
    await hub.database.query(`update phone_call set phase = 'ringing' where call_id = $1`, [phone.callId]);
    await silentFor(phone, 5);
    await hub.app.get(SilentLines).look();
    expect((await callOf(hub, phone)).endedAt).toBeNull();
    await silentFor(phone, 14);
    await hub.app.get(SilentLines).look();
    expect((await callOf(hub, phone)).endedAt).not.toBeNull();
  });
});

describe('a tester alone on the line', () => {
  it('hears the script and no people: nobody of ours gets work', async () => {
    const phone = line(undefined, trialCallId('alone', uuid()));
    await phone.arrive();
    expect(await phone.keys('0')).toEqual({ hangup: true });
    await phone.hangUp();
    expect(await messageOf(hub, phone)).toMatchObject({ ticketId: null });
    const { conversationId } = await callOf(hub, phone);
    expect(await hub.database.query('select 1 from ticket where conversation_id = $1', [conversationId])).toEqual([]);
    const [message] = await hub.database.query(
      `select content -> 'flags' as flags from message where conversation_id = $1 and kind = 'call'`,
      [conversationId],
    );
    expect(message).toEqual({ flags: ['simulated'] });
  });
});

describe('after a talk with one of us', () => {
  let sara: BuiltAgent;
  let phone: string;

  beforeAll(async () => {
    sara = await buildAgent(hub.database, { name: 'Sara' });
    await hub.database.query(`update agent set phone_kind = 'extension', phone_address = '201' where id = $1`, [
      sara.id,
    ]);
    const queue = await buildQueue(hub.database, { members: [sara.id] });
    phone = await buildPhone(hub, queue, { greeting: { text: 'Good day', language: 'en' } });
    const [root] = await hub.database.query<{ id: string }>('select id from agent order by id limit 1');
    const admin = await signedIn(hub, root?.id ?? '');
    await makeSurvey({ hub, admin }, { queueIds: [queue], askOn: 'call' });
    await hub.database.query(
      `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'test', clock_timestamp() + interval '4 minutes')`,
      [uuid(), sara.id],
    );
    await (await signedIn(hub, sara.id)).call('/api/me', { method: 'PATCH', body: { status: 'online' } });
  });

  /** A caller who has talked with Sara. */
  async function talked(): Promise<PhoneLine> {
    const caller = new PhoneLine(hub, phone, `+4420795${String(10_000 + Math.floor(performance.now()))}`);
    await caller.arrive();
    const dial = await until(
      () => ('dial' in caller.stop ? Promise.resolve(caller.stop) : caller.ask({ kind: 'held' })),
      (stop) => 'dial' in stop,
    );
    const { leg } = (dial as { dial: { leg: string } }).dial;
    await caller.next({ kind: 'dialled', leg, result: 'answered', seconds: null });
    await caller.tell({ kind: 'dialled', leg, result: 'answered', seconds: 30 });
    return caller;
  }

  it('the caller is asked by keypad how it was, in their language, and their key counts once', async () => {
    const caller = await talked();
    expect(caller.stop).toMatchObject({ gather: { numDigits: 1, speech: false, locale: 'en' } });
    const { turn } = caller;
    await caller.keys('4');
    await caller.next({ kind: 'heard', digits: '4', speech: '' }, turn);
    expect(caller.stop).toEqual({ hangup: true });
    expect(caller.words).toContain('thank-you');
    await caller.hangUp();
    const { conversationId } = await callOf(hub, caller);
    const rows = await hub.database.query(
      'select state, score, told_score as told from survey_ask where conversation_id = $1',
      [conversationId],
    );
    expect(rows).toEqual([{ state: 'answered', score: 4, told: 4 }]);
    const lines = await hub.database.query(
      `select 1 from message where conversation_id = $1 and content -> 'event' ->> 'name' = 'survey.answered'`,
      [conversationId],
    );
    expect(lines).toHaveLength(1);
    expect((await messageOf(hub, caller)).call).toMatchObject({ state: 'ended', outcome: 'answered' });
  });
});

describe('a line without a script', () => {
  const greeting = { text: 'Good day', language: 'en' };

  it('greets and lets the caller wait for people', async () => {
    const phone = new PhoneLine(hub, await buildPhone(hub, queueId, { greeting }));
    await phone.arrive();
    expect(phone.words).toContain('Good day');
    expect('hangup' in phone.stop).toBe(false);
    expect(await workOf(hub, phone)).toEqual([{ class: 'voice', state: 'queued' }]);
  });

  it('takes a message where its settings say so; one that comes after the hang-up is not lost', async () => {
    const channel = await buildPhone(hub, queueId, { greeting, withoutScript: 'voicemail' });
    const phone = new PhoneLine(hub, channel);
    expect(await phone.arrive()).toMatchObject({ record: {} });
    expect(await workOf(hub, phone)).toEqual([]);
    await phone.hangUp();
    await phone.next({ kind: 'recorded', reference: 'https://voice.test/rec2', id: 'RE2', seconds: 3 });
    await phone.next({ kind: 'recorded', reference: 'https://voice.test/rec2', id: 'RE2', seconds: 3 });
    expect(await workOf(hub, phone)).toEqual([{ class: 'async', state: 'queued' }]);
    expect((await messageOf(hub, phone)).call).toMatchObject({ outcome: 'voicemail', state: 'ended' });
  });

  it('says that it is sorry where nobody could come', async () => {
    const phone = new PhoneLine(hub, await buildPhone(hub, null));
    expect(await phone.arrive()).toEqual({ hangup: true });
    expect(phone.heard.length).toBeGreaterThan(0);
  });
});

describe('a node that is killed while a line asks it', () => {
  it('is not missed: another one goes on with the same turn, and nothing happened twice', async () => {
    const channel = await buildPhone(hub, queueId);
    await deploy(hub.database, script, channel);
    const settings = { ...env, DATABASE_URL: database.url };
    doomed = await Promise.all([spawnNode(settings), spawnNode(settings)]);
    const [atArrival, atReply] = doomed as [SpawnedNode, SpawnedNode];
    const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin' limit 1`);
    await atArrival.dieAt('line.accepted');
    const dying = await signedIn({ ...hub, url: atArrival.url }, root?.id ?? '');
    const body = { from: '+989125550001', ringsTeam: true };
    await dying.call(`/api/channels/${channel}/trial-calls`, { body }).catch(() => undefined);
    await atArrival.gone;
    const [begun] = await hub.database.query<{ callId: string }>(
      'select call_id as "callId" from phone_call where channel_id = $1',
      [channel],
    );
    const phone = new PhoneLine(hub, channel, body.from, begun?.callId);
    expect(await phone.arrive()).toMatchObject({ gather: {} });

    await atReply.dieAt('line.before-commit');
    const other = await signedIn({ ...hub, url: atReply.url }, root?.id ?? '');
    const keys = { turn: phone.turn, kind: 'heard', digits: '9' };
    const path = `/api/channels/${channel}/trial-calls/${encodeURIComponent(phone.callId)}`;
    await other.call(path, { body: keys }).catch(() => undefined);
    await atReply.gone;
    await phone.keys('9');
    expect((await sessionOn(hub, phone)).state.attempts).toBe(1);
    await phone.keys('0');
    expect((await workOf(hub, phone)).map((work) => work.class)).toEqual(['voice']);
    const { conversationId } = await callOf(hub, phone);
    const kinds = await hub.database.query<{ kind: string }>(
      `select kind from message where conversation_id = $1 and direction = 'in' order by seq`,
      [conversationId],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['call', 'keys', 'keys']);
  }, 60_000);
});

describe('a line whose hub dies', () => {
  it('goes on at the provider’s retry, wherever it died, as if nothing had been', async () => {
    const calm = line();
    const total = await counted(() => speak(calm));
    const expected = await told(calm);
    expect(total).toBeGreaterThan(20);
    const places = Array.from({ length: total }, (_, index) => [
      { at: index + 1, isBefore: true },
      { at: index + 1, isBefore: false },
    ]).flat();
    for (const place of places.filter((_, index) => isLong || index % 15 === 0)) {
      const phone = line();
      await dying(place, () => speak(phone));
      expect([place, await told(phone)]).toEqual([place, expected]);
    }
  }, 120_000);
});

/** Every place to die at, before and after each commit. */
// oxlint-disable-next-line node/no-process-env -- How long this runs is no configuration of the product.
const isLong = process.env['LINE_DEATHS'] === 'all';

/** A caller who looks around and leaves; each request comes until it is answered. */
async function speak(phone: PhoneLine): Promise<void> {
  const surely = async (happening: Parameters<PhoneLine['next']>[0]): Promise<void> => {
    const ask = (): Promise<Awaited<ReturnType<PhoneLine['next']>>> => phone.next(happening).catch(ask);
    const reply = await ask();
    phone.turn = reply.turn;
    phone.reply = reply;
  };
  await surely({ kind: 'arrived', from: phone.from, to: '', name: '' });
  await surely({ kind: 'heard', digits: '9', speech: '' });
  await surely({ kind: 'heard', digits: '0', speech: '' });
  await surely({ kind: 'hung_up' });
}

/** What is left of a call: its turns, its path, its session, its work. */
async function told(phone: PhoneLine): Promise<unknown> {
  const { id, phase } = await callOf(hub, phone);
  const turns = await hub.database.query(
    'select turn, heard - $2::text[] as heard, reply from phone_call_turn where phone_call_id = $1 order by turn',
    [id, ['from']],
  );
  const { call } = await messageOf(hub, phone);
  const path = call.details?.path?.map(({ node, heard }) => ({ node, heard }));
  const { status, state } = await sessionOn(hub, phone);
  return { turns, phase, path, status, outcome: [call.outcome, state.outcome], work: await workOf(hub, phone) };
}
