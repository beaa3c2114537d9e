import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listenOnLoopback, type LoopbackRequest, type LoopbackServer } from './loopback-server.js';
import { startSmsGateway, type GatewayStandIn } from './sms-gateway.js';

let hub: LoopbackServer;
let gateway: GatewayStandIn;
let taken: LoopbackRequest[];
let answerWith: number[];

beforeEach(async () => {
  taken = [];
  answerWith = [];
  hub = await listenOnLoopback((request) => {
    taken.push(request);
    return { status: answerWith.shift() ?? 200 };
  });
  gateway = await startSmsGateway({ hubUrl: hub.url, retryMs: 1 });
});

afterEach(async () => {
  await gateway.close();
  await hub.close();
});

async function send(fields: Record<string, string>, key = gateway.apiKey): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${gateway.url}/v1/${key}/sms/send.json`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: await response.json() };
}

describe('the SMS gateway stand-in', () => {
  it('takes a message and names it', async () => {
    const answer = await send({ receptor: '09121234567', sender: '3000', message: 'سلام' });
    const [delivery] = gateway.receivedBy('09121234567');
    expect(delivery).toMatchObject({ from: '3000', text: 'سلام' });
    expect(answer.body).toMatchObject({ return: { status: 200 }, entries: [{ messageid: Number(delivery?.id) }] });
  });

  it('states failures inside a 200, and a wrong key by 403', async () => {
    const failed = { status: 200, body: { return: { status: 411 } } };
    expect(await send({ receptor: '12', message: 'x' })).toMatchObject(failed);
    expect(await send({ receptor: '09121234567', message: 'x' }, 'wrong')).toMatchObject({ status: 403 });
    gateway.faults.arm('business_error');
    expect(await send({ receptor: '09121234567', message: 'x' })).toMatchObject({ body: { return: { status: 418 } } });
    expect(gateway.received).toEqual([]);
  });

  it('pushes messages and reports with its secret, until they are taken', async () => {
    answerWith = [500];
    await gateway.sms({ from: '09121234567', text: 'سلام', id: '5' });
    await gateway.report('5', 'delivered');
    expect(taken.map(({ body }) => Object.fromEntries(new URLSearchParams(body.toString('utf8'))))).toEqual([
      { from: '09121234567', message: 'سلام', messageid: '5' },
      { from: '09121234567', message: 'سلام', messageid: '5' },
      { messageid: '5', status: 'delivered' },
    ]);
    expect(taken[0]?.headers['x-gateway-secret']).toBe(gateway.inboundSecret);
    expect(gateway.sent).toHaveLength(2);
  });
});
