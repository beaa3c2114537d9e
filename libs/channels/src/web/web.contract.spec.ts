import { describe, expect, it } from '@jest/globals';
import { describeAdapter } from '../contract/adapter-contract.js';
import { createWebAdapter, webConfig, webSecrets } from './web.adapter.js';

const identitySecret = 'an identity secret of this contract.';

describeAdapter('Web chat', {
  open: () => {
    const settings = { ...webConfig.parse({}), ...webSecrets.parse({ identitySecret }) };
    const account = { id: 'channel-1', name: 'Chat', settings, publicUrl: null };
    const close = () => Promise.resolve();
    return Promise.resolve({ adapter: createWebAdapter(), account, secretTexts: [identitySecret], close });
  },
  inbound: null,
  outbound: null,
});

describe('the settings of a web chat', () => {
  it('keep of a site its origin only', () => {
    const { allowedOrigins } = webConfig.parse({ allowedOrigins: ['https://shop.example/cart?x=1'] });
    expect(allowedOrigins).toEqual(['https://shop.example']);
  });

  it('refuse a site that is no web address, and a secret that can be guessed', () => {
    expect(webConfig.safeParse({ allowedOrigins: ['javascript:alert(1)'] }).success).toBe(false);
    expect(webSecrets.safeParse({ identitySecret: 'short' }).success).toBe(false);
  });
});
