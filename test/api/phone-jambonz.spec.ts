import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelView } from '#contract';
import type { CallContent } from '#channels';
import { CallDrivers } from '../../apps/hub/src/calls/work/call-drivers.service.js';
import { ChannelDirectory, type OpenChannel } from '../../apps/hub/src/settings/channel-directory.service.js';
import { startJambonz, type JambonzStandIn } from '../../tools/stand-ins/jambonz.js';
import { worldPublicUrl } from '../../tools/stand-ins/world.js';
import { deploy, publishScript } from '../support/bot-scene.js';
import { signedIn } from '../support/build-rows.js';
import { RoutingScene } from '../support/routing-scene.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { lineEnv, ourLine } from '../support/twilio-line-scene.js';
import { until } from '../support/until.js';

const scriptOf = (key: string) => readFileSync(new URL(`../../scripts/${key}.yaml`, import.meta.url).pathname, 'utf8');

let hub: TestHub;
let scene: RoutingScene;
let jambonz: JambonzStandIn;
let queueId: string;
let menu: string;
let plain: string;

beforeAll(async () => {
  hub = await startTestHub({ env: lineEnv });
  scene = new RoutingScene(hub.database);
  jambonz = await startJambonz({ publicUrl: worldPublicUrl, hubUrl: hub.url });
  queueId = await scene.buildQueue();
  [menu, plain] = await Promise.all([addChannel('menu'), addChannel('plain')]);
  for (const key of [
    'order_status',
    'opening_hours',
    'complaint_intake',
    'callback_request',
    'survey',
    'out_of_hours',
  ]) {
    await publishScript(hub.database, scriptOf(key), key);
  }
  await deploy(hub.database, await publishScript(hub.database, scriptOf('main_menu'), 'main_menu'), menu);
}, 60_000);

afterAll(async () => {
  await hub?.stop();
  await jambonz?.close();
});

async function addChannel(name: string): Promise<string> {
  const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin' limit 1`);
  const admin = await signedIn(hub, root?.id ?? '');
  const { accountSid, url, apiKey, webhookSecret } = jambonz;
  const config = { driver: 'jambonz', accountSid, baseUrl: url, applicationSid: accountSid, number: ourLine };
  const made = await admin.call<ChannelView>('/api/channels', {
    body: { kind: 'phone', name, queueId, config, secrets: { apiKey, webhookSecret } },
  });
  expect([made.status, made.text]).toEqual([201, made.text]);
  return made.body.id;
}

async function callOf(sid: string): Promise<CallContent> {
  const [row] = await until(
    () =>
      hub.database.query<{ call: CallContent }>(
        `select content -> 'call' as call from message where external_id = 'call ' || $1`,
        [sid],
      ),
    ([message]) => message?.call.state === 'ended',
  );
  return (row as { call: CallContent }).call;
}

describe('a caller over jambonz', () => {
  it('walks a ready script by keys and words, and leaves by hanging up', async () => {
    const acts = [{ press: '9' }, 'silence', { press: '2' }, 'hang_up'] as const;
    const { sid, heard, problems } = await jambonz.dialIn(menu, {
      from: '+989171000001',
      to: ourLine,
      acts: [...acts],
    });
    expect(problems).toEqual([]);
    expect(heard.length).toBeGreaterThan(3);
    const { details } = await callOf(sid);
    expect(details).toMatchObject({ source: 'jambonz', line: ourLine });
    expect(details?.path?.map(({ node, heard: keys }) => [node, keys])).toEqual(
      expect.arrayContaining([['menu', '9'], expect.arrayContaining(['menu'])]),
    );
  });

  it('waits in music, and is joined with whoever answers', async () => {
    const walking = jambonz.dialIn(plain, { from: '+989171000002', to: ourLine, acts: [] });
    await until(
      () => hub.database.query(`select 1 from phone_call where channel_id = $1 and phase = 'waiting'`, [plain]),
      (rows) => rows.length > 0,
    );
    const agentId = await scene.buildPresent({ queues: [queueId], phone: '101' });
    const { sid, heard, problems } = await walking;
    expect(problems).toEqual([]);
    expect(heard).toEqual(expect.arrayContaining(['music', 'rings 101']));
    const call = await callOf(sid);
    expect(call).toMatchObject({ outcome: 'answered' });
    expect(call.details?.legs).toMatchObject([{ to: '101', agentId, outcome: 'answered' }]);
  });

  it('goes on to a colleague when whoever talks hands them over', async () => {
    jambonz.rung = () => 4_000;
    const [first] = await hub.database.query<{ id: string }>(`select id from agent where phone_address = '101'`);
    const walking = jambonz.dialIn(plain, { from: '+989171000009', to: ourLine, acts: [] });
    const lineOf = () =>
      hub.database.query<{ id: string; agentId: string }>(
        `select id, agent_id as "agentId" from phone_call where channel_id = $1 and phase = 'talking' and ended_at is null`,
        [plain],
      );
    const [talk] = await until(lineOf, (rows) => rows.length > 0);
    expect(talk?.agentId).toBe(first?.id);
    const colleague = await scene.buildPresent({ queues: [], phone: '102' });
    jambonz.rung = () => 5;
    const desk = await signedIn(hub, first?.id ?? '');
    const asked = await desk.call(`/api/calls/${talk?.id ?? ''}/transfer`, { body: { agentId: colleague } });
    expect(asked.status).toBe(202);
    const { sid, heard, problems } = await walking;
    expect(problems).toEqual([]);
    expect(heard.filter((one) => one.startsWith('rings'))).toEqual(['rings 101', 'rings 102']);
    const { details } = await callOf(sid);
    expect(details?.legs).toMatchObject([
      { to: '101', agentId: first?.id, outcome: 'answered' },
      { to: '102', agentId: colleague, outcome: 'answered' },
    ]);
  });

  it('is nobody when the signature is not jambonz’s', async () => {
    for (const way of ['call', 'next?turn=1&of=gather', 'wait', 'dialled?turn=1', 'status', 'outgoing?call=x']) {
      const { status } = await fetch(`${hub.url}/hooks/jambonz/${menu}/${way}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'jambonz-signature': 't=1,v1=00' },
        body: JSON.stringify({ call_sid: 'forged', from: '+98912', to: ourLine }),
      });
      expect([way, status]).toEqual([way, 403]);
    }
  });

  it('may be called by an agent, who is rung first', async () => {
    const channel = hub.app.get(ChannelDirectory).find(plain) as OpenChannel;
    const agent = { kind: 'sip', address: 'sara@pbx.test' } as const;
    const wish = { agent, to: '+989171000003', callerId: null, key: 'k1' };
    expect(await hub.app.get(CallDrivers).of(channel)?.originate?.(channel, wish)).toMatch(/^[0-9a-f-]{36}$/u);
    expect(jambonz.asked.at(-1)?.body).toMatchObject({
      from: ourLine,
      to: { type: 'sip', sipUri: 'sip:sara@pbx.test' },
      call_hook: { url: expect.stringContaining('/outgoing?call=') },
    });
  });
});
