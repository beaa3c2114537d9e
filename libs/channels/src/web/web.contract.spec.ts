import { describe, expect, it } from '@jest/globals';
import { describeAdapter } from '../contract/adapter-contract.js';
import { createWebAdapter, webConfig, webSecrets } from './web.adapter.js';

const secret = 'an identity secret of this contract.';
const identityKeys = [{ kid: 'one', secret, madeAt: '2026-01-01T00:00:00.000Z' }];

describeAdapter('Web chat', {
  open: () => {
    const settings = { ...webConfig.parse({}), ...webSecrets.parse({ identityKeys }) };
    const account = { id: 'channel-1', name: 'Chat', settings, publicUrl: null };
    const close = () => Promise.resolve();
    return Promise.resolve({ adapter: createWebAdapter(), account, secretTexts: [secret], close });
  },
  inbound: null,
  outbound: null,
});

describe('the settings of a web chat', () => {
  it('keep of a site its origin only', () => {
    const { allowedOrigins } = webConfig.parse({ allowedOrigins: ['https://shop.example/cart?x=1'] });
    expect(allowedOrigins).toEqual(['https://shop.example']);
  });

  it('keep a star that stands for every host below', () => {
    const { allowedOrigins } = webConfig.parse({ allowedOrigins: ['https://*.shop.example/'] });
    expect(allowedOrigins).toEqual(['https://*.shop.example']);
  });

  it('refuse a site that is no web address, and a secret that can be guessed', () => {
    expect(webConfig.safeParse({ allowedOrigins: ['javascript:alert(1)'] }).success).toBe(false);
    expect(webConfig.safeParse({ allowedOrigins: ['https://*.*.example'] }).success).toBe(false);
    expect(webConfig.safeParse({ allowedOrigins: ['https://*'] }).success).toBe(false);
    expect(webSecrets.safeParse({ identityKeys: [{ ...identityKeys[0], secret: 'short' }] }).success).toBe(false);
  });
});
