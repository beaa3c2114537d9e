import { describe, expect, it } from '@jest/globals';
import type { ChannelView } from '#contract';
import { configOf, frameOf, policyOf, snippetOf, valuesOf } from './web-chat-values.js';

const place = { hub: 'https://hub.test', channelId: 'shop', colour: '#006f77', side: 'end' } as const;

describe('the settings of a web chat', () => {
  it('come back from the form as they were stored', () => {
    const config = {
      title: { en: 'Shop', fa: 'فروشگاه' },
      greeting: { en: '', fa: 'سلام' },
      colour: '#aa3300',
      side: 'start',
      allowedOrigins: ['https://shop.test', 'https://*.shop.test'],
      allowApps: true,
      issuer: 'shop',
      newChatsPerMinute: 40,
      inside: { before: { isOn: true } },
    };
    expect(configOf(valuesOf({ config } as unknown as ChannelView))).toEqual(config);
  });

  it('have something for every field of a chat that is new or was stored before there was such a field', () => {
    expect(valuesOf(null)).toMatchObject({ title: { en: '', fa: '' }, colour: '#006f77', newChatsPerMinute: '120' });
    const older = { config: { title: { en: 'Shop' } } } as unknown as ChannelView;
    expect(valuesOf(older)).toMatchObject({ title: { en: 'Shop', fa: '' }, side: 'end', allowedOrigins: '' });
  });

  it('take sites as people write them, and Persian digits', () => {
    const values = {
      ...valuesOf(null),
      allowedOrigins: ' shop.test\nhttp://localhost:8080 *.a.test',
      newChatsPerMinute: '۳۰',
    };
    expect(configOf(values)).toMatchObject({
      allowedOrigins: ['https://shop.test', 'http://localhost:8080', 'https://*.a.test'],
      newChatsPerMinute: 30,
    });
  });
});

describe('what goes into a site', () => {
  it('says no more than it must', () => {
    expect(snippetOf(place)).toBe('<script async src="https://hub.test/widget.js" data-channel="shop"></script>');
    expect(snippetOf({ ...place, colour: '#aa3300', side: 'start' })).toBe(
      '<script async src="https://hub.test/widget.js" data-channel="shop" data-color="#aa3300" data-side="start"></script>',
    );
  });

  it('is a frame with a name, whatever that is', () => {
    expect(frameOf(place, 'Tom & "Co"')).toContain('title="Tom &amp; &quot;Co&quot;"');
  });

  it('says what a content policy must let through', () => {
    expect(policyOf('https://hub.test')).toBe(
      'script-src https://hub.test; connect-src https://hub.test wss://hub.test',
    );
  });
});
