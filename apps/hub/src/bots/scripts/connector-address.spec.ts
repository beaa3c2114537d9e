import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { argumentsIn, faultOfAddress, fillAddress } from './connector-address.js';
import { readAnswer } from './read-answer.js';

const address = 'https://shop.example/orders/{order_no}/state?for={phone}#x';

describe('the address of a connector', () => {
  it('names its arguments', () => {
    expect(argumentsIn(address)).toEqual(['order_no', 'phone']);
  });

  it.each([
    ['ftp://shop.example/{a}', 'scheme'],
    ['shop.example/{a}', 'scheme'],
    ['https://me:secret@shop.example/{a}', 'credentials'],
    ['https://{a}/x', 'host'],
    ['https://shop.{a}.example/x', 'host'],
    ['https://shop.example:{a}/x', 'scheme'],
    ['https:///{a}/x', 'host'],
    ['https://\t/{a}/x', 'host'],
    ['https:\\\\{a}/x', 'host'],
    ['https://shop.example/{a}', null],
  ])('%s: %s', (written, fault) => {
    expect(faultOfAddress(written)).toBe(fault);
  });

  it('stays where it leads, whatever a customer types', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (order, phone) => {
        const filled = fillAddress(address, { order_no: order, phone });
        if (filled === null) {
          return;
        }
        const { origin, pathname, searchParams } = new URL(filled);
        expect(origin).toBe('https://shop.example');
        expect(pathname.split('/')).toEqual(['', 'orders', expect.any(String), 'state']);
        expect([...searchParams.keys()]).toEqual(['for']);
        expect(searchParams.get('for')).toBe(phone.trim());
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 300) },
    );
  });

  it.each([[{}], [{ a: '' }], [{ a: ' ' }], [{ a: '..' }], [{ a: null }], [{ a: ['x'] }], [{ a: { b: 1 } }]])(
    'is none while its argument is %j',
    (args) => {
      expect(fillAddress('https://shop.example/{a}', args)).toBeNull();
    },
  );
});

describe('the answer of a connector', () => {
  const answer = { order: { items: [{ state: 'shipped' }], constructor: 'own' }, total: 12 };

  it('is what the mapping names; what is not there is null', () => {
    const mapping = [
      { name: 'state', path: 'order.items.0.state' },
      { name: 'total', path: 'total' },
      { name: 'none', path: 'order.items.7.state' },
      { name: 'inherited', path: 'order.items.length' },
      { name: 'prototype', path: 'total.toString' },
    ];
    expect(readAnswer(answer, mapping)).toEqual({
      state: 'shipped',
      total: 12,
      none: null,
      inherited: 1,
      prototype: null,
    });
  });

  it('without a mapping is the whole of it', () => {
    expect(readAnswer(answer, [])).toEqual(answer);
    expect(readAnswer([1, 2], [])).toEqual({ value: [1, 2] });
  });

  it('holds nothing that a database cannot keep', () => {
    const nul = String.fromCodePoint(0);
    const long = `${'a'.repeat(3_999)}😀`;
    expect(readAnswer({ [`na${nul}me`]: `A${nul}li`, cut: '\ud83d', list: [`${nul}x`] }, [])).toEqual({
      name: 'Ali',
      cut: '\ufffd',
      list: ['x'],
    });
    expect(readAnswer({ long }, [{ name: 'long', path: 'long' }])).toEqual({ long: `${'a'.repeat(3_999)}\ufffd` });
  });

  it('that is too large to be kept, or nested without end, is none', () => {
    expect(readAnswer({ text: Array.from({ length: 30_000 }, () => 'x') }, [])).toBeNull();
    expect(readAnswer(JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`), [])).toBeNull();
  });
});
