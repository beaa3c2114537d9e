import { describe, expect, it } from '@jest/globals';
import { loadTwilioSpec } from './twilio-spec.js';

const spec = loadTwilioSpec();
if (spec === null) {
  process.stderr.write('SKIPPED: Twilio’s published description is missing, its check was not tried.\n');
}

const home = '/2010-04-01/Accounts/AC00000000000000000000000000000001';

function faults(method: string, place: string, form: Record<string, string> = {}): string[] {
  const [path = '', query = ''] = place.split('?');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = Buffer.from(new URLSearchParams(form).toString());
  const gone = new AbortController().signal;
  return spec?.faultsIn({ method, path: home + path, query: new URLSearchParams(query), headers, body, gone }) ?? [];
}

(spec ? describe : describe.skip)('a request by Twilio’s published description', () => {
  const message = { To: '+989121234567', From: '+15005550006', Body: 'سلام' };

  it.each([
    ['POST', '/Messages.json', message],
    ['POST', '/Messages.json', { ...message, StatusCallback: 'https://hub.example/hooks/twilio/c1/sms-status' }],
    ['GET', '/Messages.json?DateSent%3E=2026-01-01T00:00:00Z&PageSize=1000', {}],
    ['GET', '.json', {}],
  ])('is valid: %s %s', (method, place, form) => {
    expect(faults(method, place, form)).toEqual([]);
  });

  it.each([
    ['an unknown path', 'POST', '/Texts.json', message],
    ['an unknown field', 'POST', '/Messages.json', { ...message, Txt: 'x' }],
    ['no recipient', 'POST', '/Messages.json', { Body: 'x' }],
    ['a service that is none', 'POST', '/Messages.json', { ...message, MessagingServiceSid: 'MG1' }],
    ['a callback that is no address', 'POST', '/Messages.json', { ...message, StatusCallback: 'hub' }],
    ['a page that is no number', 'GET', '/Messages.json?PageSize=many', {}],
    ['a page that is too large', 'GET', '/Messages.json?PageSize=5000', {}],
    ['an unknown filter', 'GET', '/Messages.json?Since=2026-01-01', {}],
    ['a date that is none', 'GET', '/Messages.json?DateSent%3E=yesterday', {}],
  ])('is not valid with %s', (_, method, place, form) => {
    expect(faults(method, place, form)).not.toEqual([]);
  });
});
