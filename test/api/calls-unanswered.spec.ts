import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { ChannelError, type InboundCall, type LineHappening, type LineStep } from '#channels';
import type { CallbackView, MyCallView, Page, TransferTargetsView } from '#contract';
import { TransferTelling } from '../../apps/hub/src/calls/transfers/transfer-telling.service.js';
import { CallDrivers } from '../../apps/hub/src/calls/work/call-drivers.service.js';
import { lineOfTicket, type LineOfTicket } from '../../apps/hub/src/calls/work/line-standing.query.js';
import { MissedCalls } from '../../apps/hub/src/calls/work/missed-calls.service.js';
import { MissedCallSweeper } from '../../apps/hub/src/calls/work/missed-calls.sweeper.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { buildPhone, callOf, messageOf, PhoneLine } from '../support/phone-line.js';
import { reportCall } from '../support/report-call.js';
import { findLoadDrift, RoutingScene } from '../support/routing-scene.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let hub: TestHub;
let scene: RoutingScene;
let admin: Caller;
let queueId: string;
let channelId: string;

const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let doomed: SpawnedNode | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = await startTestHub({ databaseUrl: database.url, env });
  scene = new RoutingScene(hub.database);
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
}, 60_000);
afterAll(async () => {
  await doomed?.close();
  expect(await findLoadDrift(hub.database)).toEqual([]);
  await hub.stop();
  await database.drop();
});
beforeEach(async () => {
  queueId = await scene.buildQueue();
  channelId = await buildPhone(hub, queueId, { driver: 'pbx' });
});
afterEach(async () => {
  // Nobody of one test is rung by the next.
  await hub.database.query(
    `update agent set status = 'offline' where id in (select agent_id from queue_member where queue_id = $1)`,
    [queueId],
  );
});

type Dial = Extract<LineStep, { dial: unknown }>['dial'];

/** An agent of the queue whose console is open. */
function sit(phone: string): Promise<string> {
  return scene.buildPresent({ queues: [queueId], phone });
}

/** Somebody calls, and is told to wait. */
async function calls(): Promise<PhoneLine> {
  const line = new PhoneLine(hub, channelId);
  await line.arrive();
  return line;
}

/** The line asks until it rings somebody. */
async function rung(line: PhoneLine): Promise<Dial> {
  const stop = await until(
    async () => ('dial' in line.stop ? line.stop : await line.tell({ kind: 'held' })),
    (next) => 'dial' in next,
  );
  return (stop as Extract<LineStep, { dial: unknown }>).dial;
}

const told = (
  dial: Dial,
  result: Extract<LineHappening, { kind: 'dialled' }>['result'],
  seconds: number | null = null,
) => ({ kind: 'dialled', leg: dial.leg, result, seconds }) as const;

async function ticketOf(line: PhoneLine): Promise<string> {
  return (await callOf(hub, line)).ticketId ?? '';
}

async function callbacks(state: 'open' | 'ended' = 'open'): Promise<CallbackView[]> {
  await hub.app.get(MissedCallSweeper).look();
  const { body } = await admin.call<Page<CallbackView>>(`/api/callbacks?state=${state}&limit=100`);
  return body.rows.filter((callback) => callback.queueId === queueId);
}

/** Something that an exchange reports of a call that Peyk does not answer: one that nobody answered, unless said otherwise. */
const reported = (more: Partial<InboundCall> & { from: string }): Promise<InboundCall> =>
  reportCall(hub, channelId, more);

let numbers = 0;
const newNumber = (): string => `+98935${String(7_000_000 + (numbers += 1))}`;

async function agentStatus(id: string): Promise<string> {
  const [row] = await hub.database.query<{ status: string }>('select status from agent where id = $1', [id]);
  return row?.status ?? '';
}

