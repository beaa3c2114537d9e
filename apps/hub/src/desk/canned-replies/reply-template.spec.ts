import { describe, expect, it } from '@jest/globals';
import { readTemplate, renderTemplate, tryTemplate, unfilledIn, type ReplyValue } from './reply-template.js';

const known = new Set([
  'customer.name',
  'customer.first_name',
  'ticket.number',
  'ticket.opened_at',
  'ticket.fields.plan',
]);
const tehran = {
  fa: { locale: 'fa', timeZone: 'Asia/Tehran' },
  en: { locale: 'en', timeZone: 'Asia/Tehran' },
} as const;

function write(text: string, values: Record<string, ReplyValue>, locale: 'en' | 'fa' = 'en') {
  const read = readTemplate(text, known);
  if (read.outcome === 'faulty') {
    throw new Error(JSON.stringify(read.fault));
  }
  return renderTemplate(read.template, new Map(Object.entries(values)), tehran[locale]);
}

function faultOf(text: string) {
  const read = readTemplate(text, known);
  return read.outcome === 'faulty'
    ? read.fault
    : tryTemplate(read.template, new Map([['customer.name', 'Sara']]), tehran.en);
}

describe('the text of a canned reply', () => {
  it('names what stands for its variables', () => {
    expect(
      write('Dear {{ customer.name }}, about {{ticket.number}}.', { 'customer.name': 'Sara', 'ticket.number': 12 }),
    ).toEqual({
      text: 'Dear Sara, about 12.',
      missing: [],
    });
  });

  it('marks a variable that nothing stands for, through other filters and in each place, and names it once', () => {
    expect(write('{{ customer.first_name | upcase }}! {{ customer.first_name }} {{ ticket.fields.plan }}', {})).toEqual(
      {
        text: '⟦customer.first_name⟧! ⟦customer.first_name⟧ ⟦ticket.fields.plan⟧',
        missing: ['customer.first_name', 'ticket.fields.plan'],
      },
    );
  });

  it('takes what a text says instead of a missing variable', () => {
    const text = 'سلام {{ customer.first_name | fallback: "دوست عزیز" }}';
    expect(write(text, {}, 'fa').text).toBe('سلام دوست عزیز');
    expect(write(text, { 'customer.first_name': 'سارا' }, 'fa').text).toBe('سلام سارا');
  });

  it('asks for a variable by what is there', () => {
    const text = '{% if customer.first_name %}Hi {{ customer.first_name }}{% else %}Hello{% endif %}';
    expect(write(text, {})).toEqual({ text: 'Hello', missing: [] });
    expect(write(text, { 'customer.first_name': 'Ali' }).text).toBe('Hi Ali');
  });

  it("tells days in the reader's calendar, digits and zone", () => {
    const values = { 'ticket.opened_at': new Date('2026-03-20T21:00:00Z'), 'ticket.number': 45 };
    expect(write('{{ ticket.opened_at | date: "long" }} {{ ticket.number }}', values, 'fa').text).toBe(
      '۱ فروردین ۱۴۰۵ ۴۵',
    );
    expect(write('{{ ticket.opened_at | date }} {{ ticket.number }}', values, 'en').text).toBe('March 21, 2026 45');
    expect(write('{{ ticket.opened_at }}', values, 'en').text).toBe('March 21, 2026');
  });

  it('never reads what a customer calls themselves', () => {
    expect(write('{{ customer.name }}', { 'customer.name': '{{ ticket.number }} ⟦ticket.number⟧' })).toEqual({
      text: '{{ ticket.number }} ticket.number',
      missing: [],
    });
  });

  it.each([
    ['Hi\n {{ customer.nmae }}', 'unknown_variable', 2, 5, 'customer.nmae'],
    ['{{ customer }}', 'unknown_variable', 1, 4, 'customer'],
    ['{{ customer.name.length }}', 'unknown_variable', 1, 4, 'customer.name.length'],
    ['{{ customer.name.constructor }}', 'unknown_variable', 1, 4, 'customer.name.constructor'],
    ['{{ customer[ticket.number] }}', 'unknown_variable', 1, 4, 'customer.ticket.number'],
    ['{{ reader.locale }}', 'unknown_variable', 1, 4, 'reader.locale'],
    ['{{ customer.name | shout }}', 'unknown_filter', 1, 1, 'shout'],
    ['a\n{% for x in (1..100000000) %}a{% endfor %}', 'unknown_tag', 2, 1, 'for'],
    ['{% include "/etc/passwd" %}', 'unknown_tag', 1, 1, 'include'],
    ['{% assign customer = "x" %}', 'unknown_tag', 1, 1, 'assign'],
    ['{{ customer.name | date: "long" }}', 'unfit_value', 1, 1, 'Sara'],
  ])('refuses %j and says where', (text, why, line, column, named) => {
    expect(faultOf(text)).toEqual({ why, line, column: expect.any(Number), named });
    expect(faultOf(text)?.column).toBeGreaterThanOrEqual(column);
  });

  it.each(['Hi {{ customer.name', '{% if customer.name %}', '{{ }}', '{{ 1 + }}', '{% endif %}x{% endif %}'])(
    'refuses %j, which is unfinished',
    (text) => {
      expect(faultOf(text)?.line).toBe(1);
    },
  );

  it('refuses a text that is longer than any message', () => {
    expect(faultOf('a'.repeat(10_001))?.why).toBe('too_long');
  });
});

describe('a marker', () => {
  it('is found where it still stands, and nothing else is taken for one', () => {
    expect(unfilledIn('⟦customer.name⟧ [x] ⟦⟧ ⟦ a ⟧ ⟦ticket.fields.نوع⟧')).toEqual([
      'customer.name',
      'ticket.fields.نوع',
    ]);
  });
});
