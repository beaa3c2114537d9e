import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ChannelCheckView, ChannelStatusView, ChannelView } from '#contract';
import { ChannelWatch } from '../../apps/hub/src/settings/channels/channel-watch.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;
let channel: string;

beforeAll(async () => {
  hub = await startTestHub();
  admin = await signedIn(hub, (await buildAgent(hub.database, { role: 'admin' })).id);
}, 60_000);
afterAll(() => hub.stop());

beforeEach(async () => {
  const made = await admin.call<ChannelView>('/api/channels', {
    body: { kind: 'messages', name: uuid(), secrets: { secret: 'a secret of this channel' } },
  });
  channel = made.body.id;
});

const status = async () =>
  (await admin.call<ChannelStatusView[]>('/api/channels/status')).body.find(({ channelId }) => channelId === channel);
const alarms = async () => (await status())?.alarms.map(({ kind }) => kind);
const look = () => hub.app.get(ChannelWatch).look();
const facts = () =>
  hub.database.query<{ type: string; payload: { alarm: string } }>(
    `select type, payload from event_log where subject_id = $1 order by position`,
    [channel],
  );

async function brought(hoursAgo: number, externalId: string = uuid()): Promise<void> {
  await hub.database.query(
    `insert into inbound_event (id, channel_id, external_id, raw, received_at)
     values ($1, $2, $3, 'x', clock_timestamp() - $4 * interval '1 hour')`,
    [uuid(), channel, externalId, hoursAgo],
  );
}

describe('a channel that has gone silent', () => {
  it('alarms once, as a fact that webhooks hear of, and recovers by the next message', async () => {
    await look();
    expect(await alarms()).toEqual([]);
    await brought(80);
    await look();
    await look();
    expect(await alarms()).toEqual(['silent']);
    expect((await status())?.light).toBe('green');
    await brought(0);
    await look();
    expect(await alarms()).toEqual([]);
    expect(await facts()).toEqual([
      { type: 'channel.alarm', payload: { alarm: 'silent' } },
      { type: 'channel.recovered', payload: { alarm: 'silent' } },
    ]);
  });

  it('does so after as many hours as somebody set, or never', async () => {
    await brought(5);
    const watch = (body: object) => admin.call(`/api/channels/${channel}/watch`, { method: 'PATCH', body });
    expect((await watch({ silenceHours: 4 })).body).toEqual({ silenceHours: 4, credentialsExpire: null });
    expect(await alarms()).toEqual(['silent']);
    expect((await watch({ silenceHours: null })).body).toEqual({ silenceHours: null, credentialsExpire: null });
    expect(await alarms()).toEqual([]);
    expect((await watch({ silenceHours: 0 })).status).toBe(422);
  });

  it('is not woken by what its provider reports of our own messages', async () => {
    await brought(80);
    await brought(0, `receipt ${uuid()} delivered`);
    await look();
    expect(await alarms()).toEqual(['silent']);
  });

  it('is still known to have brought something when those rows are gone', async () => {
    await brought(80);
    await look();
    await hub.database.query('delete from inbound_event where channel_id = $1', [channel]);
    await look();
    expect(await alarms()).toEqual(['silent']);
    expect((await status())?.lastInAt).not.toBeNull();
  });
});

describe('a channel whose credentials end', () => {
  const day = (daysAway: number) => new Date(Date.now() + daysAway * 86_400_000).toISOString().slice(0, 10);

  it.each([
    [30, []],
    [10, ['expiring']],
    [-3, ['expired']],
  ])('%i days from now alarms with %j', async (daysAway, expected) => {
    const credentialsExpire = day(daysAway);
    const answer = await admin.call(`/api/channels/${channel}/watch`, { method: 'PATCH', body: { credentialsExpire } });
    expect(answer.body).toMatchObject({ credentialsExpire });
    expect(await alarms()).toEqual(expected);
  });

  it('takes a day that there is', async () => {
    const wrong = await admin.call(`/api/channels/${channel}/watch`, {
      method: 'PATCH',
      body: { credentialsExpire: '2026-02-31' },
    });
    expect(wrong.status).toBe(422);
  });
});

describe('the status of channels', () => {
  it('is for administrators', async () => {
    const agent = await signedIn(hub, (await buildAgent(hub.database, { role: 'supervisor' })).id);
    expect((await agent.call('/api/channels/status')).status).toBe(403);
  });

  it('says nothing of a channel that is off', async () => {
    await brought(80);
    await look();
    await admin.call(`/api/channels/${channel}`, { method: 'PATCH', body: { enabled: false } });
    await look();
    expect(await status()).toMatchObject({ light: 'off', alarms: [] });
  });
});

describe('the check of a channel that only listens', () => {
  const check = async (body: object) => {
    const made = await admin.call<ChannelView>('/api/channels', { body: { name: uuid(), ...body } });
    return (await admin.call<ChannelCheckView>(`/api/channels/${made.body.id}/check`, { method: 'POST' })).body;
  };

  it('says that its settings can be used', async () => {
    expect(await check({ kind: 'web' })).toMatchObject({ ok: true, steps: [{ step: 'settings.read', state: 'ok' }] });
  });

  it('fails where its provider has no address to call', async () => {
    const twilio = { driver: 'twilio', accountSid: `AC${'0'.repeat(32)}` };
    const found = await check({ kind: 'phone', config: twilio, secrets: { authToken: 'a token' } });
    expect(found.ok).toBe(false);
    expect(found.steps.at(-1)).toMatchObject({
      code: 'no_public_address',
      text: expect.stringContaining('PUBLIC_URL'),
    });
  });
});
