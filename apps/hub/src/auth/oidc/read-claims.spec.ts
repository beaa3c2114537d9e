import { describe, expect, it } from '@jest/globals';
import { joinClaims, readClaims } from './read-claims.js';

describe('what a provider says in two places', () => {
  it('is verified where the address stands, and not by what is said of another', () => {
    const token = { sub: 's', email: 'owner@shop.test' };
    const asked = { sub: 's', email: 'somebody@else.test', email_verified: true, groups: ['desk'] };
    expect(readClaims(joinClaims(token, asked), 'groups')).toMatchObject({
      email: 'owner@shop.test',
      isVerified: false,
      groups: ['desk'],
    });
  });

  it('is completed by what was asked for apart', () => {
    const asked = { sub: 's', email: 'Sara@Shop.test', email_verified: true, name: 'Somebody' };
    expect(readClaims(joinClaims({ sub: 's', name: 'Sara' }, asked), null)).toMatchObject({
      email: 'sara@shop.test',
      isVerified: true,
      name: 'Sara',
    });
  });
});
