import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readScenarios, type BotState, type Scenario } from '#bots';
import type { CallContent } from '#channels';
import { ConnectorCalls } from '../../apps/hub/src/bots/scripts/connector-calls.service.js';
import { BotWorlds } from '../../apps/hub/src/bots/sessions/bot-worlds.service.js';
import { CallLines } from '../../apps/hub/src/calls/lines/call-lines.service.js';
import { LineReplies } from '../../apps/hub/src/calls/lines/line-replies.service.js';
import { linePrompt, lineSentences } from '../../apps/hub/src/calls/prompts/line-sentences.js';
import { PromptLibrary } from '../../apps/hub/src/calls/prompts/prompt-library.service.js';
import { CallDrivers } from '../../apps/hub/src/calls/work/call-drivers.service.js';
import { ChannelDirectory, type OpenChannel } from '../../apps/hub/src/settings/channel-directory.service.js';
import type { CallerPlan, Heard } from '../../tools/stand-ins/twilio-voice-call.js';
import type { WalkedCall } from '../../tools/stand-ins/twilio-voice-lines.js';
import type { TwilioStandIn } from '../../tools/stand-ins/twilio.js';
import { worldPublicUrl } from '../../tools/stand-ins/world.js';
import { deploy, publishScript } from '../support/bot-scene.js';
import { signedIn } from '../support/build-rows.js';
import { Cable } from '../support/cable.js';
import { buildQueue } from '../support/live-client.js';
import { RoutingScene } from '../support/routing-scene.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { addLine, lineEnv, ourLine, startLines } from '../support/twilio-line-scene.js';
import { until } from '../support/until.js';

const folder = new URL('../../scripts/', import.meta.url).pathname;
const read = (file: string) => readFileSync(`${folder}${file}`, 'utf8');
const ready = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml') && !file.endsWith('.scenarios.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length));
/** All of them with PHONE_WALKS=all: without Twilio, each is walked in phone-lines.spec.ts. */
const walks = ready.flatMap((key) =>
  readScenarios(read(`${key}.scenarios.yaml`))
    .scenarios.filter(({ channels, inputs }) => {
      const failsTickets = inputs.some((input) => 'lookup' in input && input.lookup === 'ticket' && 'fails' in input);
      return (channels === undefined || channels.includes('voice')) && !failsTickets;
    })
    .slice(0, process.env['PHONE_WALKS'] === 'all' ? undefined : 1)
    .map((scenario): [string, string, Scenario] => [key, scenario.name, scenario]),
);

const deskScript = `
format: hub-script/1
id: desk
title: {en: Desk}
locales: [en]
default_locale: en
channels: [voice]
start: {default: menu}
fallback: person
nodes:
  menu:
    do: ask
    message: {text: {en: Press one to leave a message.}}
    options:
      - {id: message, label: {en: Leave a message}, dtmf: "1", next: message}
      - {id: person, label: {en: A person}, dtmf: "0", next: person}
    retry: {max: 2, then: person}
  message: {do: voicemail, message: {text: {en: Speak after the tone.}}, next: bye}
  person: {do: handoff, message: {text: {en: I put you through.}}, maxWait: 5m, onTimeout: message, onUnavailable: message}
  bye: {do: end, outcome: resolved, message: {text: {en: Thank you.}}}
`;

let hub: TestHub;
let cable: Cable;
let drop: () => Promise<void>;
let twilio: TwilioStandIn;
let queueId: string;
let desk: string;
const lines: Record<string, string> = {};

beforeAll(async () => {
  const own = await createTestDatabase();
  drop = own.drop;
  cable = new Cable(new URL(own.url));
  await cable.plugIn();
  hub = await startTestHub({ env: lineEnv, databaseUrl: cable.url });
  twilio = await startLines(hub);
  queueId = await buildQueue(hub.database);
  const ids = new Map<string, string>();
  for (const key of ready) {
    ids.set(key, await publishScript(hub.database, read(`${key}.yaml`), key));
  }
  const lay = async ([key, id]: [string, string]) => {
    const line = await addLine(hub, twilio, { queueId });
    lines[key] = line;
    await deploy(hub.database, id, line);
  };
  await Promise.all([...ids].map(lay));
  desk = await addLine(hub, twilio, { queueId, config: { outage: { locale: 'en' } } });
  await deploy(hub.database, await publishScript(hub.database, deskScript), desk);
}, 90_000);

