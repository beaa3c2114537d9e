import { describe, expect, it } from '@jest/globals';
import { checkValues, fieldLimits, missingFields } from './check-values.js';
import type { FieldKind, FieldValue, TicketField } from './ticket-field.js';

function buildField(kind: FieldKind, more: Partial<TicketField> = {}): TicketField {
  return {
    id: kind,
    key: kind,
    kind,
    name: { en: kind },
    choices: [
      { value: 'red', name: {} },
      { value: 'blue', name: {} },
      { value: 'old', name: {}, retired: true },
    ],
    queueIds: null,
    requiredToSolve: false,
    isRetired: false,
    ...more,
  };
}

const check = (kind: FieldKind, value: unknown, before?: FieldValue) =>
  checkValues([buildField(kind)], { [kind]: value }, before === undefined ? {} : { [kind]: before });
const fits = (kind: FieldKind, value: FieldValue | null) => ({ outcome: 'fit', values: { [kind]: value } });
const unfit = (kind: FieldKind, why: string) => ({ outcome: 'unfit', field: kind, why });

describe('values of fields', () => {
  it.each<[FieldKind, unknown, FieldValue | null]>([
    ['text', '  شماره ۱۲ ', 'شماره ۱۲'],
    ['text', '   ', null],
    ['long_text', 'one\ntwo', 'one\ntwo'],
    ['number', -1.5, -1.5],
    ['number', 0, 0],
    ['checkbox', false, false],
    ['choice', 'red', 'red'],
    ['choices', ['blue', 'red', 'blue'], ['blue', 'red']],
    ['choices', [], null],
    ['date', '2028-02-29', '2028-02-29'],
    ['date', null, null],
  ])('of kind %s take %j', (kind, value, stored) => {
    expect(check(kind, value)).toEqual(fits(kind, stored));
  });

  it.each<[FieldKind, unknown, string]>([
    ['text', 5, 'not_text'],
    ['text', 'one\ntwo', 'not_one_line'],
    ['text', 'x'.repeat(fieldLimits.text + 1), 'too_long'],
    ['long_text', 'x'.repeat(fieldLimits.longText + 1), 'too_long'],
    ['number', '5', 'not_a_number'],
    ['number', Number.NaN, 'not_a_number'],
    ['number', 1e300, 'not_a_number'],
    ['checkbox', 'yes', 'not_yes_or_no'],
    ['choice', 'green', 'not_a_choice'],
    ['choice', ['red'], 'not_a_choice'],
    ['choices', 'red', 'not_a_list'],
    ['choices', ['red', 'green'], 'not_a_choice'],
    ['choices', [5], 'not_a_choice'],
    ['date', '2027-02-29', 'not_a_date'],
    ['date', '2027-1-1', 'not_a_date'],
    ['date', '2027-01-01T00:00:00Z', 'not_a_date'],
  ])('of kind %s refuse %j: %s', (kind, value, why) => {
    expect(check(kind, value)).toEqual(unfit(kind, why));
  });

  it('refuse a field that nobody knows, before anything else is looked at', () => {
    expect(checkValues([buildField('text')], { other: 1, text: 5 }, {})).toEqual({
      outcome: 'unknown',
      field: 'other',
    });
  });

  it('keep a choice that was retired where it is, and let it come nowhere anew', () => {
    expect(check('choice', 'old', 'old')).toEqual(fits('choice', 'old'));
    expect(check('choice', 'old', 'red')).toEqual(unfit('choice', 'not_a_choice'));
    expect(check('choices', ['red', 'old'], ['old'])).toEqual(fits('choices', ['red', 'old']));
    expect(check('choices', ['red', 'old'], ['red'])).toEqual(unfit('choices', 'not_a_choice'));
  });

  it('of a retired field can be taken away and not set', () => {
    const fields = [buildField('text', { isRetired: true })];
    expect(checkValues(fields, { text: 'new' }, {})).toEqual(unfit('text', 'retired'));
    expect(checkValues(fields, { text: null }, { text: 'old' })).toEqual(fits('text', null));
  });
});

describe('what is missing before a ticket is solved', () => {
  const missing = (field: Partial<TicketField>, values: Record<string, FieldValue> = {}) =>
    missingFields([buildField('checkbox', { requiredToSolve: true, ...field })], { queueId: 'billing', values }).map(
      ({ key }) => key,
    );

  it('is what its queue asks for and nobody answered', () => {
    expect(missing({})).toEqual(['checkbox']);
    expect(missing({ queueIds: ['billing'] })).toEqual(['checkbox']);
    expect(missing({}, { checkbox: false })).toEqual([]);
  });

  it('is nothing of another queue, of a retired field, or of one that may stay empty', () => {
    expect(missing({ queueIds: ['other'] })).toEqual([]);
    expect(missing({ isRetired: true })).toEqual([]);
    expect(missing({ requiredToSolve: false })).toEqual([]);
  });
});
