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
    const may = (headers: object, ...allowedOrigins: string[]): boolean =>
      mayShowChat({ host: 'desk.test', ...headers }, null, { allowedOrigins, allowApps: false });
    expect(may(shop)).toBe(true);
    expect(may(shop, 'https://shop.test')).toBe(true);
    expect(may(shop, 'https://other.test')).toBe(false);
    expect(may({ origin: 'https://desk.test' }, 'https://other.test')).toBe(true);
    expect(may({}, 'https://other.test')).toBe(false);
  });

  it.each([
    ['https://www.shop.test', true],
    ['https://a.b.shop.test', true],
    ['https://shop.test', false],
    ['https://evilshop.test', false],
    ['https://shop.test.evil.test', false],
    ['http://www.shop.test', false],
    ['https://www.shop.test:8443', false],
    ['https://www.shop.test@evil.test', false],
  ])('lets a star stand for every host below, and for nothing else: %s, %s', (origin, expected) => {
    const pages = { allowedOrigins: ['https://*.shop.test'], allowApps: false };
    expect(mayShowChat({ origin, host: 'desk.test' }, null, pages)).toBe(expected);
  });

  it.each([undefined, 'null', 'file://', 'capacitor://localhost', 'ionic://localhost'])(
    'lets an app without a page in where the channel says so: %s',
    (origin) => {
      const pages = { allowedOrigins: ['https://shop.test'], allowApps: true };
      expect(mayShowChat({ origin, host: 'desk.test' }, null, pages)).toBe(true);
      expect(mayShowChat({ origin, host: 'desk.test' }, null, { ...pages, allowApps: false })).toBe(false);
      expect(mayShowChat({ origin: 'https://evil.test', host: 'desk.test' }, null, pages)).toBe(false);
    },
  );
});