afterEach(() => {
  jest.restoreAllMocks();
  Object.assign(twilio.voice, { doubles: 0, secondMs: 5, statusOutOfOrder: false, rung: () => ({ answers: 60 }) });
});

afterAll(async () => {
  cable?.thaw();
  await hub?.stop();
  await twilio?.close();
  await cable?.cut();
  await drop?.();
});

let callers = 0;

function dialIn(channel: string, acts: CallerPlan[], from?: string): Promise<WalkedCall> {
  callers += 1;
  return twilio.voice.dialIn(channel, { from: from ?? `+98912${String(6_000_000 + callers)}`, to: ourLine, acts });
}

async function messageOf(sid: string): Promise<{ ticketId: string | null; call: CallContent }> {
  const [row] = await hub.database.query<{ ticketId: string | null; call: CallContent }>(
    `select ticket_id as "ticketId", content -> 'call' as call from message where external_id = 'call ' || $1`,
    [sid],
  );
  return row as { ticketId: string | null; call: CallContent };
}

async function stateOf(from: string): Promise<BotState> {
  const [row] = await hub.database.query<{ state: BotState }>(
    `select s.state from bot_session s join phone_call p on p.conversation_id = s.conversation_id and p.seq = s.first_seq
     where p.from_address = $1`,
    [from],
  );
  return (row as { state: BotState }).state;
}

/** Words that were read, and the names of the hub's own recordings. */
function said(heard: Heard[]): string {
  const library = hub.app.get(PromptLibrary);
  const names = lineSentences.map((name) => linePrompt(name, 'en'));
  const known = new Map(names.map((name) => [library.urlOf(name, 'en'), name]));
  const wordsOf = (one: Heard) =>
    typeof one === 'string' ? one : 'say' in one ? one.say : 'play' in one ? (known.get(one.play) ?? one.play) : '';
  return heard.map(wordsOf).join(' | ');
}

const slowest = ({ requests }: WalkedCall) => Math.max(...requests.map(({ ms }) => ms));

/** The world that a scenario begins in, as far as a real hub must be told of it. */
function settleWorld({ world }: Scenario): Map<string, unknown> {
  const answers = new Map<string, unknown>(
    Object.entries(world?.lookups ?? {}).map(([name, told]) => [name, 'answer' in told ? told.answer : undefined]),
  );
  // eslint-disable-next-line @typescript-eslint/unbound-method -- Called with its own `this` below.
  const readWorld = BotWorlds.prototype.read;
  jest.spyOn(BotWorlds.prototype, 'read').mockImplementation(async function (this: BotWorlds, ...args) {
    const seen = await readWorld.apply(this, args);
    return { ...seen, calendars: { ...seen.calendars, ...world?.calendars } };
  });
  jest
    .spyOn(ConnectorCalls.prototype, 'call')
    .mockImplementation((ref) =>
      Promise.resolve(
        answers.has(ref)
          ? { ok: true as const, value: answers.get(ref) as Record<string, unknown> }
          : { ok: false as const, error: 'absent' as const },
      ),
    );
  return answers;
}

/** What a scenario's customer does, on a telephone: a button is its key, words are spoken. */
function actsOf({ inputs }: Scenario, from: string, answers: Map<string, unknown>): CallerPlan[] {
  const learn: (() => void)[] = [];
  return inputs.flatMap((input): CallerPlan[] => {
    if ('lookup' in input) {
      learn.push(() => void ('answer' in input && answers.set(input.lookup, input.answer)));
      return [];
    }
    const due = learn.splice(0);
    const act = async (): Promise<Exclude<CallerPlan, () => unknown>> => {
      due.forEach((one) => one());
      if ('press' in input) {
        const { asked } = await stateOf(from);
        const at = asked?.options.findIndex(({ id }) => id === input.press) ?? -1;
        return { press: asked?.options[at]?.dtmf ?? String(at + 1) };
      }
      return 'type' in input
        ? { speak: input.type }
        : 'keypad' in input
          ? { press: input.keypad }
          : 'file' in input
            ? { leave: 4 }
            : 'silence';
    };
    return 'wait' in input || 'press' in input || 'type' in input || 'keypad' in input || 'file' in input ? [act] : [];
  });
}

