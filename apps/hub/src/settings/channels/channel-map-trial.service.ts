import { Injectable } from '@nestjs/common';
import {
  previewGatewaySend,
  tryGatewayMap,
  type ChannelAccount,
  type GatewaySettings,
  type MapTrial,
  type SmsSettings,
} from '#channels';
import type { MapTrialView } from '#contract';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../channel-directory.service.js';

/** A message to nobody, for looking at how it would leave. */
const example = {
  id: '00000000-0000-7000-8000-000000000000',
  to: { kind: 'phone' as const, address: '+989121234567' },
  toName: '',
  text: 'سلام، سفارش شما آماده است.',
  attachments: [],
  mail: null,
  replyTo: null,
};

/** Lets an administrator see what the maps and templates of a gateway do, before a provider or a customer does. Nothing is stored or sent. */
@Injectable()
export class ChannelMapTrial {
  constructor(private readonly channels: ChannelDirectory) {}

  run(id: string, sample: string): MapTrialView {
    const account = this.getGateway(id);
    const { method, url, headers, body = null } = previewGatewaySend(example, account);
    return { ...present(tryGatewayMap(sample, account)), sends: { method, url, headers, body } };
  }

  private getGateway(id: string): ChannelAccount<GatewaySettings> {
    const channel = this.channels.find(id);
    if (!channel) {
      throw notFound('This channel');
    }
    if (channel.problem !== null) {
      throw conflict('unusable_settings', 'The settings of this channel cannot be used. Correct them first.');
    }
    if (channel.kind !== 'sms' || (channel.account.settings as SmsSettings).driver !== 'gateway') {
      throw conflict('no_map', 'Only an HTTP gateway is described by maps.');
    }
    return channel.account as ChannelAccount<GatewaySettings>;
  }
}

function present({ fields, reading }: MapTrial): Pick<MapTrialView, 'fields' | 'reading'> {
  return reading.type === 'message'
    ? { fields, reading: { ...reading, sentAt: reading.sentAt?.toISOString() ?? null } }
    : { fields, reading };
}
