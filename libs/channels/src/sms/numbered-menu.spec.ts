import { describe, expect, it } from '@jest/globals';
import { chosenFrom, numberedMenu } from './numbered-menu.js';

const choices = [
  { id: 'order', label: 'پیگیری سفارش' },
  { id: 'human', label: 'گفتگو با پشتیبان' },
];

describe('choices without buttons', () => {
  it('are a numbered menu, in the digits of its language', () => {
    expect(numberedMenu('چه کمکی می‌خواهید؟', choices)).toBe(
      'چه کمکی می‌خواهید؟\n۱) پیگیری سفارش\n۲) گفتگو با پشتیبان',
    );
    expect(numberedMenu('How can we help?', [{ id: 'a', label: 'Order' }])).toBe('How can we help?\n1) Order');
  });

  it.each(['2', '۲', '٢', ' 2. ', 'گفتگو با پشتيبان'])('are chosen by “%s”', (answer) => {
    expect(chosenFrom(answer, choices)?.id).toBe('human');
  });

  it.each(['0', '3', '22', 'سلام', ''])('are not chosen by “%s”', (answer) => {
    expect(chosenFrom(answer, choices)).toBeNull();
  });
});
