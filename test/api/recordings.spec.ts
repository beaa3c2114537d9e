import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CallRecordingsView, ChannelView, QueueRecordingView, RecordingAccessView } from '#contract';
import type { InboundCall } from '#channels';
import { writeTelephoneWav } from '../../apps/hub/src/calls/prompts/telephone-wav.js';
import { RecordingFetcher } from '../../apps/hub/src/calls/recordings/recording-fetcher.service.js';
import { RecordingSweeper } from '../../apps/hub/src/calls/recordings/recording.sweeper.js';
import { findCall } from '../../apps/hub/src/calls/lines/phone-call.query.js';
import { CallDrivers } from '../../apps/hub/src/calls/work/call-drivers.service.js';
import { LineConsents } from '../../apps/hub/src/calls/work/line-consents.service.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { listenOnLoopback, type LoopbackServer } from '../../tools/stand-ins/loopback-server.js';
import { buildCallEvent } from '../support/build-call.js';
import { buildAgent, signedIn, stranger, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

const publicUrl = 'https://support.example';
const notice = 'line/fa/recorded-notice.wav@aa';

let hub: TestHub;
let admin: Caller;
let agent: Caller;
let agentId: string;
let outsider: Caller;
let queueId: string;
let channelId: string;
let provider: LoopbackServer;
/** What the provider was asked for, and what it answers; a path that is not there is a 404. */
const asked: string[] = [];
const files = new Map<string, () => Promise<Buffer>>();
const forgotten: string[] = [];
const paused: string[] = [];

beforeAll(async () => {
  provider = await listenOnLoopback(async ({ path }) => {
    asked.push(path);
    const body = await files.get(path)?.();
    return body ? { status: 200, headers: { 'content-type': 'audio/wav' }, body } : { status: 404 };
  });
  hub = await startTestHub({ env: { PUBLIC_URL: publicUrl, OUTBOUND_ALLOW: '127.0.0.0/8' } });
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, root?.id ?? '');
  const made = await admin.call<ChannelView>('/api/channels', {
    body: {
      kind: 'phone',
      name: 'Line',
      config: { driver: 'twilio', accountSid: `AC${'0'.repeat(32)}`, baseUrl: provider.url },
      secrets: { authToken: 'a token of the test' },
    },
  });
  channelId = made.body.id;
  queueId = made.body.queueId ?? '';
  const sara = await buildAgent(hub.database, { name: 'Sara' });
  agentId = sara.id;
  await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, sara.id]);
  agent = await signedIn(hub, sara.id);
  outsider = await signedIn(hub, (await buildAgent(hub.database)).id);
  hub.app.get(CallDrivers, { strict: false }).register('twilio', {
    record: (_channel, callId, act) => Promise.resolve(void paused.push(`${act} ${callId}`)),
    forget: (_channel, id) => Promise.resolve(void forgotten.push(id)),
  });
}, 60_000);

afterAll(async () => {
  await hub?.stop();
  await provider?.close();
});

beforeEach(() => {
  asked.length = 0;
});

const sound = (seconds: number, value = 0.25) => writeTelephoneWav(new Float32Array(8_000 * seconds).fill(value));

interface Call {
  callId: string;
  conversation: string;
  seq: number;
  path: string;
}

interface CallWish {
  /** On the call's row; null: Peyk never spoke on this line. */
  consent?: 'none' | 'announced' | 'granted' | 'refused' | null;
  serve?: () => Promise<Buffer>;
  live?: boolean;
}

