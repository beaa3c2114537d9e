import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  ReadyScriptView,
  ScriptCheckView,
  ScriptConnectorTestView,
  ScriptConnectorView,
  ScriptDeploymentView,
  ScriptDiffView,
  ScriptGateView,
  ScriptRunView,
  ScriptView,
} from '#contract';
import { ConnectorCalls } from '../../apps/hub/src/bots/scripts/connector-calls.service.js';
import { ScriptCatalogue } from '../../apps/hub/src/bots/scripts/script-catalogue.service.js';
import { buildAgent, signedIn, type Answered, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let admin: Caller;
let supervisor: Caller;
let agent: Caller;
let catalogue: ScriptCatalogue;
let shop: Server;
let shopUrl: string;
const heard: IncomingMessage[] = [];

beforeAll(async () => {
  shop = createServer((request, response) => {
    heard.push(request);
    const number = request.url?.split('/').at(-1) ?? '';
    if (number === 'slow') {
      return;
    }
    response.statusCode = number === '404' ? 404 : 200;
    response.end(JSON.stringify({ order: { items: [{ state: 'shipped' }], no: decodeURIComponent(number) } }));
  });
  await new Promise<void>((listening) => shop.listen(0, '127.0.0.1', listening));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  hub = await startTestHub({ env: { OUTBOUND_ALLOW: '127.0.0.0/8' } });
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
  supervisor = await signedIn(hub, (await buildAgent(hub.database, { role: 'supervisor' })).id);
  agent = await signedIn(hub, (await buildAgent(hub.database, { role: 'agent' })).id);
  catalogue = hub.app.get(ScriptCatalogue, { strict: false });
}, 60_000);

afterAll(async () => {
  shop?.closeAllConnections();
  shop?.close();
  await hub?.stop();
});

let made = 0;

/** A script that says one sentence; every one has a key of its own. */
function write(sentence: string, more: { key?: string; channels?: string } = {}): { key: string; source: string } {
  made += 1;
  const key = more.key ?? `script_of_test_${made}`;
  const source = `
format: hub-script/1
id: ${key}
title: { en: Test }
locales: [en]
default_locale: en
channels: [${more.channels ?? 'web, telegram'}]
start: { default: hello }
fallback: bye
nodes:
  # what customers read first
  hello: { do: say, message: { text: { en: ${JSON.stringify(sentence)} } }, next: bye }
  bye: { do: end, outcome: resolved }
`;
  return { key, source };
}

const says = (sentence: string) => ({
  name: `says ${sentence}`,
  locale: 'en',
  at: '2026-11-22T08:00:00Z',
  inputs: [],
  expect: { outcome: 'resolved', says: [sentence] },
});

async function create(sentence: string, more: { key?: string; channels?: string } = {}): Promise<ScriptView> {
  const { source } = write(sentence, more);
  const answer = await admin.call<ScriptView>('/api/scripts', { body: { name: `Script ${uuid()}`, source } });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
  return answer.body;
}

async function save(script: ScriptView, sentence: string, scenarios?: object[]): Promise<ScriptView> {
  const { source } = write(sentence, { key: script.key });
  const answer = await admin.call<ScriptView>(`/api/scripts/${script.id}/draft`, {
    method: 'PUT',
    body: { version: script.draftVersion, source, ...(scenarios && { scenarios }) },
  });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  return answer.body;
}

const publish = (script: ScriptView, more: object = {}): Promise<Answered<ScriptView>> =>
  admin.call<ScriptView>(`/api/scripts/${script.id}/publish`, { body: { version: script.draftVersion, ...more } });

async function published(script: ScriptView, more: object = {}): Promise<ScriptView> {
  const answer = await publish(script, more);
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  return answer.body;
}

async function channel(kind: 'web' | 'messages' = 'web', calendarId: string | null = null): Promise<string> {
  const queueId = await buildQueue(hub.database);
  await hub.database.query('update queue set calendar_id = $2 where id = $1', [queueId, calendarId]);
  return (await buildChannel(hub, { kind, queueId })).id;
}

async function deploy(script: ScriptView, channelId: string, more: object = {}): Promise<ScriptDeploymentView> {
  const answer = await admin.call<ScriptDeploymentView>(`/api/scripts/${script.id}/deployments`, {
    body: { channelId, ...more },
  });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
  return answer.body;
}

/** What the version that answers says first; null: none answers. */
async function answering(channelId: string, customerId = uuid(), at: Date | null = null): Promise<string | null> {
  const chosen = await catalogue.choose(hub.database, { channelId, customerId, at });
  const hello = chosen && (await catalogue.open(chosen.versionId)).nodes['hello'];
  return hello?.do === 'say' ? (hello.message.text.en ?? null) : null;
}

describe('a draft', () => {
  it('keeps what two people write from being lost, and says who wrote it', async () => {
    const script = await create('One');
    const changed = await save(script, 'Two');
    expect(changed).toMatchObject({ draftVersion: script.draftVersion + 1, isChanged: true, live: null });
    expect(changed.draftedBy?.id).toBeDefined();
    const late = await admin.call(`/api/scripts/${script.id}/draft`, {
      method: 'PUT',
      body: { version: script.draftVersion, source: 'mine' },
    });
    expect({ status: late.status, code: late.body['code'] }).toEqual({ status: 409, code: 'stale' });
  });

  it('may be wrong, and is told where, in both languages', async () => {
    const { body } = await supervisor.call<ScriptCheckView>('/api/scripts/check', {
      body: { source: write('Hello').source.replace('next: bye', 'next: nowhere') },
    });
    const problem = body.problems.find(({ severity }) => severity === 'error');
    expect(problem).toMatchObject({ node: 'hello', line: expect.any(Number) });
    expect(problem?.text.fa).toMatch(/[آ-ی]/u);
    expect(problem?.text.en).toMatch(/[a-z]/u);
    const good = await supervisor.call<ScriptCheckView>('/api/scripts/check', { body: { source: write('Hi').source } });
    expect(good.body.outline?.nodes[0]).toMatchObject({
      id: 'hello',
      do: 'say',
      says: { en: 'Hi' },
      exits: [{ by: 'next', to: 'bye' }],
      line: 12,
    });
  });

  it('is played without being kept', async () => {
    const { body, status } = await supervisor.call<ScriptRunView>('/api/scripts/simulate', {
      body: { source: write('Play me').source, channel: 'web', locale: 'en', at: '2026-11-22T08:00:00Z', inputs: [] },
    });
    expect(status).toBe(200);
    expect(body.run?.steps.find(({ who }) => who === 'bot')?.says?.[0]?.text).toBe('Play me');
    expect(body.run?.state).toMatchObject({ status: 'ended', outcome: 'resolved' });
    const wrong = await supervisor.call('/api/scripts/simulate', {
      body: { source: 'x', channel: 'web', locale: 'en', at: 0, inputs: [{ jump: 1 }] },
    });
    expect({ status: wrong.status, field: wrong.body['field'] }).toEqual({ status: 422, field: 'inputs.0' });
  });

  it('is read by supervisors, written by administrators, and hidden from agents', async () => {
    const script = await create('Mine');
    expect((await supervisor.call(`/api/scripts/${script.id}`)).status).toBe(200);
    expect((await agent.call('/api/scripts')).status).toBe(403);
    const calls: [string, string, object?][] = [
      ['POST', '/api/scripts', { name: 'x' }],
      ['PUT', `/api/scripts/${script.id}/draft`, { version: 1 }],
      ['POST', `/api/scripts/${script.id}/publish`, { version: 1 }],
      ['POST', `/api/scripts/${script.id}/rollback`, { versionId: uuid() }],
      ['DELETE', `/api/scripts/${script.id}`],
      ['POST', `/api/scripts/${script.id}/deployments`, { channelId: uuid() }],
      ['POST', '/api/scripts/connectors', { key: 'x', url: 'https://example.com' }],
      ['POST', '/api/scripts/misses/teach', { ids: [uuid()], dismiss: true }],
    ];
    for (const [method, path, body] of calls) {
      expect({ path, status: (await supervisor.call(path, { method, body })).status }).toEqual({ path, status: 403 });
    }
  });
});

describe('publishing', () => {
  it('is refused while something is wrong or a scenario fails, and says which', async () => {
    const script = await create('Hello');
    const failing = await save(script, 'Hello', [says('Goodbye')]);
    const gate = (await supervisor.call<ScriptGateView>(`/api/scripts/${script.id}/gate`)).body;
    expect(gate.open).toBe(false);
    expect(gate.scenarios.map(({ channel: on, passed }) => [on, passed])).toEqual([
      ['web', false],
      ['telegram', false],
    ]);
    expect((await publish(failing)).body).toMatchObject({ code: 'scenario_fails' });
    const broken = await admin.call<ScriptView>(`/api/scripts/${script.id}/draft`, {
      method: 'PUT',
      body: { version: failing.draftVersion, source: failing.source.replace('next: bye', 'next: nowhere') },
    });
    expect((await publish(broken.body)).body).toMatchObject({ code: 'script_has_problems' });
    expect((await admin.call<ScriptView>(`/api/scripts/${script.id}`)).body.versions).toEqual([]);
  });

  it('makes a version that never changes, and refuses to make the same one again', async () => {
    const first = await published(await create('Hello'), { note: 'The first' });
    expect(first).toMatchObject({ live: 1, isChanged: false });
    expect(first.versions).toMatchObject([{ version: 1, note: 'The first', isLive: true, running: 0 }]);
    expect((await publish(first)).body).toMatchObject({ code: 'nothing_to_publish' });
    await expect(
      hub.database.query(`update script_version set source = 'x' where id = $1`, [first.versions[0]?.id]),
    ).rejects.toThrow(/never changes/);
  });

  it('brings a version to customers at once, and takes it back at once', async () => {
    const first = await published(await create('First', {}));
    const here = await channel();
    await deploy(first, here);
    expect(await answering(here)).toBe('First');
    const second = await published(await save(first, 'Second'));
    expect(await answering(here)).toBe('Second');
    const began = performance.now();
    const back = await admin.call<ScriptView>(`/api/scripts/${first.id}/rollback`, {
      body: { versionId: first.versions[0]?.id },
    });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(back.body).toMatchObject({ live: 1, isChanged: false });
    expect(back.body.releases.map(({ kind, version }) => [kind, version])).toEqual([
      ['rollback', 1],
      ['publish', 2],
      ['publish', 1],
    ]);
    expect(await answering(here)).toBe('First');
    expect((await catalogue.open(second.versions[0]?.id as string)).nodes['hello']).toBeDefined();
  });

  it('lets a version come at its time with nobody there to carry it out, and can be called off before', async () => {
    const script = await published(await create('Before'));
    const here = await channel();
    await deploy(script, here);
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const planned = await published(await save(script, 'After'), { at });
    expect(planned).toMatchObject({ live: 1, next: { version: 2, at, percent: 100 } });
    expect(await answering(here)).toBe('Before');
    expect(await answering(here, uuid(), new Date(Date.parse(at) - 1))).toBe('Before');
    expect(await answering(here, uuid(), new Date(at))).toBe('After');
    const release = planned.releases.find(({ kind }) => kind === 'schedule');
    const off = await admin.call<ScriptView>(`/api/scripts/${script.id}/releases/${release?.id}`, { method: 'DELETE' });
    expect(off.body.next).toBeNull();
    expect(await answering(here, uuid(), new Date(Date.parse(at) + 1))).toBe('Before');
    const past = await publish(planned, { at: '2020-01-01T00:00:00Z' });
    expect(past.body).toMatchObject({ code: 'past' });
  });

  it('follows the clock of the database: a time that comes is kept to the moment', async () => {
    const script = await published(await create('Old'));
    const here = await channel();
    await deploy(script, here);
    const [clock] = await hub.database.query<{ at: Date }>(`select clock_timestamp() + interval '700 ms' as at`);
    await published(await save(script, 'New'), { at: clock?.at.toISOString() });
    expect(await answering(here)).toBe('Old');
    expect(
      await until(
        () => answering(here),
        (sentence) => sentence === 'New',
      ),
    ).toBe('New');
  });

  it('tries a version with a share of the customers, always the same ones, and ends the trial', async () => {
    const script = await published(await create('Usual'));
    const here = await channel();
    await deploy(script, here);
    const trial = await published(await save(script, 'Trial'), { percent: 30 });
    expect(trial).toMatchObject({ live: 1, canary: { version: 2, percent: 30 } });
    const people = Array.from({ length: 200 }, () => uuid());
    const ask = () => Promise.all(people.map((person) => answering(here, person)));
    const [once, again] = [await ask(), await ask()];
    expect(again).toEqual(once);
    const share = once.filter((sentence) => sentence === 'Trial').length;
    // Of two hundred by a fair hash, 30 % within five standard deviations.
    expect(share).toBeGreaterThan(27);
    expect(share).toBeLessThan(93);
    const wider = await admin.call<ScriptView>(`/api/scripts/${script.id}/releases`, {
      body: { versionId: trial.versions[0]?.id, percent: 60 },
    });
    const then = await ask();
    expect(people.filter((_, index) => once[index] === 'Trial' && then[index] !== 'Trial')).toEqual([]);
    const release = wider.body.releases.find(({ kind, cancelledAt }) => kind === 'canary' && cancelledAt === null);
    await admin.call(`/api/scripts/${script.id}/releases/${release?.id}`, { method: 'DELETE' });
    expect(new Set(await ask())).toEqual(new Set(['Usual']));
  });

  it('makes one version of a draft, however many publish it at once', async () => {
    const script = await create('Once');
    const answers = await Promise.all([publish(script), publish(script), publish(script)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect((await admin.call<ScriptView>(`/api/scripts/${script.id}`)).body.versions).toHaveLength(1);
  });

  it('shows what changed between two versions', async () => {
    const script = await published(await create('One'));
    await save(script, 'Two');
    const { body } = await supervisor.call<ScriptDiffView>(
      `/api/scripts/${script.id}/diff?from=${script.versions[0]?.id}&to=draft`,
    );
    expect(body.nodes).toEqual({ added: [], removed: [], changed: ['hello'] });
    expect(
      body.lines.filter(({ change }) => change !== 'same').map(({ change, text }) => [change, text.trim()]),
    ).toEqual([
      ['removed', expect.stringContaining('"One"')],
      ['added', expect.stringContaining('"Two"')],
    ]);
  });
});

describe('a deployment', () => {
  it('tells the channel that it has a bot, and no more when it is taken away', async () => {
    const script = await published(await create('Hello'));
    const here = await channel();
    const scriptOf = async () =>
      (await hub.database.query<{ script_id: string | null }>('select script_id from channel where id = $1', [here]))[0]
        ?.script_id;
    expect(await scriptOf()).toBeNull();
    const { id } = await deploy(script, here);
    expect(await scriptOf()).toBe(script.id);
    await admin.call(`/api/scripts/deployments/${id}`, { method: 'PATCH', body: { enabled: false } });
    expect([await scriptOf(), await answering(here)]).toEqual([null, null]);
    await admin.call(`/api/scripts/deployments/${id}`, { method: 'DELETE' });
    expect((await supervisor.call<ScriptDeploymentView[]>('/api/scripts/deployments')).body).not.toContainEqual(
      expect.objectContaining({ id }),
    );
  });

  it('answers by the hours of the calendar: one script while it is open, another while it is closed', async () => {
    const calendar = (
      await admin.call<{ id: string }>('/api/calendars', {
        body: {
          name: `Office ${uuid()}`,
          timeZone: 'UTC',
          windows: [{ weekday: 1, from: 540, to: 1020, since: null, until: null }],
          exceptions: [],
        },
      })
    ).body.id;
    const [day, night] = [await published(await create('Day')), await published(await create('Night'))];
    const here = await channel('web', calendar);
    await deploy(day, here, { hours: 'open' });
    await deploy(night, here, { hours: 'closed', priority: 1 });
    expect(await answering(here, uuid(), new Date('2099-11-23T10:00:00Z'))).toBe('Day');
    expect(await answering(here, uuid(), new Date('2099-11-23T17:00:00Z'))).toBe('Night');
    expect(await answering(here, uuid(), new Date('2099-11-24T10:00:00Z'))).toBe('Night');
  });

  it('of several is the one with the lowest priority that has something live', async () => {
    const [first, second] = [await published(await create('First')), await published(await create('Second'))];
    const here = await channel();
    await deploy(second, here, { priority: 5 });
    const { id } = await deploy(first, here, { priority: 1 });
    expect(await answering(here)).toBe('First');
    await admin.call(`/api/scripts/deployments/${id}`, { method: 'PATCH', body: { priority: 9 } });
    expect(await answering(here)).toBe('Second');
  });

  it('is refused for what is not published, and for channels that the script does not speak on', async () => {
    const [draft, script] = [await create('Draft'), await published(await create('Chat', { channels: 'sms' }))];
    const here = await channel();
    const refuse = async (one: ScriptView) =>
      (await admin.call(`/api/scripts/${one.id}/deployments`, { body: { channelId: here } })).body['code'];
    expect([await refuse(draft), await refuse(script)]).toEqual(['not_published', 'wrong_channel']);
  });

  it('keeps its script from being removed', async () => {
    const script = await published(await create('Needed'));
    const { id } = await deploy(script, await channel());
    const refused = await admin.call(`/api/scripts/${script.id}`, { method: 'DELETE' });
    expect({ status: refused.status, code: refused.body['code'] }).toEqual({ status: 409, code: 'in_use' });
    await admin.call(`/api/scripts/deployments/${id}`, { method: 'DELETE' });
    expect((await admin.call(`/api/scripts/${script.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await admin.call(`/api/scripts/${script.id}`)).status).toBe(404);
  });
});

describe('the ready scripts', () => {
  it('are installed with what they call, and published once their connector is there', async () => {
    const ready = (await supervisor.call<ReadyScriptView[]>('/api/scripts/ready')).body;
    const menu = ready.find(({ key }) => key === 'main_menu');
    expect(menu).toMatchObject({ needs: ['order_status'], scriptId: null });
    expect(menu?.brings.toSorted()).toEqual(['callback_request', 'complaint_intake', 'opening_hours', 'order_status']);
    const installed = await admin.call<ScriptView>('/api/scripts', { body: { name: 'Our menu', ready: 'main_menu' } });
    expect(installed.body).toMatchObject({ name: 'Our menu', key: 'main_menu', live: null });
    expect((await publish(await keyed('order_status'))).body).toMatchObject({ code: 'script_has_problems' });
    await addConnector('order_status');
    for (const key of [...(menu?.brings ?? []), 'main_menu']) {
      expect({ key, live: (await published(await keyed(key))).live }).toEqual({ key, live: 1 });
    }
    const main = await keyed('main_menu');
    const pins = await catalogue.pins(hub.database, {
      versionId: main.versions[0]?.id as string,
      customerId: uuid(),
      at: null,
    });
    expect(Object.keys(pins).toSorted()).toEqual(menu?.brings.toSorted());
    const used = await admin.call(`/api/scripts/${(await keyed('order_status')).id}`, { method: 'DELETE' });
    expect(used.body).toMatchObject({ code: 'in_use', detail: expect.stringContaining('Our menu') });
  });
});

async function keyed(key: string): Promise<ScriptView> {
  const [row] = await hub.database.query<{ id: string }>(
    'select id from script where key = $1 and removed_at is null',
    [key],
  );
  return (await admin.call<ScriptView>(`/api/scripts/${row?.id}`)).body;
}

async function addConnector(key: string, more: object = {}): Promise<ScriptConnectorView> {
  const answer = await admin.call<ScriptConnectorView>('/api/scripts/connectors', {
    body: {
      key,
      title: 'Our shop',
      method: 'GET',
      url: `${shopUrl}/orders/{order_no}`,
      headers: { 'x-shop': 'one' },
      secrets: { authorization: 'Bearer top secret' },
      timeoutMs: 500,
      mapping: [{ name: 'status', path: 'order.items.0.state' }],
      ...more,
    },
  });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
  return answer.body;
}

describe('a connector', () => {
  const calls = (): ConnectorCalls => hub.app.get(ConnectorCalls, { strict: false });

  it('asks with escaped arguments and its secrets, and gives scripts what they were promised', async () => {
    const connector = await addConnector('shop_one');
    expect(connector).toMatchObject({ args: ['order_no'], secretHeaders: ['authorization'] });
    expect(JSON.stringify(connector)).not.toContain('top secret');
    const { body } = await admin.call<ScriptConnectorTestView>(`/api/scripts/connectors/${connector.id}/test`, {
      body: { args: { order_no: '12/../3?x=1' } },
    });
    expect(body).toMatchObject({ ok: true, code: 'ok', status: 200, value: { status: 'shipped' } });
    const asked = heard.at(-1);
    expect(asked?.url).toBe('/orders/12%2F..%2F3%3Fx%3D1');
    expect(asked?.headers).toMatchObject({ authorization: 'Bearer top secret', 'x-shop': 'one' });
    const [row] = await hub.database.query<{ secrets: Buffer }>('select secrets from script_connector where id = $1', [
      connector.id,
    ]);
    expect(row?.secrets.toString('latin1')).not.toContain('top secret');
  });

  it('names each way in which a lookup can fail', async () => {
    await addConnector('shop_two');
    await addConnector('shop_closed', { url: 'http://127.0.0.1:1/{order_no}' });
    await addConnector('shop_private', { url: 'http://10.11.12.13/{order_no}' });
    const ask = (key: string, order: unknown) => calls().call(key, { order_no: order });
    expect(await ask('shop_two', '404')).toEqual({ ok: false, error: 'absent' });
    expect(await ask('shop_two', 'slow')).toEqual({ ok: false, error: 'timeout' });
    expect(await ask('shop_two', '')).toEqual({ ok: false, error: 'absent' });
    expect(await ask('shop_closed', '1')).toEqual({ ok: false, error: 'failed' });
    expect(await ask('shop_private', '1')).toEqual({ ok: false, error: 'failed' });
    expect(await ask('nobody', '1')).toEqual({ ok: false, error: 'failed' });
  });

  it('never lets a customer choose the host, nor gives its secrets to another one', async () => {
    const refused = await admin.call('/api/scripts/connectors', {
      body: { key: 'open_door', url: 'https://{host}/x' },
    });
    expect({ status: refused.status, field: refused.body['field'] }).toEqual({ status: 422, field: 'url' });
    const { id } = await addConnector('shop_three');
    for (const secrets of [undefined, { 'x-other': 'y' }]) {
      const body = { url: 'https://elsewhere.example/{order_no}', ...(secrets && { secrets }) };
      const moved = await admin.call(`/api/scripts/connectors/${id}`, { method: 'PATCH', body });
      expect(moved.body).toMatchObject({ code: 'secrets_needed' });
    }
    const kept = await admin.call<ScriptConnectorView>(`/api/scripts/connectors/${id}`, {
      method: 'PATCH',
      body: { url: `${shopUrl}/other/{order_no}`, secrets: { 'x-more': 'two' } },
    });
    expect(kept.body.secretHeaders.toSorted()).toEqual(['authorization', 'x-more']);
  });
});
