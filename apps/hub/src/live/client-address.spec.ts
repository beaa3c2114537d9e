import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.js';

describe('where a socket comes from', () => {
  it.each([
    ['203.0.113.7', undefined, [], '203.0.113.7'],
    ['203.0.113.7', '198.51.100.1', [], '203.0.113.7'],
    ['::ffff:10.0.0.2', '198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
    ['10.0.0.2', '1.1.1.1, 198.51.100.1, 10.9.9.9', ['10.0.0.0/8'], '198.51.100.1'],
    ['203.0.113.7', '198.51.100.1', ['10.0.0.0/8'], '203.0.113.7'],
    ['fd00::2', '2001:db8::5', ['fd00::/8'], '2001:db8::5'],
    ['10.0.0.2', 'rubbish', ['10.0.0.2'], 'rubbish'],
    ['10.0.0.2', undefined, ['10.0.0.2'], '10.0.0.2'],
  ])('peer %s that says %s, trusting %j: %s', (peer, forwarded, trusted, expected) => {
    expect(clientAddress(peer, forwarded, trusted)).toBe(expected);
  });
});