describe('a caller whom nobody takes at once', () => {
  it('goes round again where nobody took up their phone, but not at once', async () => {
    const agent = await sit('1001');
    const line = await calls();
    const first = await rung(line);
    expect(await line.tell(told(first, 'no_answer'))).toMatchObject({ hold: {} });
    expect(await line.tell({ kind: 'held' })).toMatchObject({ hold: {} });
    await hub.database.query(`
      begin; set local session_replication_role = replica;
      update event_log set at = at - interval '1 minute' where subject_id = '${await ticketOf(line)}';
      commit`);
    const again = await rung(line);
    expect(again.to.address).toBe('1001');
    expect(again.leg).not.toBe(first.leg);
    expect(await agentStatus(agent)).toBe('online');
    await line.hangUp();
  });

  it('hears music while another with the same number has the agent, and takes nothing from them', async () => {
    const agent = await sit('1051');
    const first = await calls();
    const dial = await rung(first);
    const second = new PhoneLine(hub, channelId, first.from);
    await second.arrive();
    expect(await second.tell({ kind: 'held' })).toMatchObject({ hold: {} });
    await first.tell(told(dial, 'answered'));
    expect(await second.tell({ kind: 'held' })).toMatchObject({ hold: {} });
    const [work] = await hub.database.query<{ class: string; agent_id: string }>(
      `select w.class, a.agent_id from work_item w join assignment a on a.work_item_id = w.id and a.ended_at is null
       where w.ticket_id = $1`,
      [await ticketOf(first)],
    );
    expect(work).toEqual({ class: 'voice', agent_id: agent });
    await first.tell(told(dial, 'answered', 30));
    expect((await rung(second)).to.address).toBe('1051');
    await second.hangUp();
  });

  it('is not cut off and rung anew by whom they hear ringing already, and no phone rings for hours', async () => {
    await sit('1101');
    const line = await calls();
    const dial = await rung(line);
    const ticketId = await ticketOf(line);
    // Whoever fetches lines when their work moves leaves this one alone.
    const [seen] = await hub.database.query<LineOfTicket & Record<string, unknown>>(lineOfTicket, [ticketId]);
    expect(seen).toMatchObject({ callId: line.callId, phase: 'ringing', isRung: true });
    // As where a provider tells of a talk at its end only.
    await hub.database.query(
      `update assignment set expires_at = clock_timestamp() + interval '4 hours' where id = $1`,
      [dial.leg],
    );
    const stop = await line.tell(told(dial, 'cancelled'));
    expect(stop).toMatchObject({ dial: { leg: dial.leg } });
    expect((stop as { dial: Dial }).dial.timeoutSecs).toBeLessThanOrEqual(60);
    await line.hangUp();
  });

  it('is called back for no key that they pressed for something else', async () => {
    const line = await calls();
    expect(await line.keys('1')).toMatchObject({ hold: {} });
    expect((await callOf(hub, line)).phase).toBe('waiting');
    await line.hangUp();
    expect(await callbacks()).toMatchObject([{ calls: 1 }]);
  });

  it('hears that nobody comes where the queue is closed, and is called back', async () => {
    const calendar_id = await scene.buildCalendar(null);
    await hub.database.query('update queue set calendar_id = $2 where id = $1', [queueId, calendar_id]);
    await sit('1301');
    const line = await calls();
    expect(line.stop).toEqual({ hangup: true });
    expect(line.words).toContain('nobody-there');
    await line.hangUp();
    expect(await callbacks()).toMatchObject([{ state: 'requested', address: line.from, calls: 1 }]);
  });
});

