import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFault, readTemplate } from './read-template.js';
import { renderTemplate, resolveValue } from './render-template.js';

const now = Date.parse('2026-11-22T20:45:00Z');
const en = { locale: 'en', now, zone: 'Asia/Tehran' } as const;
const fa = { ...en, locale: 'fa' } as const;
const runs = Number(process.env['BOTS_FUZZ_RUNS'] ?? 200);

describe('templates', () => {
  it.each([
    ['a value', 'Hello {{ name }}!', 'Hello Sara!', en],
    ['a value inside another', 'You live in {{ customer.city }}', 'You live in Yazd', en],
    ['nothing where nothing stands', 'Hello {{ nobody }}!', 'Hello !', en],
    ['a plural', '{count, plural, one {# item} other {# items}}', '3 items', en],
    ['a Persian count', '{count, plural, other {# کالا}}', '۳ کالا', fa],
    ['a choice of wordings', '{tier, select, gold {Dear {{ name }}} other {Hello}}', 'Dear Sara', en],
    ['a braced value beside a brace', '{count, plural, other {{{ name }} has #}}', 'Sara has 3', en],
    ['an apostrophe', "It's {{ name }}'s", "It's Sara's", en],
    ['a Persian date', '{{ day | jalali }}', '۱ فروردین ۱۴۰۵', fa],
    ['a short Persian date', "{{ day | jalali: 'short' }}", '۱۴۰۵/۰۱/۰۱', fa],
    ['a Persian date for English readers', '{{ day | jalali }}', '1 Farvardin 1405', en],
    ['an instant on the day that it is in Tehran', "{{ 'now' | date: 'short' }}", '23/11/2026', en],
    ['a day in the calendar of the reader', '{{ day | date }}', '۱ فروردین ۱۴۰۵', fa],
    ['a day of the other calendar', '{{ day | gregorian }}', '۲۱ مارس ۲۰۲۶', fa],
    ['Persian digits', '{{ number | fa_digits }}', '۱۲۳۴', fa],
    ['money in tomans', '{{ price | money }}', '250,000 tomans', en],
    ['money in Persian', '{{ price | money }}', '۲۵۰٬۰۰۰ تومان', fa],
    ['money in another currency', "{{ price | money: 'EUR' }}", '€250,000.00', en],
    ['the end of a secret', '{{ card | mask }}', '••••••••••••3456', en],
    ['a short secret not at all', '{{ number | mask }}', '••••', en],
    ['digits one by one', '{{ number | spaced }}', '1 2 3 4', en],
    ['something else where nothing stands', "{{ nobody | default: 'friend' }}", 'friend', en],
    ['what a filter has no use for, as it is', '{{ name | jalali }}', 'Sara', en],
    ['a list', '{{ tags }}', 'red، blue', fa],
  ])('write %s', (_, source, expected, world) => {
    const vars = {
      name: 'Sara',
      customer: { city: 'Yazd' },
      count: 3,
      tier: 'gold',
      day: '2026-03-21',
      number: '1234',
      price: 250_000,
      card: '6037991234563456',
      tags: ['red', 'blue'],
    };

    expect(renderTemplate(source, vars, world)).toBe(expected);
  });

  it('never read a value as a template', () => {
    const vars = { name: '{{ card }} {card} {count, plural, other {#}}', card: 'secret' };

    expect(renderTemplate('Hi {{ name }}', vars, en)).toBe('Hi {{ card }} {card} {count, plural, other {#}}');
  });

  it('show nothing that an object has by itself', () => {
    const vars = { customer: { city: 'Yazd' } };

    expect(
      renderTemplate('{{ customer.constructor.name }}{{ customer.__proto__ }}{{ constructor }}|{toString}', vars, en),
    ).toBe('|');
  });

  it('stay small, whatever they are asked for', () => {
    const text = renderTemplate('{{ (1..99999999) }}{{ long }}{{ long }}'.repeat(40), { long: 'x'.repeat(50_000) }, en);

    expect(text.length).toBeLessThanOrEqual(8_000);
  });

  it('say what is wrong with a text', () => {
    const faultOf = (source: string) => {
      const read = readTemplate(source, 'en');
      return isFault(read) ? read.code : null;
    };

    expect(faultOf('{% if x %}a{% endif %}')).toBe('template_tag');
    expect(faultOf('{{ x | shout }}')).toBe('template_filter');
    expect(faultOf('{{ x }')).toBe('template_braces');
    expect(faultOf('{n, plural, one {a}}')).toBe('template_plural');
    expect(faultOf('{d, date}')).toBe('template_kind');
    expect(faultOf('{{ x | date: "long" }} and {y}')).toBeNull();
  });

  it('are deterministic and never throw', () => {
    const pieces = fc.constantFrom(
      '{{ a }}',
      '{a}',
      '{',
      '}',
      '{{',
      '}}',
      "'",
      '{n, plural, other {#}}',
      '{% x %}',
      ' سلام ',
      '<b>',
      '| mask',
      '#',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.jsonValue(), (parts, value) => {
        const source = parts.join('');
        const vars = { a: value, n: value };
        expect(renderTemplate(source, vars, fa)).toBe(renderTemplate(source, vars, fa));
      }),
      { numRuns: runs },
    );
  });

  it('keep the kind of a value that stands alone, and write the rest for programs', () => {
    const vars = { count: 3, order: { items: [1, 2] }, name: 'Sara' };

    expect(resolveValue('{{ count }}', vars, fa)).toBe(3);
    expect(resolveValue('{{ order.items }}', vars, fa)).toEqual([1, 2]);
    expect(resolveValue('{{ gone }}', vars, fa)).toBeNull();
    expect(resolveValue('n-{{ count }}', vars, fa)).toBe('n-3');
    expect(resolveValue(7, vars, fa)).toBe(7);
  });
});
