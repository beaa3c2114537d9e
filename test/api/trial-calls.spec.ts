import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageView, MeView, MyCallView, OfferView, Page, TrialCallView, TrialStepView } from '#contract';
import { deploy, publishScript } from '../support/bot-scene.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { buildPhone, PhoneLine } from '../support/phone-line.js';
import { RoutingScene } from '../support/routing-scene.js';
import { makeSurvey } from '../support/survey-scene.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

const menu = `
format: hub-script/1
id: trial_menu
title: {en: Menu}
locales: [en]
default_locale: en
channels: [voice]
start: {default: menu}
fallback: person
nodes:
  menu:
    do: ask
    message: {text: {en: Press one for our address.}}
    options:
      - {id: address, label: {en: Address}, dtmf: "1", next: address}
      - {id: person, label: {en: A person}, dtmf: "0", next: person}
    retry: {max: 2, then: person}
  address: {do: say, message: {text: {en: Lamp street 5.}}, next: bye}
  person: {do: handoff, message: {text: {en: I put you through.}}, onUnavailable: bye}
  bye: {do: end, outcome: resolved}
`;

let hub: TestHub;
let admin: Caller;
let agent: Caller;
let agentId: string;
let channelId: string;
let callers = 0;

beforeAll(async () => {
  hub = await startTestHub();
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, root?.id ?? '');
  const scene = new RoutingScene(hub.database);
  const queueId = await scene.buildQueue();
  agentId = await scene.buildPresent({ queues: [queueId] });
  agent = await signedIn(hub, agentId);
  channelId = await buildPhone(hub, queueId);
  await makeSurvey({ hub, admin }, { queueIds: [queueId], askOn: 'call' });
  await deploy(hub.database, await publishScript(hub.database, menu), channelId);
}, 60_000);

afterAll(() => hub?.stop());

const path = () => `/api/channels/${channelId}/trial-calls`;

async function begin(ringsTeam: boolean): Promise<TrialCallView> {
  callers += 1;
  const answer = await admin.call<TrialCallView>(path(), {
    body: { from: `+98912${String(7_000_000 + callers)}`, ringsTeam },
  });
  expect(answer.status).toBe(200);
  return waited(answer.body);
}

async function tell(call: TrialCallView, happening: object): Promise<TrialCallView> {
  const answer = await admin.call<TrialCallView>(`${path()}/${encodeURIComponent(call.callId)}`, {
    body: { turn: call.turn, ...happening },
  });
  expect(answer.status).toBe(200);
  return answer.body;
}

/** Plays on as a page does, until somebody is asked something. */
function waited(call: TrialCallView): Promise<TrialCallView> {
  let latest = call;
  return until(
    async () => {
      const stop = stopOf(latest);
      if (stop?.kind === 'again' || stop?.kind === 'hold') {
        latest = await tell(latest, { kind: stop.kind === 'again' ? 'played' : 'held' });
      }
      return latest;
    },
    (reply) => !['again', 'hold'].includes(stopOf(reply)?.kind ?? ''),
  );
}

const stopOf = ({ steps }: TrialCallView): TrialStepView | undefined => steps.at(-1);
const wordsOf = ({ steps }: TrialCallView): string => steps.map((step) => ('text' in step ? step.text : '')).join(' ');
const press = async (call: TrialCallView, digits: string) => waited(await tell(call, { kind: 'heard', digits }));

async function callOn({ conversation }: TrialCallView): Promise<MessageView> {
  const messages = await admin.call<Page<MessageView>>(`/api/conversations/${conversation ?? ''}/messages`);
  return messages.body.rows.find(({ kind }) => kind === 'call') as MessageView;
}

async function offersOfAgent(): Promise<OfferView[]> {
  return (await agent.call<{ offers: OfferView[] }>('/api/me/offers')).body.offers;
}

