import { Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { AttachmentView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { AttachmentService } from './attachment.service.js';
import { fileContentOf, fileNameOf } from './file-name.js';
import { serveFile } from './serve-file.js';

@Controller('api/attachments')
@Access('agent')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentService) {}

  /** The body is the file itself; its name comes percent-encoded in `X-File-Name`. */
  @Post()
  upload(
    @CurrentActor() actor: Actor,
    @Query('conversation', ParseUUIDPipe) conversation: string,
    @Req() request: HubRequest,
  ): Promise<AttachmentView> {
    return this.attachments.upload(actor, conversation, fileNameOf(request), fileContentOf(request));
  }

  @Get(':id')
  async download(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Res() reply: HubReply,
  ): Promise<void> {
    await serveFile(reply, await this.attachments.open(actor, id));
  }
}
