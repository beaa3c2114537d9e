import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import type { SmsSettings } from '#channels';
import { Access } from '../../auth/access-rule.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';

/** What an SMS of a channel costs; null where nobody wrote a price down. */
export interface SmsTermsView {
  price: { perSegment: number; currency: string } | null;
}

/** What agents need to know of an SMS channel before they write; its settings are for administrators. */
@Controller('api/channels')
@Access('agent')
export class SmsTermsController {
  constructor(private readonly channels: ChannelDirectory) {}

  @Get(':id/sms-terms')
  read(@Param('id', ParseUUIDPipe) id: string): SmsTermsView {
    const channel = this.channels.find(id);
    if (channel?.kind !== 'sms' || channel.problem !== null) {
      throw notFound('This SMS channel');
    }
    return { price: (channel.account.settings as SmsSettings).price ?? null };
  }
}
