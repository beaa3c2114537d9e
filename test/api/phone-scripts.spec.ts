import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import {
  readScenarios,
  readScript,
  simulate,
  type BotState,
  type Scenario,
  type Script,
  type SimulatedInput,
} from '#bots';
import type { LineHappening } from '#channels';
import { ConnectorCalls } from '../../apps/hub/src/bots/scripts/connector-calls.service.js';
import { BotWorlds } from '../../apps/hub/src/bots/sessions/bot-worlds.service.js';
import { deploy, publishScript } from '../support/bot-scene.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import { buildQueue } from '../support/live-client.js';
import { buildPhone, PhoneLine, sessionOn } from '../support/phone-line.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { makeSurvey } from '../support/survey-scene.js';

const folder = new URL('../../scripts/', import.meta.url).pathname;
const ready = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml') && !file.endsWith('.scenarios.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length));
const sources = Object.fromEntries(ready.map((key) => [key, readFileSync(`${folder}${key}.yaml`, 'utf8')]));
const scripts = Object.fromEntries(ready.map((key) => [key, readScript(sources[key] ?? '').script as Script]));
const scenariosOf = (key: string): Scenario[] =>
  readScenarios(readFileSync(`${folder}${key}.scenarios.yaml`, 'utf8')).scenarios;

let hub: TestHub;
/** The channels on which the ready scripts answer, by their keys. */
const phones: Record<string, string> = {};
/** The ids of the scripts. */
const ids = new Map<string, string>();

beforeAll(async () => {
  hub = await startTestHub();
  const queueId = await buildQueue(hub.database);
  for (const key of ready) {
    ids.set(key, await publishScript(hub.database, sources[key] ?? '', key));
  }
  for (const [key, id] of ids) {
    phones[key] = await buildPhone(hub, queueId);
    await deploy(hub.database, id, phones[key]);
  }
}, 90_000);

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(() => hub?.stop());

/** The world that a scenario begins in, as far as a real hub must be told of it. */
type Answer = Awaited<ReturnType<ConnectorCalls['call']>>;

function settleWorld({ world, inputs }: Scenario): Map<string, Answer> {
  const isNobodyThere = inputs.some((input) => 'agents' in input && input.agents === 'away');
  const answers = new Map<string, Answer>();
  for (const [name, prepared] of Object.entries(world?.lookups ?? {})) {
    answers.set(name, answerOf(prepared));
  }
  // eslint-disable-next-line @typescript-eslint/unbound-method -- Called with its own `this` below.
  const read = BotWorlds.prototype.read;
  jest.spyOn(BotWorlds.prototype, 'read').mockImplementation(async function (this: BotWorlds, ...args) {
    const seen = await read.apply(this, args);
    const queues = Object.entries(seen.queues).map(([name, sight]) => [name, { ...sight, isOpen: !isNobodyThere }]);
    return {
      ...seen,
      calendars: { ...seen.calendars, ...world?.calendars },
      queues: Object.fromEntries(queues) as typeof seen.queues,
    };
  });
  jest
    .spyOn(ConnectorCalls.prototype, 'call')
    .mockImplementation((ref) => Promise.resolve(answers.get(ref) ?? { ok: false, error: 'absent' }));
  return answers;
}

function answerOf(prepared: { answer?: unknown } | { fails: Extract<Answer, { ok: false }>['error'] }): Answer {
  return 'fails' in prepared
    ? { ok: false, error: prepared.fails }
    : { ok: true, value: prepared.answer as Record<string, unknown> };
}

/** What an input is on a line; null where it only changes the world. */
function happeningOf(input: SimulatedInput, { asked }: BotState): LineHappening | null {
  const heard = (digits: string, speech = ''): LineHappening => ({ kind: 'heard', digits, speech });
  if ('press' in input) {
    const options = asked?.options ?? [];
    const at = options.findIndex(({ id }) => id === input.press);
    return heard(options[at]?.dtmf ?? String(at + 1));
  }
  if ('type' in input) {
    return heard('', input.type);
  }
  if ('file' in input) {
    return { kind: 'recorded', reference: 'https://voice.test/1', id: uuid(), seconds: 4 };
  }
  return 'wait' in input ? heard('') : null;
}

async function walk(phone: PhoneLine, { inputs, locale }: Scenario, answers: Map<string, Answer>): Promise<void> {
  await phone.arrive(locale === 'fa' ? 'مینا' : 'Mina');
  for (const input of inputs) {
    if ('lookup' in input) {
      answers.set(input.lookup, answerOf(input));
    }
    const happening = happeningOf(input, (await sessionOn(hub, phone)).state);
    await (happening && phone.tell(happening));
  }
}

