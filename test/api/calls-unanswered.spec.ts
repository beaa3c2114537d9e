import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { InboundCall, LineHappening, LineStep } from '#channels';
import type { CallbackView } from '#contract';
import { lineOfTicket, type LineOfTicket } from '../../apps/hub/src/calls/work/line-standing.query.js';
import { MissedCalls } from '../../apps/hub/src/calls/work/missed-calls.service.js';
import { MissedCallSweeper } from '../../apps/hub/src/calls/work/missed-calls.sweeper.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { buildPhone, callOf, PhoneLine } from '../support/phone-line.js';
import { reportCall } from '../support/report-call.js';
import { findLoadDrift, RoutingScene } from '../support/routing-scene.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let scene: RoutingScene;
let admin: Caller;
let queueId: string;
let channelId: string;

beforeAll(async () => {
  hub = await startTestHub();
  scene = new RoutingScene(hub.database);
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
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
  const { body } = await admin.call<CallbackView[]>(`/api/callbacks?state=${state}`);
  return body.filter((callback) => callback.queueId === queueId);
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
