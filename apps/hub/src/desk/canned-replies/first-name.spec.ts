import { describe, expect, it } from '@jest/globals';
import { firstNameOf, nameToSay } from './first-name.js';

describe('what a customer is called', () => {
  it.each([
    ['Sara Ahmadi', 'Sara'],
    ['  سارا  احمدی ', 'سارا'],
    ['آقای رضا کریمی', 'رضا'],
    ['دکتر مینا راد', 'مینا'],
    ['Dr. Mina Rad', 'Mina'],
    ['Ahmadi, Sara', 'Sara'],
    ['Ali', 'Ali'],
  ])('by the first name in %j is %j', (name, first) => {
    expect(firstNameOf(name)).toBe(first);
  });

  it.each(['', '  ', 'sara@example.com', '+98 912 345 6789', '09123456789', '۰۹۱۲۳۴۵۶۷۸۹', '@sara_a'])(
    'is nothing where the name is %j, which is no name',
    (name) => {
      expect([nameToSay(name), firstNameOf(name)]).toEqual([null, null]);
    },
  );

  it('is no title on its own', () => {
    expect(firstNameOf('آقای کریمی')).toBeNull();
    expect(firstNameOf('Mrs Ahmadi')).toBeNull();
  });
});
