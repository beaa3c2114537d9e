import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listenOnLoopback, type LoopbackRequest, type LoopbackServer } from './loopback-server.js';
import { startPbx } from './pbx.js';

let hub: LoopbackServer;
let taken: LoopbackRequest[];

beforeEach(async () => {
  taken = [];
  hub = await listenOnLoopback((request) => {
    taken.push(request);
    return { status: 200 };
  });
});

afterEach(() => hub.close());

const eventsTaken = () => taken.map(({ body }) => (JSON.parse(body.toString('utf8')) as { event: string }).event);

describe('the telephone exchange stand-in', () => {
  it('reports a call that is answered, with its token', async () => {
    const pbx = startPbx({ url: hub.url, token: 'tok en' });
    const callId = await pbx.call({ from: '09121234567', to: '100', answeredBy: '101' });
    expect(eventsTaken()).toEqual(['newCall', 'answer', 'hangup']);
    expect(taken[0]?.query.get('token')).toBe('tok en');
    expect(JSON.parse(taken[2]?.body.toString('utf8') ?? '')).toMatchObject({ callId, cause: 'normalClearing' });
  });

  it('reports a call that nobody answers, as a form', async () => {
    const pbx = startPbx({ url: hub.url, token: 't', form: 'form' });
    await pbx.call({ from: '09121234567', to: '100' });
    const fields = taken.map(({ body }) => Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
    expect(fields).toMatchObject([{ event: 'newCall' }, { event: 'hangup', cause: 'noAnswer' }]);
  });

  it('loses, doubles and reverses events when told to', async () => {
    const pbx = startPbx({ url: hub.url, token: 't' });
    pbx.faults.arm('lost');
    await pbx.call({ from: '1', to: '2', answeredBy: '3' });
    pbx.faults.arm('doubled');
    pbx.faults.arm('reversed');
    await pbx.call({ from: '1', to: '2', answeredBy: '3' });
    expect(eventsTaken()).toEqual(['answer', 'hangup', 'hangup', 'hangup', 'answer', 'newCall']);
    expect(pbx.sent).toHaveLength(6);
  });
});
