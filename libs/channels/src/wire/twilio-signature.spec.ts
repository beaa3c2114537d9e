import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { signTwilio } from '../../../../tools/stand-ins/twilio-webhooks.js';
import { ForgedWebhook } from '../channel-adapter.js';
import { isTwilioFile, readTwilioRequest } from './twilio-request.js';
import { checkTwilioSignature } from './twilio-signature.js';

const accountSid = 'AC00000000000000000000000000000001';
const proof = { publicUrl: 'https://hub.example', accountSid, authTokens: ['token-of-this-spec'] };

function buildRequest(params: Record<string, string>, signature: string | undefined) {
  return {
    method: 'POST',
    path: 'sms',
    originalUrl: '/hooks/twilio/c1/sms',
    headers: { 'x-twilio-signature': signature, host: 'attacker.example' },
    body: Buffer.from(new URLSearchParams(params).toString()),
  };
}

const params = { AccountSid: accountSid, Body: 'سلام & hello', From: '+989121234567' };
const right = signTwilio('token-of-this-spec', 'https://hub.example/hooks/twilio/c1/sms', params);

describe('a signed request of Twilio', () => {
  it('is read when the signature is right', async () => {
    expect(await readTwilioRequest(buildRequest(params, right), proof)).toEqual(params);
  });

  it('is read with the former token while tokens are rotated', async () => {
    const rotating = { ...proof, authTokens: ['new-token', 'token-of-this-spec'] };
    expect(await readTwilioRequest(buildRequest(params, right), rotating)).toEqual(params);
  });

  it.each([
    ['no signature', params, undefined],
    ['a changed field', { ...params, Body: 'other' }, right],
    ['an added field', { ...params, NumMedia: '1' }, right],
    ['another URL', params, signTwilio('token-of-this-spec', 'https://attacker.example/hooks/twilio/c1/sms', params)],
    ['another token', params, signTwilio('x', 'https://hub.example/hooks/twilio/c1/sms', params)],
  ])('is refused with %s', async (_, given, signature) => {
    await expect(readTwilioRequest(buildRequest(given, signature), proof)).rejects.toThrow(ForgedWebhook);
  });

  it('is refused when it is of another account, although it is signed', async () => {
    const foreign = { ...params, AccountSid: 'AC00000000000000000000000000000002' };
    const signature = signTwilio('token-of-this-spec', 'https://hub.example/hooks/twilio/c1/sms', foreign);
    await expect(readTwilioRequest(buildRequest(foreign, signature), proof)).rejects.toThrow('another Twilio account');
  });

  it('is refused as long as no token or no public address is set', async () => {
    const unset = { ...proof, authTokens: [undefined, ''] };
    const empty = signTwilio('', 'https://hub.example/hooks/twilio/c1/sms', params);
    await expect(readTwilioRequest(buildRequest(params, empty), unset)).rejects.toThrow(ForgedWebhook);
    const unreachable = { ...proof, publicUrl: null };
    await expect(readTwilioRequest(buildRequest(params, right), unreachable)).rejects.toThrow(ForgedWebhook);
  });
});

describe('places of Twilio files', () => {
  it.each([
    ['https://api.twilio.com/2010/x', true],
    ['https://media.twiliocdn.com/x', true],
    ['http://api.twilio.com/x', false],
    ['https://api.twilio.com.evil.example/x', false],
    ['https://eviltwilio.com/x', false],
    ['http://127.0.0.1:99/x', true],
    ['http://127.0.0.1:98/x', false],
  ])('%s: %s', (url, expected) => {
    expect(isTwilioFile(new URL(url), 'http://127.0.0.1:99')).toBe(expected);
  });
});

const corpus = new URL('../../../../../shared/corpus/sms/index.json', import.meta.url);
const isHere = existsSync(corpus);
if (!isHere) {
  process.stderr.write('SKIPPED: the SMS corpus is missing, published signatures were not checked.\n');
}

interface SignatureCase {
  id: string;
  set: string;
  url: string;
  params?: Record<string, string | string[]>;
  raw_body?: string;
  signature: string;
  valid: boolean;
}

(isHere ? describe : describe.skip)('the published signatures', () => {
  const index = isHere
    ? (JSON.parse(readFileSync(corpus, 'utf8')) as {
        sets: Record<string, { auth_token?: string }>;
        cases: SignatureCase[];
      })
    : { sets: {}, cases: [] };
  const cases = index.cases.filter(({ set }) => set === 'twilio-signature');
  it.each(cases.map((one): [string, SignatureCase] => [one.id, one]))('%s', (_, one) => {
    const token = index.sets['twilio-signature']?.auth_token ?? '';
    const request = { url: one.url, form: one.params ?? {}, body: one.raw_body ?? '' };
    expect(checkTwilioSignature(token, one.signature, request)).toBe(one.valid);
  });
});
