import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { NewDkimKeyDto } from './mail-dns.dto.js';
import { MailDns, type MailDnsView } from './mail-dns.service.js';

@Controller('api/channels/:id')
@Access('admin', 'channels.manage')
export class MailDnsController {
  constructor(private readonly dns: MailDns) {}

  /** The records to publish for a mail channel, each with what DNS answers now. */
  @Get('dns')
  read(@Param('id', ParseUUIDPipe) id: string): Promise<MailDnsView> {
    return this.dns.read(id);
  }

  /** A new key to sign mails with. The private half never leaves the hub. */
  @Post('dkim')
  @HttpCode(200)
  makeKey(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { selector }: NewDkimKeyDto,
  ): Promise<MailDnsView> {
    return this.dns.makeKey(actor.id, id, selector);
  }
}
