import { describe, expect, it } from '@jest/globals';
import type { VisitorFormCall } from '#contract';
import { fieldsOf, readAway, readBefore } from './visitor-form.js';

const both = (en: string, fa: string): { en: string; fa: string } => ({ en, fa });

const before = {
  isOn: true,
  name: 'required',
  email: 'optional',
  phone: 'optional',
  question: both('Which product?', ''),
  consent: both('I agree to the terms', 'شرایط را می‌پذیرم'),
} as const;

const call = (values: VisitorFormCall['values'], more: Partial<VisitorFormCall> = {}): VisitorFormCall => ({
  id: '0190a0de-0000-7000-8000-000000000001',
  kind: 'before',
  locale: 'en',
  values,
  ...more,
});

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return 'nothing was refused';
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

describe('the form before the first message', () => {
  it('asks what the channel wants, in the language of the visitor where there is a text in it', () => {
    expect(fieldsOf(before, 'fa')).toEqual([
      { name: 'name', isRequired: true, label: '' },
      { name: 'email', isRequired: false, label: '' },
      { name: 'phone', isRequired: false, label: '' },
      { name: 'question', isRequired: true, label: 'Which product?' },
      { name: 'consent', isRequired: true, label: 'شرایط را می‌پذیرم' },
    ]);
    expect(fieldsOf({ ...before, isOn: false }, 'en')).toBeNull();
  });

  it('becomes a text for the agent and claims, with numbers in any digits', () => {
    const filled = readBefore(
      before,
      call({ name: ' Sara \n M ', email: 'Sara@Example.COM', phone: '۰۹۱۲ ۱۲۳ ۴۵۶۷', question: 'Tea', consent: 'yes' }),
      'IR',
    );
    expect(filled).toEqual({
      text: 'Which product? Tea\nName: Sara M\nE-mail: sara@example.com\nPhone: +989121234567\nAgreed to: I agree to the terms',
      name: 'Sara M',
      claims: [
        { kind: 'email', address: 'sara@example.com', source: 'form' },
        { kind: 'phone', address: '+989121234567', source: 'form' },
      ],
      wish: null,
    });
  });

  it('names the field that is missing or wrong', () => {
    const whole = { name: 'S', question: 'Tea', consent: 'yes' };
    const tried = (values: VisitorFormCall['values']): unknown =>
      codeOf(() => readBefore(before, call({ ...whole, ...values }), 'IR'));
    expect(tried({ name: '  ' })).toBe('name_missing');
    expect(tried({ consent: 'no' })).toBe('consent_missing');
    expect(tried({ email: 'sara at example' })).toBe('email_invalid');
    expect(tried({ phone: '30001234' })).toBe('phone_invalid');
    expect(tried({})).toBe('nothing was refused');
  });

  it('takes nothing that was not asked', () => {
    const filled = readBefore(
      { ...before, name: 'off', email: 'off', consent: both('', '') },
      call({ name: 'Sara', email: 'x@example.com', question: 'Tea' }),
      null,
    );
    expect(filled).toMatchObject({ text: 'Which product? Tea', name: '', claims: [] });
  });
});

describe('the form for those who leave', () => {
  it('says how to answer, with the address as a claim', () => {
    const wish = call({ email: 'a@example.com', message: 'Where is it?' }, { kind: 'away', way: 'email' });
    expect(readAway(wish, ['email'], null)).toEqual({
      text: 'Where is it?\n\nAnswer me by e-mail: a@example.com',
      name: '',
      claims: [{ kind: 'email', address: 'a@example.com', source: 'form' }],
      wish: { way: 'email', address: 'a@example.com' },
    });
  });

  it('needs no address for Telegram, and no way for a mere message', () => {
    const telegram = readAway(call({}, { kind: 'away', way: 'telegram', locale: 'fa' }), ['telegram'], null);
    expect(telegram).toMatchObject({ text: 'پاسخ در تلگرام', claims: [], wish: { way: 'telegram', address: null } });
    expect(readAway(call({ message: 'Hello' }, { kind: 'away' }), [], null)).toMatchObject({
      text: 'Hello',
      wish: null,
    });
  });

  it('refuses what cannot be answered', () => {
    const tried = (values: VisitorFormCall['values'], way: VisitorFormCall['way']): unknown =>
      codeOf(() => readAway(call(values, { kind: 'away', way: way ?? null }), ['email', 'sms'], 'IR'));
    expect(tried({}, null)).toBe('message_missing');
    expect(tried({ message: 'x' }, 'telegram')).toBe('way_invalid');
    expect(tried({ message: 'x' }, 'email')).toBe('email_missing');
    expect(tried({ phone: '123' }, 'sms')).toBe('phone_invalid');
  });
});
