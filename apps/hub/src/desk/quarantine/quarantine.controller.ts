import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import type { Page, QuarantinedEvent } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import type { HubReply } from '../../platform/http/exchange.js';
import { QuarantineRetry, type Retried } from './quarantine-retry.service.js';
import { PageDto } from '../page.dto.js';
import { Quarantine } from './quarantine.service.js';

/** What came in and could not be taken as it was. Its bytes are kept until it can, or until an administrator throws them away. */
@Controller('api/quarantine')
@Access('admin')
export class QuarantineController {
  constructor(
    private readonly quarantine: Quarantine,
    private readonly retry: QuarantineRetry,
  ) {}

  @Get()
  list(@Query() query: PageDto): Promise<Page<QuarantinedEvent>> {
    return this.quarantine.page(query);
  }

  /** The event, byte for byte, as a file that no browser shows. */
  @Get(':id/raw')
  async raw(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Res() reply: HubReply,
  ): Promise<void> {
    const { name, bytes } = await this.quarantine.download(actor, id);
    await reply
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('content-type', 'application/octet-stream')
      .header('content-length', bytes.length)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(bytes);
  }

  /** Reads the event again, by what the hub has learnt since it came. */
  @Post(':id/retry')
  @HttpCode(200)
  again(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<Retried> {
    return this.retry.run(actor, id);
  }

  /** For what nobody will ever read: its bytes are thrown away. */
  @Delete(':id')
  @HttpCode(204)
  discard(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.quarantine.discard(actor, id);
  }
}