const walks = ready.flatMap((key) =>
  scenariosOf(key)
    .filter(({ channels }) => channels === undefined || channels.includes('voice'))
    .map((scenario): [string, string, Scenario] => [key, scenario.name, scenario]),
);

describe('a ready script on a line', () => {
  it('is on all of them', () => {
    expect(new Set(walks.map(([key]) => key))).toEqual(new Set(ready));
  });

  it.each(walks)('%s, %s: ends where it ends in a chat, with the same answers', async (key, _name, scenario) => {
    const answers = settleWorld(scenario);
    const failsTickets = scenario.inputs.some(
      (input) => 'lookup' in input && input.lookup === 'ticket' && 'fails' in input,
    );
    const from = callerOf(scenario);
    const phone = failsTickets ? await withoutQueue(key, from) : new PhoneLine(hub, phones[key] ?? '', from);
    await walk(phone, scenario, answers);
    const { locale, at, inputs, world, vars } = scenario;
    const chat = simulate(scripts[key] as Script, {
      channel: 'web',
      locale,
      at,
      inputs,
      world: { ...world, scripts },
      ...(vars && { vars }),
    }).state;
    const { state } = await sessionOn(hub, phone);
    const endOf = ({ node, script, status, outcome, locale: spoken, vars: known }: BotState) => ({
      node,
      script,
      status,
      outcome,
      spoken,
      vars: withoutNumbers(known),
    });
    expect(endOf(state)).toEqual(endOf(chat));
    const { status } = state;
    expect('hangup' in phone.stop).toBe(status === 'ended' || failsTickets);
  });
});

describe('a script on a line that asks at its end how it was', () => {
  const source = `
format: hub-script/1
id: kind_line
title: {en: A kind line}
locales: [en]
default_locale: en
channels: [voice]
start: {default: menu}
fallback: bye
nodes:
  menu:
    do: ask
    message: {text: {en: Press one to end.}}
    options: [{id: done, label: {en: End}, dtmf: "1", next: bye}]
  bye: {do: end, outcome: resolved, csat: true, message: {text: {en: That was all.}}}
`;

  it('asks by keypad before it hangs up, where a survey asks callers, and it is nobody’s work', async () => {
    const queueId = await buildQueue(hub.database);
    const channel = await buildPhone(hub, queueId);
    await deploy(hub.database, await publishScript(hub.database, source), channel);
    const admin = await signedIn(hub, (await buildAgent(hub.database, { role: 'admin' })).id);
    const call = async (): Promise<PhoneLine> => {
      const line = new PhoneLine(hub, channel, '+442079460001');
      await line.arrive();
      await line.keys('1');
      return line;
    };
    expect((await call()).stop).toEqual({ hangup: true });

    await makeSurvey({ hub, admin }, { queueIds: [queueId], askOn: 'call' });
    const caller = await call();
    expect(caller.stop).toMatchObject({ gather: { numDigits: 1, speech: false, locale: 'en' } });
    expect(caller.words).toMatch(/That was all\..*survey-question/u);
    await caller.keys('4');
    expect(caller.stop).toEqual({ hangup: true });
    await caller.hangUp();
    const asks = await hub.database.query(
      `select a.state, a.score, t.state as ticket, (select count(*)::int from work_item w where w.ticket_id = t.id) as works
       from survey_ask a join ticket t on t.id = a.ticket_id`,
    );
    expect(asks).toEqual([{ state: 'answered', score: 4, ticket: 'closed', works: 0 }]);
    // Whoever was asked lately is left in peace.
    expect((await call()).stop).toEqual({ hangup: true });
  });
});

/** Numbers of tickets are the hub's own. */
function withoutNumbers(vars: Record<string, unknown>): Record<string, unknown> {
  const { ticket_no: number, ...others } = vars;
  return { ...others, hasNumber: number !== undefined && number !== null };
}

let foreigners = 0;
/** Without a word of the caller's, the country of the number says the language. */
function callerOf({ locale }: Scenario): string | undefined {
  foreigners += 1;
  return locale === 'en' ? `+4420794${String(60_000 + foreigners)}` : undefined;
}

/** A line on which no ticket can be opened. */
async function withoutQueue(key: string, from?: string): Promise<PhoneLine> {
  const channel = await buildPhone(hub, null);
  await deploy(hub.database, ids.get(key) ?? '', channel);
  return new PhoneLine(hub, channel, from);
}
