import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ListRow } from '#contract';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { Metrics } from '../../apps/hub/src/platform/operations/metrics.js';
import { PresenceService } from '../../apps/hub/src/live/presence.service.js';
import { stranger } from '../support/build-rows.js';
import { bePresent, listRows, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { openedConsole } from '../support/live-client.js';
import { until } from '../support/until.js';

let connected: ConnectedWorld;

beforeAll(async () => {
  connected = await startConnectedWorld();
});
afterAll(() => connected.close());

/** A figure of the hub's page of metrics; null when it is not there. */
async function figure(series: string): Promise<number | null> {
  const { text } = await stranger(connected.hub).call('/metrics');
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length));
}

/** What a provider's bytes mean, as far as the door is concerned. */
const said = (externalId: string, address = '+14155550111') => ({
  type: 'message' as const,
  externalId,
  raw: Buffer.from(externalId),
  from: { kind: 'phone' as const, address, trust: 'channel_given' as const, name: 'Amir' },
  claims: [],
  sentAt: null,
  kind: 'text' as const,
  text: 'Hello',
  attachments: [],
  mail: null,
  replyTo: null,
  flags: [],
});

describe('what operators read', () => {
  it('counts what came in by kind of channel, and a repeated event as one', async () => {
    const { hub, channels } = connected;
    const channel = { id: channels.sms, kind: 'sms' as const };
    const receiving = hub.app.get(Receiving, { strict: false });
    const event = said(uuid());
    await receiving.take(channel, [event, event]);
    await receiving.take(channel, [{ type: 'ignored', externalId: uuid(), raw: Buffer.from('x'), reason: 'no text' }]);
    await receiving.take(channel, [
      { ...said(uuid()), from: { kind: 'email', address: 'UNFOLDED@X', trust: 'proven', name: '' } },
    ]);
    const counts = ['stored', 'duplicate', 'ignored', 'quarantined'].map((outcome) =>
      figure(`peyk_inbound_events_total{channel="sms",outcome="${outcome}"}`),
    );
    expect(await Promise.all(counts)).toEqual([1, 1, 1, 1]);
    expect(await figure('peyk_intake_batch_size_count')).toBe(1);
    expect(await figure('peyk_spool_bytes')).toBe(0);
    expect(await figure('peyk_router_sweep_found_total')).toBe(0);
  });

  it('counts what left, and knows what waits and since when', async () => {
    const { agent, hub } = connected;
    await bePresent(connected);
    const [row] = await listRows(agent, 'all');
    await replyBy(agent, (row as ListRow).conversation, 'sms', 'Good morning');
    await until(
      () => figure('peyk_deliveries_total{channel="sms",outcome="sent"}'),
      (sent) => sent === 1,
    );
    await hub.database.query(
      `insert into delivery (id, conversation_id, seq, channel_id, address, due_at, created_at)
       select $1, conversation_id, seq, channel_id, '+14155550111', clock_timestamp() + interval '1 hour', clock_timestamp() - interval '1 minute'
       from message where direction = 'in' limit 1`,
      [uuid()],
    );
    // What has just left still waits for its row to go.
    await until(
      () => figure('peyk_outbox_oldest_seconds'),
      (seconds) => (seconds ?? 0) >= 60,
    );
    await until(
      () => figure('peyk_outbox_waiting'),
      (waiting) => waiting === 1,
    );
  });

  it('knows who is connected', async () => {
    const { hub, sara } = connected;
    const console = await openedConsole(hub, sara.id);
    await hub.app.get(PresenceService, { strict: false }).settled();
    expect(await figure('peyk_sockets{namespace="agents"}')).toBe(1);
    expect(await figure('peyk_sockets{namespace="visitors"}')).toBe(0);
    expect(await figure('peyk_agents_present')).toBe(1);
    console.close();
    await until(
      () => figure('peyk_sockets{namespace="agents"}'),
      (open) => open === 0,
    );
  });

  it('shows the other figures when one of them cannot be had', async () => {
    const metrics = connected.hub.app.get(Metrics);
    metrics.gauge({ name: 'peyk_broken', help: 'None.', read: () => Promise.reject(new Error('away')) });
    metrics.gauge({ name: 'peyk_stuck', help: 'None.', read: () => new Promise(() => undefined) });
    expect(await Promise.all([figure('peyk_broken'), figure('peyk_stuck')])).toEqual([NaN, NaN]);
    expect(await figure('peyk_spool_bytes')).toBe(0);
  });
});