describe('a call that an administrator tries', () => {
  it('goes through the script that answers on the channel, and shows the way', async () => {
    const call = await begin(false);
    expect(wordsOf(call)).toContain('Press one for our address.');
    expect(stopOf(call)).toMatchObject({ kind: 'gather', keys: true });
    const said = await press(call, '1');
    expect(wordsOf(said)).toContain('Lamp street 5.');
    expect(stopOf(said)?.kind).toBe('hangup');
    expect(said.path.map(({ node }) => node)).toEqual(['menu', 'address', 'bye']);
    expect(said.path[0]?.heard).toBe('1');
  });

  it('stands on its timeline as a trial, and is asked about again with the same answer', async () => {
    const call = await begin(false);
    const first = await tell(call, { kind: 'heard', digits: '1' });
    expect((await tell(call, { kind: 'heard', digits: '1' })).steps).toEqual(first.steps);
    await tell(first, { kind: 'hung_up' });
    const message = await callOn(first);
    expect(message.flags).toContain('simulated');
    expect(message.call).toMatchObject({ direction: 'in', state: 'ended' });
  });

  it('gives nobody work, also where a caller would be put through', async () => {
    await agent.call('/api/me', { method: 'PATCH', body: { phone: { kind: 'extension', address: '101' } } });
    const call = await press(await begin(false), '0');
    expect(stopOf(call)?.kind).toBe('hangup');
    const works = await hub.database.query(
      'select w.id from work_item w join ticket t on t.id = w.ticket_id where t.conversation_id = $1',
      [call.conversation],
    );
    expect(works).toEqual([]);
    expect(await offersOfAgent()).toEqual([]);
  });

  it('rings the team where the tester lets it, and is the agent’s call while they talk', async () => {
    const set = await agent.call<MeView>('/api/me', {
      method: 'PATCH',
      body: { phone: { kind: 'extension', address: '۱۰۱' } },
    });
    expect(set.body.phone).toEqual({ kind: 'extension', address: '101' });
    const call = await press(await begin(true), '0');
    const dial = stopOf(call);
    expect(dial).toMatchObject({ kind: 'dial', to: { kind: 'extension', address: '101' } });
    expect(await offersOfAgent()).toMatchObject([{ ring: true }]);
    const leg = dial?.kind === 'dial' ? dial.leg : '';
    await tell(call, { kind: 'dialled', leg, result: 'answered' });
    const mine = await agent.call<MyCallView>('/api/calls/mine');
    expect(mine.body.call).toMatchObject({ phase: 'talking', paused: false });
    const after = await tell(call, { kind: 'dialled', leg, result: 'answered', seconds: 30 });
    expect(stopOf(after)?.kind).toBe('hangup');
    expect(await hub.database.query('select 1 from survey_ask')).toEqual([]);
    const { call: seen } = await callOn(call);
    expect(seen?.legs).toMatchObject([{ agentId, to: '101', outcome: 'answered' }]);
  });
});

describe('a trial', () => {
  it('is for administrators, on phone channels, and never on a real call', async () => {
    const wish = { from: '+989127654321', ringsTeam: false };
    expect((await agent.call(path(), { body: wish })).status).toBe(403);
    const other = `/api/channels/${agentId}/trial-calls`;
    expect((await admin.call(other, { body: wish })).status).toBe(404);
    expect((await admin.call(`${path()}/CA123`, { body: { turn: 1, kind: 'hung_up' } })).status).toBe(404);
    expect(await admin.call(path(), { body: { ...wish, from: 'nobody' } })).toMatchObject({
      status: 422,
      body: { field: 'from' },
    });
  });

  it('is never with the number of a customer, whose talks are their own', async () => {
    const customer = new PhoneLine(hub, channelId);
    await customer.arrive();
    const refused = await admin.call(path(), { body: { from: customer.from, ringsTeam: false } });
    expect(refused).toMatchObject({ status: 422, body: { field: 'from' } });
    expect(await customer.keys('1')).toEqual({ hangup: true });
    expect(customer.words).toContain('Lamp street 5.');
  });

  it('may be made again with the number of an earlier one', async () => {
    const body = { from: '+989127000900', ringsTeam: false };
    const [first, second] = [await admin.call(path(), { body }), await admin.call(path(), { body })];
    expect([first.status, second.status]).toEqual([200, 200]);
  });

  it('is in no figure of the script', async () => {
    const trial = await begin(false);
    expect(wordsOf(trial)).toContain('Press one for our address.');
    const [talks] = await hub.database.query<{ script: string; real: number; tried: number }>(
      `select (select id from script) as script, count(*) filter (where p.call_id not like 'try%')::int as real,
              count(*) filter (where p.call_id like 'try%')::int as tried
       from bot_session b join phone_call p on p.conversation_id = b.conversation_id and p.seq = b.first_seq`,
    );
    const figures = await admin.call<{ started: number }>(`/api/scripts/${talks?.script ?? ''}/figures`);
    expect(talks?.tried).toBeGreaterThan(0);
    expect(figures.body.started).toBe(talks?.real);
  });

  it('takes a phone for oneself only where something could ring', async () => {
    const bad = await agent.call('/api/me', { method: 'PATCH', body: { phone: { kind: 'sip', address: 'sara' } } });
    expect(bad).toMatchObject({ status: 422, body: { field: 'phone.address' } });
    const none = await agent.call<MeView>('/api/me', { method: 'PATCH', body: { phone: null } });
    expect(none.body.phone).toBeNull();
  });
});
