import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listenOnLoopback, type LoopbackServer } from './loopback-server.js';
import { parseTwiml } from './twilio-voice-twiml.js';
import { signTwilio } from './twilio-webhooks.js';
import { startTwilio, type TwilioStandIn } from './twilio.js';

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const answers: Record<string, string[]> = {};
let hub: LoopbackServer;
let twilio: TwilioStandIn;
let forged = 0;

/** Answers each way in by its list; the last answer repeats. */
beforeEach(async () => {
  forged = 0;
  Object.keys(answers).forEach((name) => delete answers[name]);
  hub = await listenOnLoopback(({ path, query, headers, body }) => {
    const text = query.toString();
    const url = `http://peyk.test${path}${text === '' ? '' : `?${text}`}`;
    const params = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    forged += headers['x-twilio-signature'] === signTwilio(twilio.authToken, url, params) ? 0 : 1;
    const name = path.split('/').at(-1) ?? '';
    const list = answers[name] ?? [''];
    const next = list.length > 1 ? list.shift() : list[0];
    return next === 'fail' ? { status: 500 } : { status: 200, body: `${head}<Response>${next ?? ''}</Response>` };
  });
  twilio = await startTwilio({ publicUrl: 'http://peyk.test', hubUrl: hub.url });
});
afterEach(async () => {
  await twilio.close();
  await hub.close();
});

const at = (place: string) => `http://peyk.test/hooks/twilio/c1/${place}`;
const dialIn = (acts: Parameters<TwilioStandIn['voice']['dialIn']>[1]['acts']) =>
  twilio.voice.dialIn('c1', { from: '+989121234567', to: '+9821', acts });

describe('TwiML as Twilio reads it', () => {
  it('keeps attributes and texts', () => {
    expect(
      parseTwiml(`${head}<Response><Say language="en-US">a &lt;b&gt; &amp; &#x41;</Say><Hangup/></Response>`),
    ).toMatchObject({
      children: [{ name: 'Say', text: 'a <b> & A', attributes: { language: 'en-US' } }, { name: 'Hangup' }],
    });
  });

  it.each([
    '',
    '<Response>',
    '<Response></Say>',
    '<Response><Say>a & b</Say></Response>',
    '<Response/><Response/>',
    '<Say/>',
  ])('refuses %j', (document) => {
    expect(() => parseTwiml(document)).toThrow(Error);
  });
});

describe('a caller who dials in', () => {
  it('presses, is silent and hangs up, every request signed', async () => {
    answers['voice'] = [
      `<Gather action="${at('voice-next?turn=1')}" actionOnEmptyResult="true"><Say>Hello</Say></Gather>`,
    ];
    answers['voice-next'] = [`<Gather action="${at('voice-next?turn=2')}" actionOnEmptyResult="true"/>`];
    const { heard, requests, problems } = await dialIn([{ press: '1' }, 'silence', 'hang_up']);
    expect([heard, problems, forged]).toEqual([[{ say: 'Hello', language: '' }], [], 0]);
    expect(requests.map(({ path, params }) => [path, params['Digits']])).toEqual([
      ['voice', undefined],
      ['voice-next', '1'],
      ['voice-next', undefined],
    ]);
    expect(twilio.voice.told.at(-1)?.params).toMatchObject({ CallStatus: 'completed' });
  });

  it('goes to the fallback address when the hub fails, and sees answers that differ', async () => {
    answers['voice'] = ['fail'];
    answers['voice-fallback'] = ['<Say>Sorry</Say><Hangup/>'];
    const { heard, requests } = await dialIn([]);
    expect(heard).toEqual([{ say: 'Sorry', language: '' }, 'hang_up']);
    expect(requests.at(-1)?.params).toMatchObject({ ErrorCode: '11200', ErrorUrl: at('voice') });
    twilio.voice.doubles = 1;
    answers['voice'] = ['<Say>one</Say>', '<Say>two</Say>'];
    expect((await dialIn([])).problems).toHaveLength(1);
  });

  it('hears music, is fetched out of it over REST, and is joined with who answers', async () => {
    answers['voice'] = [`<Enqueue waitUrl="${at('voice-wait')}" action="${at('voice-next?of=hold')}">q</Enqueue>`];
    answers['voice-wait'] = ['<Play>http://m</Play><Leave/>'];
    answers['voice-next'] = ['<Hangup/>'];
    answers['voice-dialled'] = [`<Dial action="${at('voice-next')}"><Number>+9821101</Number></Dial>`];
    twilio.voice.secondMs = 1000;
    twilio.voice.rung = () => ({ answers: 0 });
    const sid = 'CA00000000000000000000000000000001';
    const walking = twilio.voice.dialIn('c1', { from: '+98912', to: '+9821', acts: [], sid });
    const fetchOut = async (): Promise<void> => {
      const answer = await fetch(`${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Calls/${sid}.json`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ Url: at('voice-dialled'), Method: 'POST' }).toString(),
      });
      expect(answer.status).toBe(200);
    };
    await fetchOut();
    const { heard, requests } = await walking;
    expect(heard).toEqual(
      expect.arrayContaining([{ rings: '+9821101' }, { talks: '+9821101', seconds: 0 }, 'hang_up']),
    );
    expect(requests.at(-1)?.params).toMatchObject({ DialCallStatus: 'completed' });
  });
});
