import { describe, expect, it } from '@jest/globals';
import { channelForms, formOf, fromField, toField } from './channel-fields.js';

describe('the settings of a channel', () => {
  it('open in the form that they were made with', () => {
    expect(formOf('sms', { provider: 'gateway' }).form).toBe('gateway');
    expect(formOf('sms', { provider: 'twilio' }).form).toBe('twilio');
    expect(formOf('email', {}).form).toBe('email');
  });

  it('come back from their fields as they went in', () => {
    const samples = { text: 'a', number: 587, switch: true, lines: ['a.com', 'b.com'], json: { url: 'https://x' } };
    for (const { fields } of channelForms) {
      for (const field of fields) {
        expect(fromField(field, toField(field, samples[field.input]))).toEqual(samples[field.input]);
      }
    }
  });

  it('take Persian digits for numbers', () => {
    expect(fromField({ name: 'port', input: 'number' }, '۵۸۷')).toBe(587);
  });

  it('leave out what was left empty, so that a stored secret is kept', () => {
    expect(fromField({ name: 'password', input: 'text', secret: true }, ' ')).toBeUndefined();
  });
});