describe('a ready script over Twilio', () => {
  it.each(walks)('%s, %s: ends where its scenario says', async (key, _name, scenario) => {
    const answers = settleWorld(scenario);
    callers += 1;
    const from = `+98913${String(6_000_000 + callers)}`;
    let before: BotState | null = null;
    const last = async () => {
      before = await stateOf(from);
      return 'hang_up' as const;
    };
    const name = scenario.locale === 'fa' ? 'مینا' : 'Mina';
    const acts = [...actsOf(scenario, from, answers), last];
    const walked = await twilio.voice.dialIn(lines[key] ?? '', { from, to: ourLine, name, acts });
    const state = (before ?? (await stateOf(from))) as BotState;
    const { node, status, vars = {} } = scenario.expect;
    expect(walked.problems).toEqual([]);
    expect(state).toMatchObject({
      ...(node !== undefined && { node }),
      ...(status !== undefined && { status }),
    });
    const { number: _number, ...told } = vars;
    expect(state.vars).toMatchObject(told);
    expect(slowest(walked)).toBeLessThan(8000);
  });
});

describe('a caller over Twilio', () => {
  it('is answered alike however often Twilio asks, and is heard once', async () => {
    twilio.voice.doubles = 2;
    const from = '+989141000001';
    let attempts: number | undefined;
    const look = async () => {
      attempts = (await stateOf(from)).attempts;
      return 'hang_up' as const;
    };
    const { problems } = await dialIn(desk, [{ press: '9' }, look], from);
    expect(problems).toEqual([]);
    expect(attempts).toBe(1);
  });

  it('is not known by a forged request', async () => {
    const params = new URLSearchParams({
      AccountSid: twilio.accountSid,
      CallSid: 'CAforged',
      From: '+98912',
      To: ourLine,
    });
    const ways = [
      'voice',
      'voice-next?turn=1&of=gather',
      'voice-wait',
      'voice-dialled?turn=1',
      'voice-recorded?turn=1',
    ];
    const more = ['voice-recorded?outage=1', 'voice-status', 'voice-fallback', 'voice-outgoing?call=x', 'recording'];
    for (const way of [...ways, ...more]) {
      const { status } = await fetch(`${hub.url}/hooks/twilio/${desk}/${way}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'AAAA' },
        body: params.toString(),
      });
      expect([way, status]).toEqual([way, 403]);
    }
    expect(await hub.database.query(`select 1 from phone_call where call_id = 'CAforged'`)).toEqual([]);
  });

  it('who cannot be held waits a moment before that is tried again', async () => {
    const answer = await twilio.voice.tell(`${worldPublicUrl}/hooks/twilio/${desk}/voice-next?turn=4&of=hold`, {
      AccountSid: twilio.accountSid,
      CallSid: 'CAheld',
      QueueResult: 'error',
    });
    expect(answer).toMatchObject({
      status: 200,
      body: expect.stringMatching(/<Pause length="3"\/><Redirect.*of=nudge/u),
    });
  });

  it('leaves a message, which the call’s message knows by Twilio’s id, once', async () => {
    const { sid, heard, problems } = await dialIn(desk, [{ press: '1' }, { leave: 7 }]);
    expect(problems).toEqual([]);
    expect(said(heard)).toContain('Speak after the tone');
    const { call } = await until(
      () => messageOf(sid),
      (message) => (message.call.details?.recordings?.length ?? 0) > 0,
    );
    expect(call.details?.recordings).toMatchObject([{ id: expect.stringMatching(/^RE/), seconds: 7 }]);
    expect(call).toMatchObject({ state: 'ended', details: { source: 'twilio', line: ourLine } });
  });

  it('ends alike when everything about the call is told late and from its end', async () => {
    twilio.voice.statusOutOfOrder = true;
    const { sid } = await dialIn(desk, [{ press: '9' }, 'hang_up']);
    const { call } = await until(
      () => messageOf(sid),
      (message) => message.call.state === 'ended',
    );
    expect(call).toMatchObject({ outcome: 'abandoned', details: { cause: 'completed' } });
  });

  it('hears from the fallback address when the hub failed, and goes on where they were', async () => {
    jest.spyOn(LineReplies.prototype, 'reply').mockRejectedValueOnce(new Error('a fault of this spec'));
    const { heard, problems } = await dialIn(desk, [{ press: '1' }, 'hang_up']);
    expect(problems).toEqual([]);
    expect(said(heard)).toContain('Press one to leave a message');
    const failing = jest.spyOn(CallLines.prototype, 'next').mockImplementation(() => {
      throw new Error('another fault');
    });
    const walked = await dialIn(desk, [() => 'hang_up']);
    failing.mockRestore();
    expect(said(walked.heard)).toContain('leave-a-message');
  });
});

describe('a caller who wants a person', () => {
  it('is fetched out of the music when somebody is there, talks, and both legs are known', async () => {
    const scene = new RoutingScene(hub.database);
    const channel = await addLine(hub, twilio, {
      queueId: await scene.buildQueue(),
      config: { extensionsAt: 'pbx.test' },
    });
    const open = hub.app.get(ChannelDirectory).find(channel) as OpenChannel;
    const rung: string[] = [];
    twilio.voice.rung = (to) => {
      rung.push(to);
      return { answers: 10 };
    };
    twilio.voice.secondMs = 20;
    const walking = dialIn(channel, []);
    await until(
      () => hub.database.query(`select 1 from phone_call where channel_id = $1 and phase = 'waiting'`, [channel]),
      (rows) => rows.length > 0,
    );
    const agentId = await scene.buildPresent({
      queues: [open.queueId ?? ''],
      phone: '101',
    });
    const { sid, heard, problems } = await walking;
    // Fetched at the moment at which its music ended by itself, a line asks twice: the same phone rings anew, and one talk comes of it.
    expect([[...new Set(rung)], problems]).toEqual([['sip:101@pbx.test'], []]);
    expect(heard.filter((one) => typeof one === 'object' && 'talks' in one)).toHaveLength(1);
    const { call } = await until(
      () => messageOf(sid),
      (message) => message.call.state === 'ended',
    );
    expect(call).toMatchObject({ outcome: 'answered', durationSeconds: 10 });
    expect(call.details?.legs).toMatchObject([{ to: '101', agentId, outcome: 'answered' }]);
  });

  it('is handed over in the middle of the talk, and has talked with two of us in one call', async () => {
    const scene = new RoutingScene(hub.database);
    const queueId = await scene.buildQueue();
    const channel = await addLine(hub, twilio, { queueId, config: { extensionsAt: 'pbx.test' } });
    const [one, other] = [
      await scene.buildPresent({ queues: [queueId], phone: '111' }),
      await scene.buildPresent({ queues: [], phone: '112' }),
    ];
    const seconds: Record<string, number> = { 'sip:111@pbx.test': 4_000, 'sip:112@pbx.test': 3 };
    twilio.voice.rung = (to) => ({ answers: seconds[to] ?? 0 });
    twilio.voice.secondMs = 20;
    const walking = dialIn(channel, []);
    const [talk] = await until(
      () =>
        hub.database.query<{ id: string }>(`select id from phone_call where channel_id = $1 and phase = 'talking'`, [
          channel,
        ]),
      (rows) => rows.length > 0,
    );
    const by = await signedIn(hub, one);
    const asked = await by.call(`/api/calls/${talk?.id ?? ''}/transfer`, { body: { agentId: other } });
    expect(asked.status).toBe(202);
    const { sid, heard, problems } = await walking;
    expect(problems).toEqual([]);
    expect(heard.flatMap((step) => (typeof step === 'object' && 'talks' in step ? [step.talks] : []))).toEqual([
      'sip:111@pbx.test',
      'sip:112@pbx.test',
    ]);
    const { call } = await until(
      () => messageOf(sid),
      (message) => message.call.state === 'ended',
    );
    expect(call.details?.legs).toMatchObject([
      { to: '111', agentId: one, outcome: 'answered' },
      { to: '112', agentId: other, outcome: 'answered' },
    ]);
  });

  it('may be called by an agent: the agent is rung first, then the customer, once', async () => {
    const channel = hub.app.get(ChannelDirectory).find(desk) as OpenChannel;
    const driver = hub.app.get(CallDrivers).of(channel);
    const rung: string[] = [];
    twilio.voice.rung = (to) => {
      rung.push(to);
      return { answers: 12 };
    };
    const agent = { kind: 'number', address: '+982188000102' } as const;
    const sid = (await driver?.originate?.(channel, { agent, to: '+989151234567', callerId: null, key: 'k1' })) ?? '';
    const { call } = await until(
      () => messageOf(sid),
      (message) => message?.call.state === 'ended',
    );
    expect(rung).toEqual(['+982188000102', '+989151234567']);
    expect(call).toMatchObject({ direction: 'out', outcome: 'answered', durationSeconds: 12 });
    expect(call.details?.legs).toMatchObject([{ id: `dial ${sid}`, to: '+982188000102', outcome: 'answered' }]);
    expect(twilio.invalid).toEqual([]);
  });
});

describe('a hub in trouble', () => {
  it('keeps a caller through a short outage of the database, and what they had pressed', async () => {
    twilio.voice.secondMs = 200;
    const port = Number(new URL(cable.url).port);
    const seen = twilio.voice.told.length;
    const cut = async (): Promise<CallerPlan & object> => {
      await cable.cut();
      void until(
        () => Promise.resolve(twilio.voice.told.slice(seen)),
        (told) => told.some(({ body }) => body.includes('kept=')),
      ).then(() => cable.plugIn(port));
      return { press: '1' };
    };
    const { heard, problems } = await dialIn(desk, [cut as () => Promise<{ press: string }>, 'hang_up']);
    expect(problems).toEqual([]);
    expect(said(heard)).toContain('Speak after the tone');
  }, 30_000);

  it('takes a message with the database frozen, and knows of it when that wakes', async () => {
    await until(
      () => fetch(`${hub.url}/health/ready`),
      ({ status }) => status === 200,
    );
    const met: Promise<WalkedCall>[] = [];
    const freeze = () => {
      cable.freeze();
      // By the time that the second speaks it is known that nobody can be asked, so the third is never met.
      const speak = () => {
        met.push(dialIn(desk, ['hang_up']));
        return { leave: 4 };
      };
      met.push(dialIn(desk, [speak]));
      return { press: '0' } as const;
    };
    const walked = await dialIn(desk, [freeze, { leave: 9 }]);
    const unmet = await met[0];
    const unheard = await met[1];
    cable.thaw();
    expect(walked.problems).toEqual([]);
    expect(said(walked.heard)).toContain('leave-a-message');
    expect(walked.heard).toContain('beep');
    expect(slowest(walked)).toBeLessThan(8000);
    const { call } = await until(
      () => messageOf(walked.sid),
      (message) => (message?.call.details?.recordings?.length ?? 0) > 0 && message.ticketId !== null,
    );
    expect(call).toMatchObject({ outcome: 'voicemail', state: 'ended' });
    const consents = await hub.database.query('select consent from phone_call where call_id = $1', [walked.sid]);
    expect(consents).toEqual([{ consent: 'granted' }]);
    const left = await until(
      () => messageOf(unmet?.sid ?? ''),
      (message) => (message?.call.details?.recordings?.length ?? 0) > 0 && message.ticketId !== null,
    );
    expect(left.call).toMatchObject({ outcome: 'voicemail', state: 'ended' });
    const missed = await until(
      () => messageOf(unheard?.sid ?? ''),
      (message) => message?.call.state === 'ended' && message.ticketId !== null,
    );
    expect(missed.call).toMatchObject({ outcome: 'missed' });
    expect(await hub.database.query(`select 1 from inbound_event where state = 'quarantined'`)).toEqual([]);
  }, 40_000);
});
