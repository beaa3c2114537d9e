import { describe, expect, it } from '@jest/globals';
import { jsonReply, listenOnLoopback, type LoopbackRequest } from '../../../../../tools/stand-ins/loopback-server.js';
import type { ChannelAccount } from '../../channel-adapter.js';
import { createSmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';
import { gatewayPresets, presetNames, type PresetName } from './presets.js';

const adapter = createSmsAdapter({ sendTimeoutMs: 2_000 });

/** What the providers answer, as their public descriptions show it: taken, and refused. */
const answers: Record<PresetName, { taken: unknown; refused: unknown; id: string }> = {
  smsir: {
    taken: { status: 1, data: { messageIds: [89545112] } },
    refused: { status: 105, message: 'خطا' },
    id: '89545112',
  },
  melipayamak: {
    taken: { Value: '4721584321', RetStatus: 1, StrRetStatus: 'Ok' },
    refused: { Value: '0', RetStatus: 1, StrRetStatus: 'InvalidUser' },
    id: '4721584321',
  },
  ghasedak: { taken: { result: { code: 200 }, items: [778899] }, refused: { result: { code: 412 } }, id: '778899' },
  farazsms: {
    taken: { meta: { status: true }, data: { message_outbox_ids: [1123] } },
    refused: { meta: { status: false, message: 'خطا' } },
    id: '1123',
  },
  candoo: {
    taken: [{ Mobile: '09121234567', ID: '5544' }],
    refused: [{ Mobile: '09121234567', ID: '-3' }],
    id: '5544',
  },
  kannel: { taken: null, refused: null, id: 'm1' },
};

function accountOf(preset: PresetName, url: string): ChannelAccount<SmsSettings> {
  const { request } = gatewayPresets[preset] as { request: { url: string } };
  const moved = { ...request, url: request.url.replace(/^https?:\/\/[^/]+/u, url) };
  const config = { driver: 'gateway', preset, from: '30001234', user: 'peyk', request: moved };
  const settings = {
    ...smsConfig.parse(config),
    ...smsSecrets.parse({ apiKey: 'the-key', inboundSecret: 'x'.repeat(16) }),
  };
  return { id: 'c1', name: 'SMS', settings: settings as SmsSettings, publicUrl: 'https://hub.example' };
}

async function send(preset: PresetName, answer: unknown) {
  const seen: LoopbackRequest[] = [];
  const server = await listenOnLoopback((request) => {
    seen.push(request);
    return jsonReply(200, answer);
  });
  const to = { kind: 'phone' as const, address: '+989121234567' };
  const message = { id: 'm1', to, toName: '', text: 'سلام & خوش آمدید', attachments: [], mail: null, replyTo: null };
  try {
    const sent = await adapter.send?.(message, accountOf(preset, server.url)).catch((error: unknown) => error);
    return { sent, request: seen[0] };
  } finally {
    await server.close();
  }
}

describe.each(presetNames)('the preset %s', (preset) => {
  it('says where to, from whom and what, leaves no placeholder, and reads the id', async () => {
    const { sent, request } = await send(preset, answers[preset].taken);
    const plain = new URLSearchParams(request?.query).toString() + (request?.body.toString('utf8') ?? '');
    const told = decodeURIComponent(plain.replaceAll('+', ' ')) + JSON.stringify(request?.headers);
    expect(told).not.toMatch(/\{\w+\}/u);
    expect(told).toContain('سلام & خوش آمدید');
    expect(told).toContain('9121234567');
    expect(told).toContain('30001234');
    expect(told).toContain('the-key');
    expect(sent).toMatchObject({ state: 'sent', providerId: answers[preset].id });
  });

  it('believes no failure that comes with status 200', async () => {
    if (answers[preset].refused !== null) {
      const { sent } = await send(preset, answers[preset].refused);
      expect(sent).toMatchObject({ code: 'refused', retry: 'never' });
    }
  });
});

it('lets what is written beside a preset count before it', () => {
  const config = smsConfig.parse({
    driver: 'gateway',
    preset: 'smsir',
    from: '1',
    request: { url: 'https://other.example/' },
  });
  expect(config).toMatchObject({ preset: 'smsir', request: { url: 'https://other.example/' } });
  expect(smsConfig.safeParse({ driver: 'gateway', from: '1' }).error?.issues[0]?.path).toEqual(['request']);
});