/** Somebody called and was recorded. The recording is told of by `tell`. */
async function buildCall({ consent = 'announced', serve, live = false }: CallWish = {}): Promise<Call> {
  const callId = `CA${uuid()}`;
  await receive(callId, {});
  const [row] = await hub.database.query<{ id: string; seq: number; identity: string }>(
    'select conversation_id as id, seq::int, identity_id as identity from message where external_id = $1',
    [`call ${callId}`],
  );
  const { id, seq, identity } = row ?? { id: '', seq: 0, identity: '' };
  if (consent !== null) {
    await hub.database.query(
      `insert into phone_call (id, channel_id, call_id, conversation_id, seq, identity_id, direction, from_address, to_address, phase,
                               consent, consent_at, consent_prompt, records, ended_at)
       values ($1, $2, $3, $4, $5, $6, 'in', '+989120000000', '+982100000000', $7, $8,
               case when $8 <> 'none' then clock_timestamp() end, case when $8 <> 'none' then $9 end, $10,
               case when not $10 then clock_timestamp() end)`,
      [uuid(), channelId, callId, id, seq, identity, live ? 'talking' : 'over', consent, notice, live],
    );
  }
  const path = `/2010-04-01/Recordings/RE-${callId}`;
  files.set(path, serve ?? (() => Promise.resolve(sound(2))));
  return { callId, conversation: id, seq, path };
}

async function receive(callId: string, details: NonNullable<InboundCall['details']>): Promise<void> {
  const receiving = hub.app.get(Receiving, { strict: false });
  await receiving.take({ id: channelId, kind: 'phone' }, [buildCallEvent(callId, { details })]);
}

function tell({ callId, path }: Call): Promise<void> {
  return receive(callId, { recordings: [{ id: `RE-${callId}`, url: provider.url + path, seconds: 2 }] });
}

function recordingsOf({ conversation, seq }: Call, reader = agent) {
  return reader.call<CallRecordingsView>(`/api/conversations/${conversation}/calls/${String(seq)}/recordings`);
}

/** Tells of the recording and waits until it is decided. */
async function settled(call: Call): Promise<CallRecordingsView['recordings'][number]> {
  await tell(call);
  const view = await until(
    async () => (await recordingsOf(call)).body.recordings?.[0],
    (one) => one !== undefined && one.state !== 'due',
  );
  if (!view) {
    throw new Error('there is no recording');
  }
  return view;
}

async function setPolicy(mode: 'off' | 'announced', keepDays: number | null = 30): Promise<void> {
  const answer = await admin.call<QueueRecordingView>(`/api/queues/${queueId}/recording`, {
    method: 'PUT',
    body: { mode, keepDays },
  });
  expect([answer.status, answer.body]).toEqual([200, { mode, keepDays }]);
}

/** The files that storage holds. */
async function stored(): Promise<string[]> {
  const all = await readdir(hub.dataDir, { recursive: true });
  return all.filter((name) => /[0-9a-f]{2}\/[0-9a-f]{32}$/.test(name)).toSorted();
}

