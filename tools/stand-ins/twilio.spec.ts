import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import { listenOnLoopback, type LoopbackRequest, type LoopbackServer } from './loopback-server.js';
import { startTwilio, type TwilioStandIn } from './twilio.js';

const publicUrl = 'https://hub.example';
let hub: LoopbackServer;
let twilio: TwilioStandIn;
let taken: LoopbackRequest[];
let answerWith: number[];

beforeEach(async () => {
  taken = [];
  answerWith = [];
  hub = await listenOnLoopback((request) => {
    taken.push(request);
    return { status: answerWith.shift() ?? 200, body: '<Response/>' };
  });
  twilio = await startTwilio({ publicUrl, hubUrl: hub.url, retryMs: 1 });
});

afterEach(async () => {
  await twilio.close();
  await hub.close();
});

const message = { To: '+989121234567', From: '+15005550006', Body: 'سلام' };

async function send(
  params: Record<string, string>,
  authorization?: string,
): Promise<{ status: number; body: unknown }> {
  const basic = Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64');
  const response = await fetch(`${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`, {
    method: 'POST',
    headers: { authorization: authorization ?? `Basic ${basic}` },
    body: new URLSearchParams(params),
  });
  return { status: response.status, body: await response.json() };
}

function isSigned(request: LoopbackRequest): boolean {
  const query = request.query.size === 0 ? '' : `?${request.query.toString()}`;
  const params = Object.fromEntries(new URLSearchParams(request.body.toString('utf8')));
  const signature = request.headers['x-twilio-signature'] ?? '';
  return twilioWebhooks.validateRequest(twilio.authToken, signature, publicUrl + request.path + query, params);
}

describe('the Twilio stand-in', () => {
  it('takes a message, records it for its phone and reports on it, signed', async () => {
    const StatusCallback = `${publicUrl}/hooks/twilio/c1/sms-status`;
    expect(await send({ ...message, StatusCallback })).toMatchObject({ status: 201, body: { status: 'queued' } });
    await twilio.settled();
    expect(twilio.receivedBy(message.To)).toMatchObject([{ body: 'سلام' }]);
    expect(twilio.sent.map(({ params }) => params['MessageStatus'])).toEqual(['sent', 'delivered']);
    expect(taken.map(isSigned)).toEqual([true, true]);
  });

  it.each([
    ['no recipient', { To: '' }, 21604],
    ['a recipient that is no number', { To: '0912' }, 21211],
    ['no sender', { From: '' }, 21603],
    ['no text', { Body: '' }, 21602],
    ['a text that is too long', { Body: 'x'.repeat(1601) }, 21617],
    ['a callback that is no URL', { StatusCallback: 'hub' }, 21609],
    ['an unknown parameter', { Txt: 'x' }, 20001],
  ])('refuses %s', async (_, wrong, code) => {
    expect(await send({ ...message, ...wrong })).toMatchObject({ status: 400, body: { code } });
    expect(twilio.received).toEqual([]);
  });

  it('refuses a wrong key and a recipient who opted out', async () => {
    expect(await send(message, 'Basic eDp5')).toMatchObject({ status: 401, body: { code: 20003 } });
    twilio.optOut(message.To);
    expect(await send(message)).toMatchObject({ status: 400, body: { code: 21610 } });
    twilio.optIn(message.To);
    expect(await send(message)).toMatchObject({ status: 201 });
  });

  it('hands over an SMS with its files until it is taken', async () => {
    answerWith = [503];
    const media = [{ bytes: Buffer.from('png'), mediaType: 'image/png' }];
    await twilio.sms('c1', { from: message.To, to: message.From, body: 'عکس', media });
    expect(taken.map(({ path }) => path)).toEqual(['/hooks/twilio/c1/sms', '/hooks/twilio/c1/sms']);
    expect(taken.map(isSigned)).toEqual([true, true]);
    const fields = new URLSearchParams(taken[1]?.body.toString('utf8'));
    const basic = Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64');
    const file = await fetch(fields.get('MediaUrl0') ?? '', { headers: { authorization: `Basic ${basic}` } });
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['image/png', 'png']);
    expect((await fetch(fields.get('MediaUrl0') ?? '')).status).toBe(401);
  });

  it('repeats an SMS under the same id, and does not insist after a refusal', async () => {
    twilio.repeatWebhooks(1);
    await twilio.sms('c1', { from: message.To, to: message.From, body: 'x' });
    expect(new Set(taken.map(({ body }) => body.toString())).size).toBe(1);
    expect(taken).toHaveLength(2);
    twilio.repeatWebhooks(0);
    answerWith = [403];
    expect(await twilio.sms('c1', { from: message.To, to: message.From, body: 'x' })).toMatchObject({ status: 403 });
    expect(taken).toHaveLength(3);
  });

  it('walks a call from its first ring to its end, and reports its recording', async () => {
    const { sid, twiml } = await twilio.call('c1', { from: message.To, to: message.From });
    await twilio.recording('c1', { sid, bytes: Buffer.from('wav'), from: message.To });
    const seen = twilio.sent.map(({ path, params }) => [
      path.split('?')[0],
      params['CallStatus'],
      params['SequenceNumber'],
    ]);
    expect(seen).toEqual([
      ['voice', 'ringing', undefined],
      ['voice-status', 'ringing', '0'],
      ['voice-status', 'in-progress', '1'],
      ['voice-status', 'completed', '2'],
      ['recording', undefined, undefined],
    ]);
    expect(twiml).toBe('<Response/>');
    expect(taken.every(isSigned)).toBe(true);
  });

  it('takes the message of a cut connection', async () => {
    twilio.faults.arm('cut_after');
    await expect(send(message)).rejects.toThrow('fetch failed');
    expect(twilio.received).toHaveLength(1);
    twilio.faults.arm('cut_before');
    await expect(send(message)).rejects.toThrow('fetch failed');
    expect(twilio.received).toHaveLength(1);
  });
});
