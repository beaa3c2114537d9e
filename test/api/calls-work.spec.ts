import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { InboundCall, LineHappening, LineStep } from '#channels';
import type { AgentSettingsView, CallbackView, ExplainView, MyCallView, OfferView, Page } from '#contract';
import type { WantedCall } from '../../apps/hub/src/calls/work/call-driver.js';
import { CallDrivers } from '../../apps/hub/src/calls/work/call-drivers.service.js';
import { MissedCallSweeper } from '../../apps/hub/src/calls/work/missed-calls.sweeper.js';
import { MissedCalls } from '../../apps/hub/src/calls/work/missed-calls.service.js';
import { RouterSweeper } from '../../apps/hub/src/automation/router.sweeper.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { WaitingQueues } from '../../apps/hub/src/waiting/waiting-queues.service.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import { buildPhone, callOf, PhoneLine } from '../support/phone-line.js';
import { reportCall } from '../support/report-call.js';
import { findLoadDrift, RoutingScene, type PresentWish } from '../support/routing-scene.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let scene: RoutingScene;
let admin: Caller;
let queueId: string;
let channelId: string;
const nudged: string[] = [];
let consoles: LiveConsole[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  scene = new RoutingScene(hub.database);
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
  hub.app.get(EventBus).on('line.nudge', ({ callId }) => void nudged.push(callId));
}, 60_000);
afterAll(async () => {
  expect(await findLoadDrift(hub.database)).toEqual([]);
  await hub.stop();
});
beforeEach(async () => {
  queueId = await scene.buildQueue();
  channelId = await buildPhone(hub, queueId, { driver: 'pbx' });
});
afterEach(async () => {
  consoles.forEach(({ socket }) => socket.disconnect());
  consoles = [];
  // Nobody of one test is rung by the next.
  await hub.database.query(
    `update agent set status = 'offline' where id in (select agent_id from queue_member where queue_id = $1)`,
    [queueId],
  );
});

type Dial = Extract<LineStep, { dial: unknown }>['dial'];

/** An agent of the queue whose console is open. `phone` null: nothing rings for them. */
function sit(phone: string | null = '101', wish: PresentWish = {}): Promise<string> {
  return scene.buildPresent({ queues: [queueId], phone, ...wish });
}