describe('a recording', () => {
  it.each([
    ['nobody spoke with the caller', null, 'no_consent'],
    ['nobody told the caller', 'none', 'no_consent'],
    ['the caller refused', 'refused', 'caller_refused'],
  ] as const)('is neither stored nor asked for when %s', async (_, consent, reason) => {
    await setPolicy('announced');
    const before = await stored();
    const call = await buildCall({ consent });
    expect(await settled(call)).toMatchObject({ state: 'refused', reason, url: null });
    expect(asked.filter((path) => path === call.path)).toEqual([]);
    expect(await stored()).toEqual(before);
    await hub.app.get(RecordingSweeper, { strict: false }).sweep(new Date());
    // What others ordered on a line on which Peyk never spoke is theirs.
    expect(forgotten.includes(`RE-${call.callId}`)).toBe(consent !== null);
  });

  it('that is told of twice in one message is one, and an absurd name is none', async () => {
    await setPolicy('announced');
    const call = await buildCall();
    const one = { id: `RE-${call.callId}`, url: provider.url + call.path, seconds: 2 };
    await hub.database.query(
      `update message set content = jsonb_set(content, '{call,details}', $3) where conversation_id = $1 and seq = $2`,
      [
        call.conversation,
        call.seq,
        JSON.stringify({ recordings: [one, { ...one, seconds: null }, { ...one, id: 'x'.repeat(3_000) }] }),
      ],
    );
    const told = await hub.database.query('select provider_id, seconds from call_recording where call_id = $1', [
      call.callId,
    ]);
    expect(told).toEqual([{ provider_id: one.id, seconds: 2 }]);
  });

  it('is not kept where calls are not to be recorded, unless it is a message that the caller left', async () => {
    await setPolicy('off');
    expect(await settled(await buildCall())).toMatchObject({ state: 'refused', reason: 'policy_off' });
    expect(await settled(await buildCall({ consent: 'granted' }))).toMatchObject({ state: 'kept', reason: null });
  });

  it('of an exchange is kept once an administrator says that callers are told there, and never against what Peyk knows', async () => {
    const mode = (value: string) =>
      admin.call(`/api/channels/${channelId}/recording`, { method: 'PUT', body: { mode: value, keepDays: null } });
    expect((await mode('elsewhere')).body).toEqual({ mode: 'elsewhere', keepDays: null });
    const call = await buildCall({ consent: null });
    expect(await settled(call)).toMatchObject({ state: 'kept', keepUntil: null });
    const [row] = await hub.database.query(
      `select consent, consent_prompt like 'declared by %' as declared, consent_at = date_trunc('milliseconds', m.at) as "isThen"
       from call_recording r join message m using (conversation_id, seq) where r.call_id = $1`,
      [call.callId],
    );
    expect(row).toEqual({ consent: 'announced', declared: true, isThen: true });
    expect(await settled(await buildCall({ consent: 'none' }))).toMatchObject({ state: 'refused' });
    expect((await mode('queue')).status).toBe(200);
  });

  it('is kept once, with the consent that it stands on, and nobody is told where it came from', async () => {
    await setPolicy('announced');
    const call = await buildCall();
    const view = await settled(call);
    expect(view).toMatchObject({ state: 'kept', source: `RE-${call.callId}`, seconds: 2, reason: null });
    await tell(call);
    await hub.app.get(RecordingFetcher, { strict: false }).look();
    expect(asked.filter((path) => path === call.path)).toHaveLength(1);
    const [row] = await hub.database.query(
      `select encode(sha256, 'hex') as sha256, bytes::int, consent, consent_prompt, consent_at is not null as told, reference
       from call_recording where id = $1`,
      [view.id],
    );
    expect(row).toEqual({
      sha256: createHash('sha256').update(sound(2)).digest('hex'),
      bytes: sound(2).length,
      consent: 'announced',
      consent_prompt: notice,
      told: true,
      reference: null,
    });
    const page = await agent.call(`/api/conversations/${call.conversation}/messages`);
    expect(page.text).toContain(`RE-${call.callId}`);
    expect(page.text).not.toContain(provider.url);
  });

  it('is fetched again after a fetcher died, and the dead one’s late bytes are thrown away', async () => {
    await setPolicy('announced');
    const { promise: held, resolve: release } = Promise.withResolvers<Buffer>();
    const fetcher = hub.app.get(RecordingFetcher, { strict: false });
    const answers = [() => held, () => Promise.resolve(sound(1, 0.5))];
    const call = await buildCall({ serve: () => (answers.shift() ?? (() => Promise.resolve(sound(9))))() });
    await tell(call);
    // The hub may have begun by itself already; either of them is the one that dies.
    const dead = fetcher.look();
    await until(
      () => Promise.resolve(asked.filter((path) => path === call.path).length),
      (count) => count === 1,
    );
    await hub.database.query(
      `update call_recording set due_at = clock_timestamp() - interval '1 second' where call_id = $1`,
      [call.callId],
    );
    await fetcher.look();
    const kept = await until(
      async () => (await recordingsOf(call)).body.recordings[0],
      (one) => one?.state === 'kept',
    );
    expect(kept?.state).toBe('kept');
    const after = await stored();
    release(sound(3));
    // Waits for what the hub began by itself as well.
    await Promise.all([dead, fetcher.onApplicationShutdown()]);
    expect(await stored()).toEqual(after);
    const bytesOf = () =>
      hub.database.query<{ bytes: number }>('select bytes::int from call_recording where call_id = $1', [call.callId]);
    expect(await bytesOf()).toEqual([{ bytes: sound(1).length }]);
    expect(asked.filter((path) => path === call.path)).toHaveLength(2);
  });

  it('is tried again later when its provider fails, and given up when it is gone', async () => {
    await setPolicy('announced');
    const cut = [() => Promise.reject<Buffer>(new Error('the line is cut'))];
    const waits = await buildCall({ serve: () => (cut.shift() ?? (() => Promise.resolve(sound(1))))() });
    await tell(waits);
    const later = () =>
      hub.database.query<{ id: string; later: boolean }>(
        `select id, due_at > clock_timestamp() + interval '5 seconds' and attempts = 1 and due_at < clock_timestamp() + interval '15 seconds' as later
         from call_recording where call_id = $1 and state = 'due'`,
        [waits.callId],
      );
    await until(later, ([row]) => row?.later === true);
    await hub.database.query('update call_recording set due_at = clock_timestamp() where call_id = $1', [waits.callId]);
    expect(await settled(waits)).toMatchObject({ state: 'kept' });
    const call = await buildCall();
    files.delete(call.path);
    const gone = await settled(call);
    expect(gone).toMatchObject({ state: 'failed', reason: 'unavailable', url: null });
    const text = await buildCall({ serve: () => Promise.resolve(Buffer.from('<html>no sound</html>')) });
    expect(await settled(text)).toMatchObject({ state: 'failed', reason: 'not_audio' });
  });

  it('is heard whole and in parts, by those who may, and everybody who listens is noted once a minute', async () => {
    await setPolicy('announced');
    const call = await buildCall();
    const view = await settled(call);
    const whole = sound(2);
    const url = `${hub.url}${view.url ?? ''}`;
    const get = (headers: Record<string, string> = {}, method = 'GET') =>
      fetch(url, { method, headers: { ...agent.credentials, ...headers } });
    const all = await get();
    expect([all.status, all.headers.get('content-type'), all.headers.get('accept-ranges')]).toEqual([
      200,
      'audio/wav',
      'bytes',
    ]);
    expect(Buffer.from(await all.arrayBuffer())).toEqual(whole);
    const tag = all.headers.get('etag') ?? '';
    const part = await get({ range: 'bytes=100-199', 'if-range': tag });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${String(whole.length)}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
    const other = await get({ range: 'bytes=100-199', 'if-range': '"another version"' });
    expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, whole.length]);
    const beyond = await get({ range: 'bytes=9999999-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${String(whole.length)}`]);
    const head = await get({}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(whole.length)]);
    const noted = () => admin.call<RecordingAccessView>(`/api/recordings/${view.id}/access`);
    const { listens } = (await noted()).body;
    // A minute may have ended meanwhile.
    expect(listens.length).toBeGreaterThan(0);
    expect(listens.length).toBeLessThan(3);
    expect(new Set(listens.map((listen) => listen.agentId))).toEqual(new Set([agentId]));
    const audits = await hub.database.query(`select 1 from audit where action = 'recording.heard' and entry like $1`, [
      `%${view.id}%`,
    ]);
    expect(audits).toHaveLength(listens.length);
    expect((await agent.call(`/api/recordings/${view.id}/access`)).status).toBe(403);
  });

  it('is not there for agents of other queues, nor for strangers', async () => {
    await setPolicy('announced');
    const call = await buildCall();
    const view = await settled(call);
    expect((await outsider.call(view.url ?? '')).status).toBe(404);
    expect((await recordingsOf(call, outsider)).status).toBe(404);
    expect((await stranger(hub).call(view.url ?? '')).status).toBe(401);
    const restricted = await hub.database.query('update queue set restricted = true where id = $1 returning id', [
      queueId,
    ]);
    expect(restricted).toHaveLength(1);
    expect((await agent.call(view.url ?? '')).status).toBe(200);
    await hub.database.query('update queue set restricted = false where id = $1', [queueId]);
  });

  it('and its pauses are nobody’s to know whom the call itself is kept from', async () => {
    const call = await buildCall({ live: true });
    expect((await recordingsOf(call)).status).toBe(200);
    await hub.database.query(
      `with secret as (insert into queue (id, name, restricted) values ($3, 'Secret line', true) returning id)
       update message set ticket_id = null, restricted_by = (select id from secret) where conversation_id = $1 and seq = $2`,
      [call.conversation, call.seq, uuid()],
    );
    expect((await recordingsOf(call)).status).toBe(404);
    expect((await recordingsOf(call, admin)).status).toBe(200);
  });

  it('is deleted when its time is over, and says so', async () => {
    await setPolicy('announced', 1);
    const call = await buildCall();
    const view = await settled(call);
    const sweeper = hub.app.get(RecordingSweeper, { strict: false });
    const before = await stored();
    await sweeper.sweep(new Date(Date.now() + 23 * 3_600_000));
    expect((await recordingsOf(call)).body.recordings[0]?.state).toBe('kept');
    await sweeper.sweep(new Date(Date.now() + 25 * 3_600_000));
    const [gone] = (await recordingsOf(call)).body.recordings;
    expect(gone).toMatchObject({ state: 'gone', reason: 'retention', url: null });
    expect(gone?.goneAt).not.toBeNull();
    expect((await agent.call(view.url ?? '')).status).toBe(404);
    expect((await stored()).length).toBeLessThan(before.length);
    expect(forgotten).toContain(`RE-${call.callId}`);
  });

  it('goes with the message that it belongs to', async () => {
    await setPolicy('announced');
    const call = await buildCall();
    const view = await settled(call);
    const before = await stored();
    await hub.database.query(
      `update message set redacted_at = clock_timestamp(), body = '', content = '{}' where conversation_id = $1 and seq = $2`,
      [call.conversation, call.seq],
    );
    expect((await agent.call(view.url ?? '')).status).toBe(404);
    await hub.app.get(RecordingSweeper, { strict: false }).sweep(new Date());
    expect(await stored()).toHaveLength(before.length - 1);
    expect(forgotten).toContain(`RE-${call.callId}`);
  });

  it('of a talk can be paused from the moment that the caller is told', async () => {
    await setPolicy('announced');
    const call = await buildCall({ consent: 'none', live: true });
    await hub.database.query('update phone_call set records = false where call_id = $1', [call.callId]);
    expect((await recordingsOf(call)).body.canPause).toBe(false);
    const row = await findCall(hub.database, { channelId, callId: call.callId });
    expect(row).not.toBeNull();
    const plan = await hub.database.transaction(async (tx) =>
      row ? hub.app.get(LineConsents, { strict: false }).before(tx, row, { locale: 'fa', queueId }) : null,
    );
    expect(plan).toMatchObject({ steps: [{ play: 'line/fa/recorded-notice.wav' }], records: true });
    expect((await recordingsOf(call)).body.canPause).toBe(true);
  });

  it('has a gap for as long as somebody pauses it, and only while the call is recorded', async () => {
    const call = await buildCall({ live: true });
    const [row] = await hub.database.query<{ id: string }>('select id from message where external_id = $1', [
      `call ${call.callId}`,
    ]);
    const message = row?.id ?? '';
    expect((await recordingsOf(call)).body.canPause).toBe(true);
    const act = (what: string, who = agent) =>
      who.call<CallRecordingsView>(`/api/calls/${message}/recording/${what}`, { method: 'POST' });
    expect((await act('pause', outsider)).status).toBe(404);
    await act('pause');
    const twice = await act('pause');
    expect([twice.status, twice.body.pauses.length, twice.body.pauses[0]?.resumedAt]).toEqual([200, 1, null]);
    const over = await act('resume');
    expect(over.body.pauses[0]?.resumedAt).not.toBeNull();
    expect(paused).toEqual([`pause ${call.callId}`, `pause ${call.callId}`, `resume ${call.callId}`]);
    await hub.database.query('update phone_call set ended_at = clock_timestamp() where call_id = $1', [call.callId]);
    expect((await act('pause')).status).toBe(409);
  });
});
