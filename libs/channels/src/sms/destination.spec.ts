import { describe, expect, it } from '@jest/globals';
import { smsLimits } from './common-settings.js';
import { refusalOfDestination } from './destination.js';

const refusal = (address: string, limits: object) =>
  refusalOfDestination(address, smsLimits.parse(limits))?.code ?? null;

describe('the numbers that an account may write to', () => {
  it.each([
    ['+989121234567', {}, null],
    ['+989121234567', { countries: [], prefixes: [] }, null],
    ['+989121234567', { countries: ['IR'] }, null],
    ['+4915123456789', { countries: ['IR'] }, 'country_not_allowed'],
    ['+88213123456', { countries: ['IR'] }, 'country_not_allowed'],
    ['+989121234567', { prefixes: ['+98912', '+98935'] }, null],
    ['+989901234567', { prefixes: ['+98912', '+98935'] }, 'prefix_not_allowed'],
    ['+989901234567', { countries: ['IR'], prefixes: ['+98912'] }, 'prefix_not_allowed'],
  ])('%s under %j: %s', (address, limits, code) => {
    expect(refusal(address, limits)).toBe(code);
  });
});