describe('calls that look like missed ones', () => {
  it('are not those whose provider tells only now that two talked', async () => {
    channelId = await buildPhone(hub, queueId, { driver: 'jambonz', webhookSecret: 'secret' });
    await sit('1201');
    const talked = await calls();
    const dial = await rung(talked);
    await talked.hangUp();
    expect(await callbacks()).toEqual([]);
    await talked.next(told(dial, 'answered', 40));
    const left = await calls();
    await rung(left);
    await left.hangUp();
    expect(await callbacks()).toEqual([]);
    await hub.database.query(
      `update phone_call set left_waiting_at = left_waiting_at - interval '1 minute' where call_id = any ($1)`,
      [[talked.callId, left.callId]],
    );
    expect(await callbacks()).toMatchObject([{ address: left.from, calls: 1 }]);
    expect(await callbacks('ended')).toEqual([]);
  });

  it('are noted as well where their ticket comes later', async () => {
    channelId = await buildPhone(hub, null, { driver: 'pbx' });
    const { callId } = await reported({ from: newNumber() });
    expect(await callbacks()).toEqual([]);
    const ticketId = uuid();
    await hub.database.query(
      `insert into ticket (id, conversation_id, queue_id, subject, priority)
       select $2::uuid, conversation_id, $3, 'Joined later', 2 from message where external_id = 'call ' || $1`,
      [callId, ticketId, queueId],
    );
    await hub.database.query(`update message set ticket_id = $2 where external_id = 'call ' || $1`, [callId, ticketId]);
    expect(await callbacks()).toMatchObject([{ ticketId, calls: 1 }]);
  });

  it('are looked at once in a look, also while some of them cannot be', async () => {
    const missed = hub.app.get(MissedCalls);
    const { callId } = await reported({ from: newNumber() });
    expect(await callbacks()).toHaveLength(1);
    const [message] = await hub.database.query<{ conversation: string; seq: number }>(
      `select conversation_id as conversation, seq from message where external_id = 'call ' || $1`,
      [callId],
    );
    // More than one page of calls that are due and stay so.
    await hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, external_id, direction, author, kind, content)
       select gen_random_uuid(), conversation_id, channel_id, identity_id, external_id || n, direction, author, kind,
              '{"call": {"state": "ended", "startedAt": "never"}}'
       from message, generate_series(1, 120) n where conversation_id = $1 and seq = $2`,
      [message?.conversation, message?.seq],
    );
    const last = newNumber();
    await reported({ from: last });
    expect((await callbacks()).map(({ address }) => address)).toContain(last);
    expect(await missed.look((await missed.look()) ?? undefined)).toBeNull();
    await hub.database.query('delete from call_due where conversation_id = $1', [message?.conversation]);
  });
});

describe('a talk that is handed over', () => {
  /** What the provider was told, and what it does. */
  const asked: { callId: string; turn: number }[] = [];
  let provider: () => Promise<void> = () => Promise.resolve();

  beforeEach(() => {
    asked.splice(0);
    provider = () => Promise.resolve();
    hub.app.get(CallDrivers).register('pbx', {
      transfer: (_channel, call) => {
        asked.push(call);
        return provider();
      },
    });
  });

  interface Talk {
    line: PhoneLine;
    agent: string;
    desk: Caller;
    dial: Dial;
    callId: string;
  }

  /** An agent who talks with a caller. */
  async function talk(phone: string): Promise<Talk> {
    const agent = await sit(phone);
    const line = await calls();
    const dial = await rung(line);
    await line.next(told(dial, 'answered'));
    return { line, agent, dial, desk: await signedIn(hub, agent), callId: (await callOf(hub, line)).id };
  }

  const hand = (by: Caller, callId: string, body: Record<string, unknown>) =>
    by.call<{ code?: string; state?: string }>(`/api/calls/${callId}/transfer`, { body });

  const mine = async (desk: Caller): Promise<MyCallView['call']> =>
    (await desk.call<MyCallView>('/api/calls/mine')).body.call;

  async function workOf(line: PhoneLine): Promise<Record<string, unknown>[]> {
    return hub.database.query(
      'select id, class, state, enqueued_at::text as since from work_item where ticket_id = $1 order by id',
      [await ticketOf(line)],
    );
  }

  async function transfersOf(callId: string): Promise<string[]> {
    const rows = await hub.database.query<{ state: string }>(
      'select state from call_transfer where phone_call_id = $1 order by asked_at',
      [callId],
    );
    return rows.map(({ state }) => state);
  }

  /** The provider's patience with a transfer is over. */
  const late = (): Promise<unknown> =>
    hub.database.query(`update call_transfer set due_at = clock_timestamp() where state = 'asked'`);

  it('goes to a colleague as one call with two agents, once, however many press at once', async () => {
    const { line, agent, dial, desk, callId } = await talk('2001');
    const other = await scene.buildPresent({ queues: [await scene.buildQueue()], phone: '2002' });
    const stranger = await signedIn(hub, await sit('2003'));
    expect((await hand(stranger, callId, { agentId: other })).body.code).toBe('not_your_call');
    const before = await workOf(line);
    const both = await Promise.all([desk, admin].map((by) => hand(by, callId, { agentId: other })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('being_handed_over');
    expect(asked).toEqual([{ callId: line.callId, turn: line.turn }]);
    expect(await mine(desk)).toMatchObject({ phase: 'handing', canTransfer: true });
    expect((await scene.loadOf(agent)).classes).toEqual({ voice: 1 });

    expect(await line.ask({ kind: 'held' })).toMatchObject({ dial: { to: { address: '2002' } } });
    expect([await scene.loadOf(agent), (await scene.loadOf(other)).classes]).toEqual([
      { units: 0, classes: {} },
      { voice: 1 },
    ]);
    expect(await workOf(line)).toEqual([{ ...before[0], state: 'offered' }]);
    expect(await mine(desk)).toBeNull();
    const second = await rung(line);
    await line.next(told(second, 'answered'));
    // What is told late of the first talk is past.
    await line.next(told(dial, 'answered'), 0);
    expect(await scene.ownerOf(await ticketOf(line))).toBe(other);
    expect(await mine(await signedIn(hub, other))).toMatchObject({ phase: 'talking', transferFailed: false });
    expect(await line.tell(told(second, 'answered', 20))).toEqual({ hangup: true });
    await line.hangUp();
    const { call } = await messageOf(hub, line);
    expect(call).toMatchObject({ state: 'ended', outcome: 'answered' });
    expect(call.details?.legs?.map(({ agentId, outcome, endedAt }) => [agentId, outcome, endedAt !== null])).toEqual([
      [agent, 'answered', true],
      [other, 'answered', true],
    ]);
    expect(await transfersOf(callId)).toEqual(['moved']);
    const acts = await hub.database.query(`select 1 from audit where action = 'call.transferred' and entry like $1`, [
      `%${callId}%`,
    ]);
    expect(acts).toHaveLength(1);
  });

  it('waits in line with the place it had where the colleague does not answer, or has left by then', async () => {
    const { line, agent, desk, callId } = await talk('2101');
    const before = await workOf(line);
    const colleague = await sit('2102');
    await hand(desk, callId, { agentId: colleague });
    await line.ask({ kind: 'held' });
    const third = await sit('2103');
    await line.tell(told(await rung(line), 'no_answer'));
    const next = await rung(line);
    expect(next.to.address).toBe('2103');
    expect(await workOf(line)).toEqual([{ ...before[0], state: 'offered' }]);
    await line.next(told(next, 'answered'));

    const thirds = await signedIn(hub, third);
    await hub.database.query(`update agent set status = 'online', missed_offers = 0 where id = $1`, [colleague]);
    expect((await hand(thirds, callId, { agentId: colleague })).status).toBe(202);
    await hub.database.query(`update agent set status = 'away' where id = $1`, [colleague]);
    await line.ask({ kind: 'held' });
    expect((await rung(line)).to.address).toBe('2101');
    expect(await scene.ownerOf(await ticketOf(line))).toBeNull();
    await line.hangUp();
    expect((await scene.loadOf(agent)).units).toBe(0);
    expect((await callbacks()).map(({ calls: times }) => times)).toEqual([1]);
  });

  it('goes to another queue, open ones only, and is taken there', async () => {
    const { line, desk, agent, callId } = await talk('2201');
    const [elsewhere, shut] = [
      await scene.buildQueue(),
      await scene.buildQueue({ calendar_id: await scene.buildCalendar(null), out_of_hours: 'wait' }),
    ];
    const there = await scene.buildPresent({ queues: [elsewhere], phone: '2202' });
    expect((await hand(desk, callId, { queueId: shut })).body.code).toBe('queue_closed');
    expect((await hand(desk, callId, { queueId: elsewhere })).status).toBe(202);
    await line.ask(told(await rung(line), 'answered', 12));
    const dial = await rung(line);
    expect(dial.to.address).toBe('2202');
    await line.next(told(dial, 'answered'));
    expect(await scene.ownerOf(await ticketOf(line))).toBe(there);
    expect((await scene.loadOf(agent)).units).toBe(0);
    await line.hangUp();
  });

  it('goes to a number outside, which leaves the matter with whoever gave it; one that does not answer rings them again', async () => {
    const { line, agent, desk, callId } = await talk('2301');
    const phone = { kind: 'number', address: '۰۹۱۲ ۷۷۷ ۰۰۹۹' };
    expect((await hand(desk, callId, { phone: { kind: 'number', address: 'x' } })).status).toBe(422);
    expect((await hand(desk, callId, { phone })).status).toBe(202);
    await line.ask({ kind: 'held' });
    const outside = await rung(line);
    expect(outside).toMatchObject({ to: { kind: 'number', address: '+989127770099' }, record: false });
    expect([await scene.ownerOf(await ticketOf(line)), await scene.loadOf(agent)]).toEqual([
      agent,
      { units: 5, classes: { async: 1 } },
    ]);
    await line.tell(told(outside, 'no_answer'));
    const again = await rung(line);
    expect(again.to.address).toBe('2301');
    await line.next(told(again, 'answered'));
    expect((await hand(desk, callId, { phone })).status).toBe(202);
    await line.ask({ kind: 'held' });
    const answered = await rung(line);
    await line.next(told(answered, 'answered'));
    expect((await callOf(hub, line)).phase).toBe('talking');
    expect(await line.tell(told(answered, 'answered', 40))).toEqual({ hangup: true });
    await line.hangUp();
    const { call } = await messageOf(hub, line);
    expect(call.details?.legs?.map(({ to, outcome }) => [to, outcome])).toEqual([
      ['2301', 'answered'],
      ['+989127770099', 'no_answer'],
      ['2301', 'answered'],
      ['+989127770099', 'answered'],
    ]);
    expect(await callbacks()).toEqual([]);
  });

  it('goes on where the provider refuses; what it may have heard it is told again, and not for ever', async () => {
    const { line, agent, desk, callId } = await talk('2401');
    const colleague = await sit('2402');
    provider = () => Promise.reject(new ChannelError('refused', 'Not this call.', { retry: 'never' }));
    const refused = await hand(desk, callId, { agentId: colleague });
    expect([refused.status, refused.body.code]).toEqual([502, 'provider_refused']);
    expect(await mine(desk)).toMatchObject({ phase: 'talking', transferFailed: true });
    expect((await scene.loadOf(agent)).classes).toEqual({ voice: 1 });

    provider = () => Promise.reject(new ChannelError('unreachable', 'No answer.', { retry: 'soon' }));
    expect((await hand(desk, callId, { agentId: colleague })).status).toBe(202);
    const telling = hub.app.get(TransferTelling);
    await telling.look();
    expect(asked).toHaveLength(2);
    for (let times = 0; times < 4; times += 1) {
      await late();
      await telling.look();
    }
    expect(asked).toHaveLength(5);
    expect(await transfersOf(callId)).toEqual(['failed', 'failed']);
    expect(await mine(desk)).toMatchObject({ phase: 'talking', transferFailed: true });
    expect(await line.tell(told(await rung(line), 'answered', 9))).toEqual({ hangup: true });
    await line.hangUp();
    expect((await hand(desk, callId, { agentId: colleague })).body.code).toBe('call_over');
  });

  it('stays with whoever talked where the caller hangs up first', async () => {
    const { line, agent, desk, callId } = await talk('2501');
    expect((await hand(desk, callId, { agentId: await sit('2502') })).status).toBe(202);
    await line.hangUp();
    expect([await scene.ownerOf(await ticketOf(line)), await transfersOf(callId)]).toEqual([agent, ['failed']]);
    expect(await scene.loadOf(agent)).toEqual({ units: 5, classes: { async: 1 } });
    await late();
    await hub.app.get(TransferTelling).look();
    expect(asked).toHaveLength(1);
    expect(await callbacks()).toEqual([]);
  });

  it('is offered to whom it can go, and refused in words to all others and where the provider cannot', async () => {
    const { line, desk, callId } = await talk('2601');
    const [away, phoneless] = [await sit('2602'), await scene.buildPresent({ queues: [queueId], phone: null })];
    await hub.database.query(`update agent set status = 'away' where id = $1`, [away]);
    const { body } = await desk.call<TransferTargetsView>(`/api/calls/${callId}/transfer-targets`);
    const stateOf = (id: string) => body.agents.find((one) => one.id === id)?.state;
    expect([stateOf(away), stateOf(phoneless)]).toEqual(['away', 'no_phone']);
    expect(body.queues).toContainEqual(expect.objectContaining({ id: queueId, isOpen: true }));
    expect((await hand(desk, callId, { agentId: away })).body.code).toBe('agent_away');
    expect((await hand(desk, callId, { agentId: phoneless })).body.code).toBe('agent_no_phone');
    expect((await hand(desk, callId, {})).status).toBe(422);
    hub.app.get(CallDrivers).register('pbx', {});
    expect((await hand(desk, callId, { queueId })).body.code).toBe('cannot_transfer');
    expect(await mine(desk)).toMatchObject({ canTransfer: false });
    await line.hangUp();
  });

  it('is told by another node where one dies between storing it and telling the provider', async () => {
    channelId = await buildPhone(hub, queueId);
    const { line, agent, callId } = await talk('2701');
    const colleague = await sit('2702');
    doomed = await spawnNode({ ...env, DATABASE_URL: database.url });
    await doomed.dieAt('transfer.stored');
    await hand(await signedIn({ ...hub, url: doomed.url }, agent), callId, { agentId: colleague }).catch(() => null);
    await doomed.gone;
    const told: string[] = [];
    hub.app.get(CallDrivers).register('twilio', {
      transfer: (to, call) => Promise.resolve(void told.push(to.id, call.callId)),
    });
    await until(
      async () => {
        await hub.app.get(TransferTelling).look();
        return told;
      },
      (calls) => calls.length > 0,
    );
    expect(told).toEqual([channelId, line.callId]);
    expect(await line.ask({ kind: 'held' })).toMatchObject({ dial: { to: { address: '2702' } } });
    await line.hangUp();
  }, 60_000);
});
