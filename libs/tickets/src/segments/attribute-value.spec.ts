import { describe, expect, it } from '@jest/globals';
import { readAttributeValue, type Attribute, type AttributeKind } from './attribute-value.js';

const choices = [
  { value: 'tehran', name: { en: 'Tehran', fa: 'تهران' } },
  { value: 'kerman', name: { en: 'Kerman', fa: 'کرمان' } },
  { value: 'old', name: { en: 'Old' }, retired: true },
];
const of = (kind: AttributeKind): Attribute => ({ key: 'one', kind, choices });

describe('values of what is known of customers', () => {
  it.each([
    ['number', '۱٬۲۳۴٫۵', 1234.5],
    ['number', '1,234', 1234],
    ['number', '1,234,567.25', 1234567.25],
    ['number', '۱۲،۳۴۵', 12345],
    ['number', '12,34,567', 1234567],
    ['number', '12,50', 12.5],
    ['number', '-0,125', -0.125],
    ['number', '1.234,50', 1234.5],
    ['number', '1.234.567', 1234567],
    ['number', '1.234', 1.234],
    ['number', '۱۲/۵', 12.5],
    ['number', ' -7 ', -7],
    ['date', '1403/12/30', '2025-03-20'],
    ['birthday', '۱۳۷۵-۰۱-۰۱', '1996-03-20'],
    ['date', '2026-11-22', '2026-11-22'],
    ['date', '22/11/2026', '2026-11-22'],
    ['yes_no', 'بله', true],
    ['yes_no', 'ندارد', false],
    ['yes_no', '۱', true],
    ['region', 'كرمان', 'kerman'],
    ['choice', 'TEHRAN', 'tehran'],
    ['choices', 'تهران، کرمان', ['kerman', 'tehran']],
    ['text', '  پیک ', 'پیک'],
    ['text', ' ', null],
    ['number', null, null],
  ] as const)('are read of a %s as %j', (kind, written, value) => {
    expect(readAttributeValue(of(kind), written)).toEqual({ value });
  });

  it.each([
    ['number', 'twelve', 'not_a_number'],
    ['number', '1,2,3', 'not_a_number'],
    ['number', '1,234,5', 'not_a_number'],
    ['number', '12,345.678,9', 'not_a_number'],
    ['date', '1403/12/31', 'not_a_date'],
    ['date', '1404/12/30', 'not_a_date'],
    ['date', '2026-02-30', 'not_a_date'],
    ['date', '12/11/26', 'not_a_date'],
    ['yes_no', 'maybe', 'not_yes_or_no'],
    ['region', 'Atlantis', 'not_a_choice'],
    ['choice', 'old', 'not_a_choice'],
    ['choices', 'tehran, nowhere', 'not_a_choice'],
    ['text', 12, 'not_a_text'],
    ['text', 'x'.repeat(501), 'too_long'],
  ] as const)('are refused of a %s for %j', (kind, written, fault) => {
    expect(readAttributeValue(of(kind), written)).toEqual({ fault });
  });
});
