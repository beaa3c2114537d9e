import { describe, expect, it } from '@jest/globals';
import { isOwnOrigin, mayShowChat } from './allowed-origin.js';

describe('whose page a socket comes from', () => {
  it.each([
    ['http://desk.test:3000', 'desk.test:3000', null, true],
    ['https://desk.example.org', '10.0.0.7:3000', 'https://desk.example.org', true],
    ['https://desk.example.org.evil.test', 'desk.example.org', 'https://desk.example.org', false],
    ['http://desk.test:3001', 'desk.test:3000', null, false],
    ['null', 'desk.test', null, false],
    ['file://desk.test', 'desk.test', null, false],
    [undefined, 'desk.test', null, false],
  ])('takes %s on %s (public: %s) as its own: %s', (origin, host, publicUrl, expected) => {
    expect(isOwnOrigin({ origin, host }, publicUrl)).toBe(expected);
  });

  it('shows a chat on listed sites and on the hub, and everywhere when none is listed', () => {
    const shop = { origin: 'https://shop.test', host: 'desk.test' };
    expect(mayShowChat(shop, null, [])).toBe(true);
    expect(mayShowChat(shop, null, ['https://shop.test'])).toBe(true);
    expect(mayShowChat(shop, null, ['https://other.test'])).toBe(false);
    expect(mayShowChat({ origin: 'https://desk.test', host: 'desk.test' }, null, ['https://other.test'])).toBe(true);
    expect(mayShowChat({ host: 'desk.test' }, null, ['https://other.test'])).toBe(false);
  });
});
