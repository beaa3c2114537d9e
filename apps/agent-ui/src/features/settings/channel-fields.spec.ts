import { describe, expect, it } from '@jest/globals';
import texts from '../../i18n/channels.en.json' with { type: 'json' };
import {
  channelForms,
  choiceKey,
  formOf,
  fromField,
  labelKey,
  leaveOut,
  putSetting,
  settingAt,
  toField,
} from './channel-fields.js';

describe('the settings of a channel', () => {
  it('open in the form that they were made with', () => {
    expect(formOf('sms', { driver: 'gateway' }).form).toBe('gateway');
    expect(formOf('phone', { driver: 'pbx' }).form).toBe('pbx');
    expect(formOf('email', {}).form).toBe('email');
  });

  it('come back from their fields as they went in', () => {
    const samples = {
      text: 'a',
      number: 587,
      switch: true,
      lines: ['a.com', 'b.com'],
      json: { url: 'https://x' },
      choice: 'a',
      paragraph: 'a\nb',
    };
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
    expect(fromField({ name: 'smtpPassword', input: 'text', secret: true }, ' ')).toBeUndefined();
  });

  it('are found and put where the hub keeps them, beside settings that no field shows', () => {
    const host = { name: 'host', within: 'smtp', input: 'text' } as const;
    const stored = { address: 'a@b.c', aliases: ['x@b.c'], smtp: { host: 'old', port: 25 } };
    expect(settingAt(stored, host)).toBe('old');
    expect(putSetting(stored, host, 'new')).toEqual({ ...stored, smtp: { host: 'new', port: 25 } });
    expect(putSetting(stored, host, undefined)).toEqual({ ...stored, smtp: { port: 25 } });
    expect(putSetting({}, host, 'new')).toEqual({ smtp: { host: 'new' } });
  });

  it('are put into objects within objects, and come back from there', () => {
    const signature = { name: 'fa', within: 'outgoing.signature' } as const;
    const stored = { outgoing: { dkim: null, signature: { en: 'Regards' } } };
    const put = putSetting(stored, signature, 'با احترام');
    expect(put).toEqual({ outgoing: { dkim: null, signature: { en: 'Regards', fa: 'با احترام' } } });
    expect(settingAt(put, signature)).toBe('با احترام');
    expect(settingAt({ outgoing: null }, signature)).toBeUndefined();
  });

  it('leave out a server that was not named: its port alone means nothing', () => {
    const spec = { optional: { imap: 'host' } } as const;
    expect(leaveOut({ imap: { port: 993 }, smtp: {} }, spec)).toEqual({ smtp: {} });
    expect(leaveOut({ imap: { host: 'h' } }, spec)).toEqual({ imap: { host: 'h' } });
  });

  it('all have names, and so has everything that can be chosen', () => {
    const names = channelForms.flatMap(({ fields }) =>
      fields.flatMap((field) => [labelKey(field), ...(field.choices ?? []).map((choice) => choiceKey(field, choice))]),
    );
    const known: Record<string, Record<string, unknown>> = texts as never;
    const unnamed = names.filter(
      (key) => typeof known[key.split('.')[0] ?? '']?.[key.split('.')[1] ?? ''] !== 'string',
    );
    expect(unnamed).toEqual([]);
  });
});
