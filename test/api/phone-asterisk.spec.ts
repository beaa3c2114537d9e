import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readScenarios, readScript, simulate, type Scenario, type Script } from '#bots';
import type { ChannelCheckView, DialledView } from '#contract';
import { ConnectorCalls } from '../../apps/hub/src/bots/scripts/connector-calls.service.js';
import { HeldLines } from '../../apps/hub/src/calls/asterisk/held-lines.service.js';
import { CallLines } from '../../apps/hub/src/calls/lines/call-lines.service.js';
import { CallDrivers } from '../../apps/hub/src/calls/work/call-drivers.service.js';
import { StorageAway } from '../../apps/hub/src/database/is-away.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import type { HubEvents } from '../../apps/hub/src/events/hub-events.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { exchangeEvents as on, type ExchangeChannel } from '../../tools/stand-ins/asterisk-events.js';
import type { ManagerStandIn } from '../../tools/stand-ins/asterisk-manager.js';
import type { CallerOptions } from '../../tools/stand-ins/asterisk.js';
import { deploy, publishScript } from '../support/bot-scene.js';
import { signedIn } from '../support/build-rows.js';
import { ExchangeScene, pressInput } from '../support/exchange-scene.js';
import type { TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

// Protocol-tested: the exchange is a stand-in written from Asterisk's published documentation.
const ready = ['main_menu', 'order_status'];
const called = ['opening_hours', 'complaint_intake', 'callback_request', 'survey', 'out_of_hours'];
const sourceOf = (key: string, end = ''): string =>
  readFileSync(new URL(`../../scripts/${key}${end}.yaml`, import.meta.url), 'utf8');

let scene: ExchangeScene;
let hub: TestHub;
let manager: ManagerStandIn;
let agents: Record<string, string>;
const channels: Record<string, string> = {};
const ringing: HubEvents['call.ringing'][] = [];
/** The queue of all lines but those that have somebody at a phone. */
let queueId: string;

beforeAll(async () => {
  scene = await ExchangeScene.start();
  ({ hub, manager } = scene);
  hub.app.get(EventBus).on('call.ringing', (told) => void ringing.push(told));
  queueId = await scene.people.buildQueue();
  agents = {
    '201': await scene.people.buildPresent({ queues: [], phone: '201' }),
    '202': await scene.people.buildPresent({ queues: [], phone: '202' }),
  };
  const published = new Map<string, string>();
  for (const key of [...called, ...ready]) {
    published.set(key, await publishScript(hub.database, sourceOf(key), key));
  }
  for (const key of ready) {
    channels[key] = await scene.add(key, queueId);
    await deploy(hub.database, published.get(key) ?? '', channels[key]);
  }
  channels['plain'] = await scene.add('plain', queueId);
  channels['exchange'] = await scene.addFollowed(queueId);
  await manager.heard();
}, 90_000);

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(() => scene?.close());

const call = (key: string, more: Partial<CallerOptions> = {}) => scene.call(channels[key] ?? '', more);

/** A line of its own, with somebody at a phone. */
async function staffed(extension: string): Promise<{ queueId: string; agent: string }> {
  const own = await scene.people.buildQueue();
  channels[extension] = await scene.add(`staffed ${extension}`, own);
  return { queueId: own, agent: await scene.people.buildPresent({ queues: [own], phone: extension }) };
}

type Answer = Awaited<ReturnType<ConnectorCalls['call']>>;

const answerOf = (prepared: { answer: unknown } | { fails: Extract<Answer, { ok: false }>['error'] }): Answer =>
  'fails' in prepared ? { ok: false, error: prepared.fails } : ({ ok: true, value: prepared.answer } as Answer);

const isKeyed = (input: Scenario['inputs'][number]): boolean =>
  'press' in input ||
  ('type' in input && /^[\d۰-۹]+$/u.test(input.type)) ||
  ('lookup' in input && input.lookup === 'order_status');

/** Those that a caller can walk with keys, in the world as it is. */
const walks = ready.flatMap((key) =>
  readScenarios(sourceOf(key, '.scenarios'))
    .scenarios.filter(
      ({ inputs, world, channels: only }) => inputs.every(isKeyed) && !world && (only?.includes('voice') ?? true),
    )
    .map((scenario): [string, string, Scenario] => [key, scenario.name, scenario]),
);

let foreigners = 10;
/** Without a word of the caller's, the country of the number says the language; each of them calls for the first time. */
const abroad = (): string => {
  foreigners += 1;
  return `+4420794601${String(foreigners)}`;
};

describe('a ready script on an exchange', () => {
  it('is walked at least once', () => {
    expect(walks.length).toBeGreaterThan(0);
  });

  it.each(walks)('%s, %s: ends at the same node with the same answers as in a chat', async (key, _name, scenario) => {
    const script = readScript(sourceOf(key)).script as Script;
    const scripts = Object.fromEntries(
      [...called, ...ready].map((one) => [one, readScript(sourceOf(one)).script as Script]),
    );
    const { locale, at, inputs } = scenario;
    const chat = simulate(script, { channel: 'web', locale, at, inputs, world: { scripts } }).state;
    const answers = new Map<string, Answer>();
    jest
      .spyOn(ConnectorCalls.prototype, 'call')
      .mockImplementation((ref) => Promise.resolve(answers.get(ref) ?? { ok: false, error: 'absent' }));
    const phone = await call(key, {
      patient: true,
      ...(locale === 'en' && { from: abroad() }),
    });
    let turn = 0;
    for (const input of inputs) {
      if ('lookup' in input && turn === 0) {
        // What the first question needs is there before anybody is asked.
        answers.set(input.lookup, answerOf(input));
        continue;
      }
      const line = await scene.asks(phone, turn);
      if ('lookup' in input) {
        answers.set(input.lookup, answerOf(input));
      } else {
        turn = line?.turn ?? 0;
        pressInput(phone, input, line);
      }
    }
    const seen = await scene.lineBecomes(
      phone.id,
      (line) => line.state?.node === chat.node && line.state.status === chat.status,
    );
    expect(seen?.state).toMatchObject({ node: chat.node, script: chat.script, status: chat.status, vars: chat.vars });
    phone.hangUp();
    await phone.over;
  });
});

describe('a caller whom an exchange hands over', () => {
  it('is turned away with a wrong token, and nothing is kept', async () => {
    const phone = await call('plain', { token: 'another-token-than-that' });
    await phone.over;
    expect(phone.transcript).toEqual([]);
    expect(await scene.lineOf(phone.id)).toBeUndefined();
    const metrics = await fetch(`${hub.url}/metrics`).then((answer) => answer.text());
    expect(hub.logged()).toContain('named no channel of ours, or a wrong token');
    expect(`${metrics}${hub.logged()}`).not.toContain('another-token');
  });

  it('who hangs up in the middle of a prompt has left, which is told once', async () => {
    const told = jest.spyOn(CallLines.prototype, 'next');
    const phone = await call('main_menu', { hangsUpDuring: 'hello' });
    await phone.over;
    const ended = await scene.callBecomes(phone.id, ({ state }) => state === 'ended');
    expect(ended?.call).toMatchObject({ outcome: 'abandoned', details: { source: 'agi' } });
    expect((await scene.lineOf(phone.id))?.endedAt).not.toBeNull();
    const ends = told.mock.calls.filter(([line, , { kind }]) => line.callId === phone.id && kind === 'hung_up');
    expect(ends).toHaveLength(1);
  });

  it('hears an apology and leaves a message while the database is away', async () => {
    jest.spyOn(CallLines.prototype, 'next').mockRejectedValue(new StorageAway('the test says so'));
    const phone = await call('plain', { speaks: { seconds: 6 } });
    await phone.over;
    expect(phone.played()).toEqual(['peyk/line/fa/sorry', 'peyk/line/fa/leave-a-message', 'peyk/line/fa/goodbye']);
    const kept = await scene.callBecomes(phone.id, ({ state }) => state === 'ended');
    expect(kept?.call).toMatchObject({
      outcome: 'voicemail',
      details: { recordings: [{ url: expect.stringMatching(/^asterisk:peyk-/), seconds: 6 }] },
    });
  });

  it('who talked with an agent while the database went away is not asked for a message', async () => {
    await staffed('305');
    const phone = await call('305', { phones: { 'PJSIP/305': { answers: true } } });
    await scene.lineBecomes(phone.id, (line) => line.phase === 'talking');
    const away = jest.spyOn(CallLines.prototype, 'next').mockRejectedValue(new StorageAway('the test says so'));
    phone.endTalk();
    await phone.over;
    expect(phone.played().some((file) => file.endsWith('leave-a-message'))).toBe(false);
    // What could not be told is told when the database is back.
    away.mockRestore();
    const ended = await scene.callBecomes(phone.id, ({ state }) => state === 'ended');
    expect(ended?.call.outcome).toBe('answered');
  });

  it('is put through to an agent, who is known to talk as soon as they pick up', async () => {
    const { agent } = await staffed('301');
    const phone = await call('301', { phones: { 'PJSIP/301': { answers: true } } });
    await scene.lineBecomes(phone.id, (line) => line.phase === 'talking');
    expect(await scene.lineOf(phone.id)).toMatchObject({ agentId: agent });
    phone.endTalk();
    await scene.lineBecomes(phone.id, (line) => line.phase !== 'talking');
    phone.hangUp();
    await phone.over;
    const ended = await scene.callBecomes(phone.id, ({ state }) => state === 'ended');
    expect(ended?.call).toMatchObject({
      outcome: 'answered',
      details: { legs: [{ agentId: agent, outcome: 'answered' }] },
    });
  });

  it('who hangs up on an agent has talked with them, and left', async () => {
    const { agent } = await staffed('303');
    const phone = await call('303', { phones: { 'PJSIP/303': { answers: true } } });
    await scene.lineBecomes(phone.id, (line) => line.phase === 'talking');
    phone.hangUp();
    await phone.over;
    const ended = await scene.callBecomes(phone.id, ({ state }) => state === 'ended');
    expect(ended?.call).toMatchObject({
      outcome: 'answered',
      details: { legs: [{ agentId: agent, outcome: 'answered' }] },
    });
    expect((await scene.lineOf(phone.id))?.phase).toBe('over');
  });

  it('who finds nobody is told so by the phones that do not answer, and waits on', async () => {
    await staffed('304');
    const phone = await call('304', { phones: { 'PJSIP/304': { answers: false, status: 'NOANSWER' } } });
    await until(
      () => Promise.resolve(phone.transcript.join('\n')),
      (transcript) =>
        transcript.lastIndexOf('SET MUSIC ON') > transcript.indexOf('EXEC Dial') && transcript.includes('EXEC Dial'),
    );
    phone.hangUp();
    await phone.over;
    const ended = await scene.callBecomes(phone.id, ({ state }) => state === 'ended');
    expect(ended?.call.details?.legs).toMatchObject([{ outcome: 'no_answer' }]);
    expect(ended?.call.outcome).not.toBe('answered');
  });

  it('goes on to a colleague when whoever talks is taken off the call', async () => {
    const agent = await scene.people.buildPresent({ queues: [queueId], phone: '311' });
    const colleague = await scene.people.buildPresent({ queues: [], phone: '312' });
    const answers = { answers: true } as const;
    const phone = await call('exchange', { phones: { 'PJSIP/311': answers, 'PJSIP/312': answers } });
    const line = await scene.lineBecomes(phone.id, ({ phase }) => phase === 'talking');
    const bridged = (name: string, id: string) => ({
      channel: { name, id, linked: phone.id },
      more: { BridgeId: 'b-311' },
    });
    const [caller, theirs] = [bridged('PJSIP/trunk-311', phone.id), bridged('PJSIP/311-0001', `${phone.id}.2`)];
    manager.channels.push(caller, { ...theirs, onHangup: () => phone.endTalk() });
    const path = `/api/calls/${line?.id ?? ''}/transfer`;
    const by = await signedIn(hub, agent);
    const asked = await by.call(path, { body: { agentId: colleague } });
    expect(asked.status).toBe(202);
    expect(manager.actions.at(-1)).toMatchObject({ Action: 'Hangup', Channel: 'PJSIP/311-0001' });
    await scene.lineBecomes(phone.id, (now) => now.phase === 'talking' && now.agentId === colleague);
    // Nobody is left whom the exchange knows to talk with them: it is not done, and the two talk on.
    const next = await signedIn(hub, colleague);
    const refused = await next.call<{ code: string }>(path, {
      body: { agentId: agent },
    });
    expect([refused.status, refused.body.code]).toEqual([502, 'provider_refused']);
    expect((await scene.lineOf(phone.id))?.phase).toBe('talking');
    manager.channels.splice(0);
    phone.endTalk();
    phone.hangUp();
    await phone.over;
    const ended = await scene.callBecomes(phone.id, ({ state }) => state === 'ended');
    expect(ended?.call.details?.legs).toMatchObject([
      { agentId: agent, to: '311', outcome: 'answered' },
      { agentId: colleague, to: '312', outcome: 'answered' },
    ]);
    await hub.database.query(`update agent set status = 'offline' where id = $1`, [agent]);
  });

  it('is recorded only once they were told, under the name of the talk', async () => {
    const { queueId } = await staffed('302');
    const policy = { mode: 'announced', keepDays: null };
    const changed = await scene.admin.call(`/api/queues/${queueId}/recording`, { method: 'PUT', body: policy });
    expect(changed.status).toBe(200);
    const phone = await call('302', { phones: { 'PJSIP/302': { answers: true, talkMs: 50 } } });
    await until(
      () => Promise.resolve(phone.transcript.join('\n')),
      (transcript) => transcript.includes('StopMixMonitor'),
    );
    const did = phone.transcript.join('\n');
    expect(did.indexOf('recorded-notice')).toBeGreaterThan(0);
    expect(did.indexOf('recorded-notice')).toBeLessThan(did.indexOf('EXEC MixMonitor'));
    phone.hangUp();
    await phone.over;
    const ended = await scene.callBecomes(phone.id, ({ details }) => (details?.recordings ?? []).length > 0);
    expect(ended?.call.details?.recordings).toMatchObject([
      { url: expect.stringMatching(/^asterisk:peyk-/), seconds: 7 },
    ]);
  });

  it('who is sent back to the line calls anew, within the same call of the exchange', async () => {
    const first = await call('main_menu');
    await scene.lineBecomes(first.id, (line) => line.turn > 0);
    first.hangUp();
    await first.over;
    const back = await call('main_menu', { linkedId: first.id, variables: { PEYK_CALL: first.id } });
    await scene.lineBecomes(`${first.id}~2`, (line) => line.turn > 0);
    back.hangUp();
    await back.over;
    await scene.callBecomes(`${first.id}~2`, ({ state }) => state === 'ended');
  });
});

describe('an exchange that is followed', () => {
  const trunk = (id: string, from: string): ExchangeChannel => ({
    name: `PJSIP/trunk-${id}`,
    id,
    linked: id,
    caller: from,
    context: 'from-trunk',
    exten: '02144556677',
  });
  const desk = (extension: string, id: string, linked: string): ExchangeChannel => ({
    name: `PJSIP/${extension}-0000${id.replace('.', '')}`,
    id,
    linked,
    caller: extension,
  });

  it('tells of a call that went from one agent to another as one call with both, and opens it as their phones ring', async () => {
    const caller = trunk('71.1', '09127770001');
    const [one, other] = [desk('201', '71.2', '71.1'), desk('202', '71.3', '71.1')];
    manager.tell(
      on.newChannel(caller),
      on.queueJoin(caller, '600'),
      on.newChannel(one),
      on.dialBegin(caller, one, '201'),
    );
    const rung = await scene.callBecomes('71.1', ({ details }) => typeof details?.legs?.[0]?.agentId === 'string');
    await until(
      () => Promise.resolve(ringing.filter(({ callId }) => callId === '71.1')),
      (told) => told.length === 1,
    );
    expect(ringing.find(({ callId }) => callId === '71.1')).toEqual({
      agentId: agents['201'],
      conversationId: rung?.conversationId,
      channelId: channels['exchange'],
      callId: '71.1',
    });
    manager.tell(
      on.dialEnd(caller, one, 'ANSWER'),
      on.bridgeEnter(one, 'b'),
      on.blindTransfer(one, caller, '202'),
      on.hangup(one),
      on.newChannel(other),
      on.dialBegin(caller, other, '202'),
      on.dialEnd(caller, other, 'ANSWER'),
      on.hangup(other),
      on.hangup(caller),
    );
    const ended = await scene.callBecomes(
      '71.1',
      ({ state, details }) => state === 'ended' && (details?.legs ?? []).filter(({ agentId }) => agentId).length === 2,
    );
    expect(ended?.call).toMatchObject({ outcome: 'answered', details: { source: 'ami', queue: '600' } });
    expect(ended?.call.details?.legs?.map(({ agentId }) => agentId)).toEqual([agents['201'], agents['202']]);
  });

  it('takes a call that goes out and is not answered for what it is', async () => {
    const calling = { ...desk('201', '72.1', '72.1'), exten: '09127770002' };
    const called = { ...trunk('72.2', '09127770002'), linked: '72.1' };
    manager.tell(
      on.newChannel(calling),
      on.newChannel(called),
      on.dialBegin(calling, called, '09127770002@trunk'),
      on.dialEnd(calling, called, 'NOANSWER'),
      on.hangup(called, 19),
      on.hangup(calling),
    );
    const ended = await scene.callBecomes('72.1', ({ state }) => state === 'ended');
    expect(ended?.call).toMatchObject({ direction: 'out', outcome: 'missed', answeredAt: null });
    const [row] = await hub.database.query<{ count: number }>(
      `select count(*)::int as count from callback c join conversation v on v.id = c.conversation_id where v.id = $1`,
      [ended?.conversationId],
    );
    expect(row?.count).toBe(0);
  });

  it('keeps no ghosts after the connection broke', async () => {
    const [gone, stays] = [trunk('73.1', '09127770003'), trunk('74.1', '09127770004')];
    manager.tell(on.newChannel(gone), on.newChannel(stays));
    await scene.callBecomes('73.1', ({ state }) => state === 'ringing');
    await scene.callBecomes('74.1', ({ state }) => state === 'ringing');
    manager.channels.push({ channel: stays });
    const signIns = manager.signIns();
    manager.hangUp();
    await until(
      () => Promise.resolve(manager.signIns() > signIns || hub.logged().includes('exchange could not be polled')),
      (isNoticed) => isNoticed,
    );
    // Whoever notices it while they look rests for some seconds, which is cut short as by a change of the settings.
    hub.app.get(EventBus).emit('channel.changed', { channelId: channels['exchange'] ?? '' });
    const ended = await scene.callBecomes('73.1', ({ state }) => state === 'ended');
    expect(ended?.call).toMatchObject({ outcome: 'missed', details: { cause: 'unseen' } });
    expect((await scene.messageOf('74.1'))?.call.state).toBe('ringing');
    manager.channels.splice(0);
    manager.tell(on.hangup(stays));
    await scene.callBecomes('74.1', ({ state }) => state === 'ended');
  }, 30_000);

  it('ends a line that nobody holds any more, as when its node died', async () => {
    const told = jest.spyOn(HeldLines.prototype, 'has').mockReturnValue(false);
    const ends = jest.spyOn(CallLines.prototype, 'next');
    const phone = await call('exchange', { linkedId: '75.1', speed: 1 });
    await scene.lineBecomes('75.1', (line) => line.turn > 0);
    const caller = trunk('75.1', '09127770005');
    manager.tell(on.newChannel(caller), on.userEvent(caller, 'PeykLine', { Call: '75.1' }), on.hangup(caller));
    await scene.lineBecomes('75.1', (line) => line.endedAt !== null);
    expect(told).toHaveBeenCalled();
    expect(ends.mock.calls.some(([, , { kind }]) => kind === 'hung_up')).toBe(true);
    phone.hangUp();
    await phone.over;
  });

  it('rings an agent’s phone and then the customer, as one call that is told by whom and to whom', async () => {
    const [identity] = await hub.database.query<{ id: string; conversation: string }>(
      `select i.id, c.id as conversation from identity i join conversation c on c.customer_id = i.customer_id
       where i.address = '+989127770001'`,
    );
    await hub.database.query(`update agent set phone_kind = 'extension', phone_address = '209' where id = $1`, [
      scene.rootId,
    ]);
    const answer = await scene.admin.call<DialledView>(
      `/api/conversations/${identity?.conversation ?? ''}/calls/dial`,
      {
        body: { channelId: channels['exchange'], identityId: identity?.id, reason: 'پیگیری سفارش' },
      },
    );
    expect(answer.status).toBe(201);
    const { callId } = answer.body;
    expect(manager.actions.at(-1)).toMatchObject({ Channel: 'PJSIP/209', Exten: '09127770001', ChannelId: callId });
    const own = { ...desk('209', '77.1', callId), id: callId, context: 'default' };
    const called = { ...trunk('77.2', '09127770001'), linked: callId };
    manager.tell(
      on.newChannel(own),
      on.dialBegin(null, own, '209'),
      on.dialEnd(null, own, 'ANSWER'),
      on.dialBegin(own, called, 'trunk/09127770001'),
      on.dialEnd(own, called, 'ANSWER'),
      on.hangup(called),
      on.hangup(own),
    );
    const ended = await scene.callBecomes(callId, ({ state }) => state === 'ended');
    expect(ended).toMatchObject({
      conversationId: identity?.conversation,
      call: {
        direction: 'out',
        outcome: 'answered',
        details: { legs: [{ agentId: scene.rootId, to: '209', outcome: 'answered' }] },
      },
    });
    expect(ended?.call.details?.legs).toHaveLength(1);
  });

  it('makes calls and silences recordings', async () => {
    const channel = hub.app.get(ChannelDirectory).find(channels['exchange'] ?? '');
    const driver = channel && hub.app.get(CallDrivers).of(channel);
    const agent = { kind: 'extension', address: '201' } as const;
    const id = await driver?.originate?.(channel!, { agent, to: '+989127770006', callerId: null, key: 'k6' });
    expect(id).toBe('peyk-k6');
    expect(manager.actions.at(-1)).toMatchObject({ Action: 'Originate', Channel: 'PJSIP/201', Exten: '09127770006' });
    manager.channels.push({ channel: trunk('76.1', '09127770007') });
    await driver?.record?.(channel!, '76.1~2', 'pause');
    expect(manager.actions.at(-1)).toMatchObject({ Action: 'MixMonitorMute', State: '1' });
    manager.channels.splice(0);
  });

  it('is checked from the settings', async () => {
    const good = await scene.admin.call<ChannelCheckView>(`/api/channels/${channels['exchange'] ?? ''}/check`, {
      body: {},
    });
    expect(good.body.steps.map(({ step, state }) => [step, state])).toEqual([
      ['ami.sign_in', 'ok'],
      ['ami.rights', 'ok'],
      ['agi.address', 'ok'],
    ]);
  });
});
