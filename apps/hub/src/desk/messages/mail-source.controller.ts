import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { mailPagePolicy } from '#channels';
import type { MessageView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import type { HubReply } from '../../platform/http/exchange.js';
import { MailPageQueryDto } from './mail-source.dto.js';
import { MailReparse } from './mail-reparse.service.js';
import { MailSource } from './mail-source.service.js';

/** Mails as they came: shown as their page, downloaded whole, read again. */
@Controller('api/messages/:id')
@Access('agent')
export class MailSourceController {
  constructor(
    private readonly source: MailSource,
    private readonly reparse: MailReparse,
  ) {}

  /**
   * A document for a frame of its own. `X-Blocked-Images` counts the images of other servers that it leaves out; those that are wished are
   * in the document, so that the reader's browser asks nobody for them.
   */
  @Get('html')
  async html(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: MailPageQueryDto,
    @Res() reply: HubReply,
  ): Promise<void> {
    const images = query.images === '1';
    const page = await this.source.page(actor, id, images);
    await reply
      .header('content-security-policy', mailPagePolicy())
      .header('content-type', 'text/html; charset=utf-8')
      .header('x-content-type-options', 'nosniff')
      .header('x-frame-options', 'SAMEORIGIN')
      .header('x-dns-prefetch-control', 'off')
      .header('x-blocked-images', page.blocked)
      .header('referrer-policy', 'no-referrer')
      // A copy with the images of others must not come back once they are hidden again.
      .header('cache-control', images ? 'no-store' : 'private, max-age=300')
      .send(page.html);
  }

  /** The mail, byte for byte. */
  @Get('raw')
  async raw(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Res() reply: HubReply,
  ): Promise<void> {
    const { name, bytes } = await this.source.download(actor, id);
    await reply
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('content-type', 'message/rfc822')
      .header('content-length', bytes.length)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(bytes);
  }

  /** Reads the mail again, by what the hub has learnt since it came. */
  @Post('reparse')
  @HttpCode(200)
  @Access('admin', 'system.manage')
  again(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MessageView> {
    return this.reparse.run(actor, id);
  }
}
