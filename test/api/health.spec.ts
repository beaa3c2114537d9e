import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Health } from '../../apps/hub/src/platform/operations/health.js';
import { buildAgent, signedIn, stranger } from '../support/build-rows.js';
import { Cable } from '../support/cable.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';

let hub: TestHub;
let cable: Cable;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  cable = new Cable(new URL(database.url));
  await cable.plugIn();
  hub = await startTestHub({ databaseUrl: cable.url, env: { METRICS_TOKEN: 'a-token-for-metrics' } });
});
afterAll(async () => {
  await hub.stop();
  await cable.cut();
  await drop();
});

describe('health', () => {
  it('is alive and ready when everything works', async () => {
    expect((await stranger(hub).call('/health/live')).body).toEqual({ alive: true });
    expect(await stranger(hub).call('/health/ready')).toMatchObject({
      status: 200,
      body: { ready: true, checks: { database: true } },
    });
  });

  it('is not ready within two seconds of losing the database, and ready again when it is back', async () => {
    const agent = await buildAgent(hub.database);
    const caller = await signedIn(hub, agent.id);
    const port = Number(new URL(cable.url).port);
    await cable.cut();
    const cutAt = performance.now();
    expect(await until(503)).toBeLessThan(2000 + cutAt);
    expect((await stranger(hub).call('/health/live')).status).toBe(200);

    const answer = await caller.call('/api/me');
    expect(answer.body).toMatchObject({ status: 503, code: 'storage_away' });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');

    await cable.plugIn(port);
    await until(200);
    expect((await caller.call('/api/me')).status).toBe(200);
  });

  it('is not ready when a check of a room fails, throws or does not answer', async () => {
    const health = new Health();
    health.add('fine', () => Promise.resolve(true));
    health.add('broken', () => Promise.reject(new Error('no')));
    health.add('stuck', () => new Promise(() => undefined));
    expect(await health.ask()).toEqual({ ready: false, checks: { fine: true, broken: false, stuck: false } });
  });
});

describe('metrics', () => {
  it('are for the holder of the token, in the words of Prometheus', async () => {
    await stranger(hub).call('/health/live');
    const answer = await stranger(hub).call<string>('/metrics', {
      headers: { authorization: 'Bearer a-token-for-metrics' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('peyk_http_request_seconds_count{method="GET",route="/health/live",status="200"}');
    expect(answer.body).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('are not there for anybody else', async () => {
    expect((await stranger(hub).call('/metrics')).body).toMatchObject({ status: 404, code: 'not_found' });
    expect((await stranger(hub).call('/metrics', { headers: { authorization: 'Bearer wrong' } })).status).toBe(404);
  });

  it('are not for whom a proxy on this machine speaks for, whether it is trusted or not', async () => {
    const open = await startTestHub();
    const asked = (headers: Record<string, string>) => stranger(open).call('/metrics', { headers });
    try {
      expect((await asked({})).status).toBe(200);
      for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
        expect((await asked({ [name]: name === 'forwarded' ? 'for=203.0.113.7' : '127.0.0.1' })).status).toBe(404);
      }
    } finally {
      await open.stop();
    }
  });

  it('are open to this machine, and to nobody behind a proxy, when there is no token', async () => {
    const open = await startTestHub({ env: { TRUST_PROXY: '127.0.0.1' } });
    try {
      expect((await stranger(open).call('/metrics')).status).toBe(200);
      expect((await stranger(open).call('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(
        404,
      );
    } finally {
      await open.stop();
    }
  });
});

/** Asks until readiness has this status, and says when that was. */
async function until(status: number): Promise<number> {
  for (;;) {
    const answer = await stranger(hub).call('/health/ready');
    if (answer.status === status) {
      return performance.now();
    }
  }
}
