import { Agent } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  listenOnLoopback,
  type LoopbackReply,
  type LoopbackServer,
} from '../../../../tools/stand-ins/loopback-server.js';
import { exchange, ExchangeFailed, type Exchange } from './http-exchange.js';

let server: LoopbackServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function call(answer: () => LoopbackReply | Promise<LoopbackReply>, more: Partial<Exchange> = {}) {
  server = await listenOnLoopback(answer);
  const url = `${server.url}/secret-key/send`;
  return exchange({ method: 'POST', url, headers: {}, body: 'x', timeoutMs: 2000, limitBytes: 100, ...more });
}

async function failureOf(promise: Promise<unknown>): Promise<ExchangeFailed> {
  const error: unknown = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof ExchangeFailed)) {
    throw new Error('expected ExchangeFailed', { cause: error });
  }
  return error;
}

describe('an HTTP exchange', () => {
  it('gives status and body, whatever the status is', async () => {
    const answer = await call(() => ({ status: 418, body: 'teapot' }));
    expect([answer.status, answer.body.toString()]).toEqual([418, 'teapot']);
  });

  it('follows no redirect by itself', async () => {
    const answer = await call(() => ({ status: 302, headers: { location: '/elsewhere' } }));
    expect(answer.status).toBe(302);
  });

  it('knows that nothing left when nobody listens', async () => {
    const nobody = {
      method: 'POST',
      url: 'http://127.0.0.1:1/secret-key',
      headers: {},
      timeoutMs: 2000,
      limitBytes: 1,
    };
    const error = await failureOf(exchange(nobody));
    expect(error).toMatchObject({ code: 'ECONNREFUSED', reached: false });
  });

  it('is in doubt when the connection breaks or the answer does not come in time', async () => {
    expect(await failureOf(call(() => 'cut'))).toMatchObject({ reached: true });
    await server?.close();
    const slow = failureOf(call(() => new Promise(() => undefined), { timeoutMs: 50 }));
    expect(await slow).toMatchObject({ code: 'timeout', reached: true });
  });

  it('stops reading an answer that is longer than allowed', async () => {
    const error = await failureOf(call(() => ({ status: 200, body: 'y'.repeat(101) })));
    expect(error).toMatchObject({ code: 'too_large', reached: true });
  });

  it('never shows the address, where providers put keys', async () => {
    const error = await failureOf(call(() => 'cut'));
    expect(`${String(error.stack)}${error.message}`).not.toContain('secret-key');
  });

  it('goes through the agent that the hub chose', async () => {
    const refusing = new Agent();
    refusing.createConnection = () => {
      throw Object.assign(new Error('private address'), { code: 'EADDRPRIVATE' });
    };
    const error = await failureOf(call(() => ({ status: 200 }), { agentFor: () => refusing }));
    expect(error).toMatchObject({ code: 'EADDRPRIVATE', reached: false });
  });
});