/** Somebody calls, and is told to wait. */
async function calls(from?: string): Promise<PhoneLine> {
  const line = new PhoneLine(hub, channelId, from);
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

interface Work {
  id: string;
  class: string;
  state: string;
  rank: string;
}

/** All work that a ticket ever had, the oldest first. */
async function workOf(ticketId: string): Promise<Work[]> {
  return hub.database.query<Work & Record<string, unknown>>(
    'select id, class, state, rank_at::text as rank from work_item where ticket_id = $1 order by id',
    [ticketId],
  );
}

async function agentRow(id: string): Promise<{ status: string; reason: string | null; talks: boolean }> {
  const [row] = await hub.database.query<{ status: string; reason: string | null; talks: boolean }>(
    'select status, status_reason as reason, talking_since is not null as talks from agent where id = $1',
    [id],
  );
  return row as { status: string; reason: string | null; talks: boolean };
}

async function messageOf(
  callId: string,
): Promise<{ body: string; ticketId: string | null; call: Record<string, unknown> }> {
  const [row] = await hub.database.query<{ body: string; ticketId: string | null; call: Record<string, unknown> }>(
    `select body, ticket_id as "ticketId", content -> 'call' as call from message where external_id = 'call ' || $1`,
    [callId],
  );
  return row as { body: string; ticketId: string | null; call: Record<string, unknown> };
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

describe('a caller on the line', () => {
  it('rings the agent who is free, talks to them alone, and leaves them the ticket but not the whole of their time', async () => {
    const agent = await sit('204', { isPresent: false });
    const console = await openedConsole(hub, agent);
    consoles.push(console);
    const line = await calls();
    expect(line.stop).toMatchObject({ hold: {} });
    const dial = await rung(line);
    expect(nudged).toContain(line.callId);
    expect(dial).toMatchObject({ to: { kind: 'extension', address: '204' }, callerId: line.from });
    expect(dial.timeoutSecs).toBeGreaterThanOrEqual(15);
    await console.until('the ring', () =>
      console.of<OfferView>('offer.made').some(({ id, ring }) => id === dial.leg && ring),
    );
    const desk = await signedIn(hub, agent);
    expect((await desk.call<MyCallView>('/api/calls/mine')).body.call).toMatchObject({
      phase: 'ringing',
      number: line.from,
    });

    await line.next(told(dial, 'answered'));
    const ticketId = await ticketOf(line);
    expect(await scene.ownerOf(ticketId)).toBe(agent);
    expect(await scene.loadOf(agent)).toEqual({ units: 100, classes: { voice: 1 } });
    await console.until('the talk', () =>
      console.of<{ ticketId: string }>('call.answered').some((frame) => frame.ticketId === ticketId),
    );
    expect((await desk.call<MyCallView>('/api/calls/mine')).body.call).toMatchObject({ phase: 'talking', ticketId });

    expect(await line.tell(told(dial, 'answered', 42))).toEqual({ hangup: true });
    expect(await scene.ownerOf(ticketId)).toBe(agent);
    expect(await scene.loadOf(agent)).toEqual({ units: 5, classes: { async: 1 } });
    expect((await agentRow(agent)).talks).toBe(false);
    await line.hangUp();
    const { call } = await messageOf(line.callId);
    expect(call).toMatchObject({ state: 'ended', outcome: 'answered' });
    expect(call['details']).toMatchObject({ legs: [{ id: dial.leg, agentId: agent, to: '204', outcome: 'answered' }] });
    expect(await callbacks()).toEqual([]);
  });

  it('goes on to the next agent where nobody answers, with the place it had; two misses set an agent away', async () => {
    const first = await sit('301', { columns: { missed_offers: 1 } });
    const line = await calls();
    const one = await rung(line);
    const ticketId = await ticketOf(line);
    const [before] = await workOf(ticketId);
    const second = await sit('302');
    hub.app.get(EventBus).emit('agent.available', { agentId: second });
    await line.tell(told(one, 'no_answer'));
    const two = await rung(line);
    expect([one.to.address, two.to.address]).toEqual(['301', '302']);
    expect(await agentRow(first)).toMatchObject({ status: 'away', reason: 'no_answer' });
    expect(await workOf(ticketId)).toEqual([{ ...before, state: 'offered' }]);
    const { body } = await admin.call<ExplainView>(`/api/tickets/${ticketId}/explain`);
    expect(body.steps.find(({ kind }) => kind === 'expired')).toMatchObject({
      agent: { id: first },
      reason: 'phone_no_answer',
    });
    await line.next(told(two, 'answered'));
    expect(await scene.ownerOf(ticketId)).toBe(second);
    await line.hangUp();
    expect(await scene.loadOf(second)).toEqual({ units: 5, classes: { async: 1 } });
  });

  it('stops ringing when the agent says no in the console', async () => {
    const agent = await sit('303');
    const line = await calls();
    const dial = await rung(line);
    nudged.length = 0;
    const desk = await signedIn(hub, agent);
    const declined = await desk.call(`/api/offers/${dial.leg}/decline`, { body: {} });
    expect(declined.status).toBe(204);
    await until(
      () => Promise.resolve(nudged),
      (heard) => heard.includes(line.callId),
    );
    expect(await line.tell(told(dial, 'cancelled'))).toMatchObject({ hold: {} });
    expect((await agentRow(agent)).status).toBe('online');
    await line.hangUp();
  });

  it('is put to nobody without a phone, beside a chat or on another call, and beside mail it is', async () => {
    const [phoneless, chatting, talking] = [await sit(null), await sit('401'), await sit('402')];
    const chat = await scene.buildWaiting({ queueId, class: 'chat', weight: 30 });
    await hub.database.query(
      `insert into assignment (id, work_item_id, agent_id, state, accepted_at, units) values ($1, $2, $3, 'accepted', clock_timestamp(), 30)`,
      [uuid(), chat.workId, chatting],
    );
    await hub.database.query(`update work_item set state = 'assigned' where id = $1`, [chat.workId]);
    await hub.database.query('update agent set talking_since = clock_timestamp() where id = $1', [talking]);
    const line = await calls();
    const ticketId = await ticketOf(line);
    const { body } = await admin.call<ExplainView>(`/api/tickets/${ticketId}/explain`);
    const hindrances = new Map(body.servers.map(({ agent, hindrance }) => [agent.id, hindrance]));
    expect([phoneless, chatting, talking].map((id) => hindrances.get(id))).toEqual([
      'no_phone',
      'on_a_call',
      'on_a_call',
    ]);

    const writing = await sit('403');
    const mail = await scene.buildWaiting({ queueId });
    await hub.database.query(
      `insert into assignment (id, work_item_id, agent_id, state, accepted_at, units) values ($1, $2, $3, 'accepted', clock_timestamp(), 5)`,
      [uuid(), mail.workId, writing],
    );
    await hub.database.query(`update work_item set state = 'assigned' where id = $1`, [mail.workId]);
    hub.app.get(EventBus).emit('agent.available', { agentId: writing });
    expect((await rung(line)).to.address).toBe('403');
    await line.hangUp();
  });

  it('reaches one agent only, of two callers at once', async () => {
    await sit('501');
    const lines = await Promise.all([calls(), calls()]);
    const stops = await until(
      () => Promise.all(lines.map(async (line) => ('dial' in line.stop ? line.stop : line.tell({ kind: 'held' })))),
      (all) => all.some((stop) => 'dial' in stop),
    );
    expect(stops.filter((stop) => 'dial' in stop)).toHaveLength(1);
    await Promise.all(lines.map((line) => line.hangUp()));
  });

  it('has the agent who took it up, whatever became of the offer meanwhile', async () => {
    const agent = await sit('601');
    const line = await calls();
    const dial = await rung(line);
    const ticketId = await ticketOf(line);
    await hub.database.query(
      `update agent set missed_offers = 1 where id = (select agent_id from assignment where id = $1)`,
      [dial.leg],
    );
    await hub.database.query(`update assignment set expires_at = clock_timestamp() where id = $1`, [dial.leg]);
    await until(
      async () => {
        await hub.app.get(RouterSweeper).sweep();
        return workOf(ticketId);
      },
      ([work]) => work?.state === 'queued',
    );
    // Nobody said that it rang in vain, so nothing was missed.
    expect((await agentRow(agent)).status).toBe('online');
    await line.next(told(dial, 'answered'));
    expect(await scene.ownerOf(ticketId)).toBe(agent);
    expect((await workOf(ticketId))[0]).toMatchObject({ class: 'voice', state: 'assigned' });
    await line.hangUp();
  });

  it('rings whoever has their matter first, and takes it to whoever answers', async () => {
    const from = newNumber();
    const owner = await sit('801');
    await reported({ from });
    const ticketId = await until(
      async () => {
        const [row] = await hub.database.query<{ id: string }>('select id from ticket where owner_id = $1', [owner]);
        return row?.id ?? '';
      },
      (id) => id !== '',
    );
    const other = await sit('802', { columns: { idle_since: new Date(0).toISOString() } });
    const line = await calls(from);
    const first = await rung(line);
    expect([first.to.address, await ticketOf(line)]).toEqual(['801', ticketId]);
    expect(await scene.loadOf(owner)).toEqual({ units: 100, classes: { voice: 1 } });
    await line.tell(told(first, 'busy'));
    const second = await rung(line);
    expect(second.to.address).toBe('802');
    await line.next(told(second, 'answered'));
    expect(await scene.ownerOf(ticketId)).toBe(other);
    expect(await scene.loadOf(owner)).toEqual({ units: 0, classes: {} });
    await line.hangUp();
  });

  it('stays with whoever talks, also when their ticket is passed on meanwhile, and then rings nobody', async () => {
    const agent = await sit('901');
    const line = await calls();
    const dial = await rung(line);
    await line.next(told(dial, 'answered'));
    const ticketId = await ticketOf(line);
    const elsewhere = await scene.buildQueue();
    const next = await scene.buildPresent({ queues: [elsewhere], phone: '902' });
    const [{ version }] = (await hub.database.query('select version from ticket where id = $1', [ticketId])) as [
      { version: number },
    ];
    const body = { queueId: elsewhere, version };
    const moved = await admin.call(`/api/tickets/${ticketId}`, { method: 'PATCH', body });
    expect(moved.status).toBe(200);
    const unhurried = { units: 5, classes: { async: 1 } };
    await until(
      () => scene.loadOf(next),
      (load) => JSON.stringify(load) === JSON.stringify(unhurried),
    );
    expect(await scene.holders(ticketId)).toEqual([next]);
    expect(await agentRow(agent)).toMatchObject({ talks: true });
    await line.tell(told(dial, 'answered', 10));
    expect(await agentRow(agent)).toMatchObject({ talks: false });
    expect((await workOf(ticketId))[0]?.class).toBe('async');
  });

  it('may keep their place and hang up, where their queue offers it', async () => {
    await hub.database.query(`update queue set steps = '[{"afterSecs": 600, "do": "callback"}]' where id = $1`, [
      queueId,
    ]);
    hub.app.get(WaitingQueues).forget();
    const line = await calls();
    const ticketId = await ticketOf(line);
    const [before] = await workOf(ticketId);
    await hub.database.query('update work_item set step = 1, next_step_at = null where id = $1', [before?.id]);
    expect(await line.tell({ kind: 'held' })).toMatchObject({ gather: { numDigits: 1 } });
    expect(await line.keys('1')).toEqual({ hangup: true });
    await line.hangUp();
    expect(await workOf(ticketId)).toEqual([{ ...before, class: 'async' }]);
    expect(await callbacks()).toMatchObject([
      { state: 'requested', way: 'call', address: line.from, ticketId, calls: 0 },
    ]);
  });
});

describe('calls that nobody answered', () => {
  it('of one number and queue are one call back, which a talk ends', async () => {
    const from = newNumber();
    const line = await calls(from);
    await line.hangUp();
    const ticketId = await ticketOf(line);
    expect((await workOf(ticketId)).map(({ class: of, state }) => [of, state])).toEqual([
      ['voice', 'abandoned'],
      ['async', 'queued'],
    ]);
    const { call } = await messageOf(line.callId);
    expect(call).toMatchObject({ state: 'ended', outcome: 'abandoned' });
    expect(call['details']).toHaveProperty('waitSeconds');
    const [made] = await callbacks();
    expect(made).toMatchObject({ state: 'requested', way: 'call', address: from, ticketId, calls: 1 });

    await (await calls(from)).hangUp();
    expect(await callbacks()).toMatchObject([{ id: made?.id, calls: 2 }]);

    const agent = await sit('701');
    const third = await calls(from);
    const dial = await rung(third);
    await third.next(told(dial, 'answered'));
    expect(await callbacks()).toEqual([]);
    expect(await callbacks('ended')).toMatchObject([{ id: made?.id, state: 'done', endReason: 'talked' }]);
    expect(await scene.ownerOf(await ticketOf(third))).toBe(agent);
    await third.hangUp();
  });

  it('are noted from whatever reports them, counted once by all nodes, and settled by a call of ours', async () => {
    const from = newNumber();
    const first = await reported({ from });
    const missed = hub.app.get(MissedCalls);
    await Promise.all([missed.look(), missed.look()]);
    const ticketId = (await messageOf(first.callId)).ticketId ?? '';
    const [made] = await callbacks();
    expect(made).toMatchObject({ address: from, ticketId, calls: 1 });
    await reported({ from, callId: first.callId });
    await reported({ from, outcome: 'busy' });
    expect(await callbacks()).toMatchObject([{ id: made?.id, calls: 2 }]);

    const later = new Date(Date.now() + 1_000);
    await reported({
      from,
      direction: 'out',
      outcome: 'answered',
      startedAt: later,
      answeredAt: later,
      endedAt: later,
    });
    expect(await callbacks()).toEqual([]);
    expect(await callbacks('ended')).toMatchObject([{ id: made?.id, endReason: 'talked' }]);
    const [ticket] = await hub.database.query<{ state: string }>('select state from ticket where id = $1', [ticketId]);
    expect(ticket?.state).toBe('solved');
  });

  it('are not called back where somebody talked with the number since, or they are of long ago', async () => {
    const [talked, old] = [newNumber(), newNumber()];
    await reported({ from: talked, outcome: 'answered', answeredAt: new Date() });
    await reported({ from: talked, startedAt: new Date(Date.now() - 60_000) });
    await reported({ from: old, startedAt: new Date(Date.now() - 2 * 86_400_000) });
    expect(await callbacks()).toEqual([]);
  });

  it('are answered by an SMS where the queue wants it, once', async () => {
    const smsId = uuid();
    await hub.database.query(
      `insert into channel (id, kind, name, queue_id, config) values ($1::uuid, 'sms', $1::text, $2, $3)`,
      [
        smsId,
        queueId,
        JSON.stringify({
          driver: 'twilio',
          accountSid: `AC${'0'.repeat(32)}`,
          baseUrl: 'http://127.0.0.1:9',
          from: '+15005550006',
        }),
      ],
    );
    await hub.app.get(ChannelDirectory).refresh();
    const terms = (await admin.call<object>(`/api/queues/${queueId}/waiting`)).body;
    const missedCalls = { isOn: true, text: { en: 'Seen. We call you.', fa: 'دیدیم.' } };
    const put = await admin.call(`/api/queues/${queueId}/waiting`, { method: 'PUT', body: { ...terms, missedCalls } });
    expect(put.body).toMatchObject({ missedCalls });
    const from = newNumber();
    await reported({ from });
    await reported({ from });
    expect(await callbacks()).toMatchObject([{ calls: 2 }]);
    const sent = await hub.database.query<{ body: string }>(
      `select body from message where channel_id = $1 and direction = 'out'`,
      [smsId],
    );
    expect(sent).toEqual([{ body: 'دیدیم.' }]);
  });
});

describe('a call that an agent makes', () => {
  it('rings their own phone first, once for one wish, and stands on the timeline with its reason', async () => {
    const from = newNumber();
    await reported({ from });
    const [person] = await hub.database.query<{ id: string; conversation: string }>(
      `select i.id, c.id as conversation from identity i join conversation c on c.customer_id = i.customer_id where i.address = $1`,
      [from],
    );
    const path = `/api/conversations/${person?.conversation ?? ''}/calls/dial`;
    const agent = await sit(null);
    const desk = await signedIn(hub, agent);
    const body = { channelId, identityId: person?.id, reason: 'They called this morning' };
    const wanted: WantedCall[] = [];
    hub.app.get(CallDrivers).register('pbx', {});
    expect((await desk.call<{ code: string }>(path, { body })).body.code).toBe('cannot_dial');
    hub.app.get(CallDrivers).register('pbx', {
      originate: (_channel, call) => {
        wanted.push(call);
        return Promise.resolve(`out-${call.to}`);
      },
    });
    expect((await desk.call<{ code: string }>(path, { body })).body.code).toBe('no_phone');

    const set = await admin.call<AgentSettingsView>(`/api/agents/${agent}`, {
      method: 'PATCH',
      body: { phone: { kind: 'extension', address: ' ۲۰۵ ' } },
    });
    expect(set.body.phone).toEqual({ kind: 'extension', address: '205' });
    const headers = { 'idempotency-key': uuid() };
    const made = await desk.call<{ callId: string }>(path, { body, headers });
    expect([made.status, made.body.callId]).toEqual([201, `out-${from}`]);
    expect((await desk.call(path, { body, headers })).body).toEqual(made.body);
    expect(wanted).toMatchObject([{ agent: { address: '205' }, to: from }]);

    const later = new Date(Date.now() + 1_000);
    await reported({
      from,
      callId: made.body.callId,
      direction: 'out',
      outcome: 'answered',
      startedAt: later,
      answeredAt: later,
    });
    const message = await messageOf(made.body.callId);
    expect(message.body).toBe('They called this morning');
    expect(message.call).toMatchObject({ direction: 'out', state: 'ended', outcome: 'answered' });

    await hub.database.query(
      'update customer set blocked_at = clock_timestamp() where id = (select customer_id from identity where id = $1)',
      [person?.id],
    );
    expect((await desk.call<{ code: string }>(path, { body })).body.code).toBe('customer_blocked');
  });
});
