import { expect, it } from '@jest/globals';
import { findPhoneMisfit, phoneConfig, type PhoneSettings } from './phone-settings.js';

const accountSid = 'AC00000000000000000000000000000001';
const misfitOf = (config: object, publicUrl: string | null) =>
  findPhoneMisfit(phoneConfig.parse(config) as PhoneSettings, publicUrl)?.field ?? null;

it('a provider that asks Peyk what callers hear needs a public address, and one that plays a greeting does not', () => {
  const peyk = { driver: 'twilio', accountSid, answers: 'peyk' };
  const jambonz = { driver: 'jambonz', accountSid: '0193a0c6-0000-7000-8000-000000000001' };
  expect([misfitOf(peyk, null), misfitOf(jambonz, null)]).toEqual(['config.answers', 'config.driver']);
  expect([misfitOf(peyk, 'https://hub.example'), misfitOf(jambonz, 'https://hub.example')]).toEqual([null, null]);
  expect([misfitOf({ driver: 'twilio', accountSid }, null), misfitOf({ driver: 'pbx' }, null)]).toEqual([null, null]);
});
