import { describe, expect, it } from '@jest/globals';
import { smtpFailure } from './smtp-failure.js';

const failed = (fields: object, handedOver = false) => {
  const { code, retry, doubtful } = smtpFailure(Object.assign(new Error('it failed'), fields), handedOver, []);
  return [code, retry, doubtful];
};

describe('a failed mail', () => {
  it.each([
    [{ code: 'EENVELOPE', responseCode: 550 }, ['refused', 'never', false]],
    [{ code: 'EMESSAGE', responseCode: 421 }, ['deferred', 'soon', false]],
    [{ code: 'EENVELOPE' }, ['unsendable', 'never', false]],
    [{ code: 'EAUTH', responseCode: 535 }, ['unauthorised', 'after-reconnect', false]],
    [{ code: 'EAUTH', responseCode: 454 }, ['deferred', 'soon', false]],
    [{ code: 'ENOAUTH' }, ['unauthorised', 'after-reconnect', false]],
    [{ code: 'EENVELOPE', responseCode: 530 }, ['unauthorised', 'after-reconnect', false]],
    [{ code: 'ETLS' }, ['insecure', 'after-reconnect', false]],
    [{ code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, ['insecure', 'after-reconnect', false]],
    [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, ['insecure', 'after-reconnect', false]],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, ['unreachable', 'soon', false]],
    [{ code: 'EDNS' }, ['unreachable', 'soon', false]],
    [{ code: 'ETIMEDOUT' }, ['unreachable', 'soon', false]],
  ])('is judged by what the server or the line said: %j', (fields, expected) => {
    expect(failed(fields)).toEqual(expected);
  });

  it('is in doubt only when all of it had been handed over and nothing was answered', () => {
    expect(failed({ code: 'ETIMEDOUT' }, true)).toEqual(['unconfirmed', 'soon', true]);
    expect(failed({ code: 'EMESSAGE', responseCode: 554 }, true)).toEqual(['refused', 'never', false]);
  });

  it('tells the answer of the server on one line, without a password and not at length', () => {
    const cause = Object.assign(new Error('x'), {
      responseCode: 550,
      response: `550 no hunter2\r\n550 ${'y'.repeat(999)}`,
    });
    const { message } = smtpFailure(cause, false, ['hunter2', '']);
    expect(message).toMatch(/^550 no ••• 550 y+$/u);
    expect(message.length).toBeLessThanOrEqual(300);
  });

  it('can be anything that was thrown', () => {
    expect(smtpFailure('what', false, [])).toMatchObject({ retry: 'soon', doubtful: false });
    expect(smtpFailure(null, true, [])).toMatchObject({ retry: 'soon', doubtful: true });
  });
});
