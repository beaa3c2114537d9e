import { Controller, Get, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import { VisitorTokens } from '../../auth/visitors/visitor-tokens.service.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { AttachmentService } from './attachment.service.js';
import { serveFile } from './serve-file.js';

/** Files of a web chat, for the visitor it is with. Their token comes in a header: an address is kept and passed on. */
@Controller('api/chat/:channel/attachments')
@Access('visitor')
export class VisitorFilesController {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly tokens: VisitorTokens,
  ) {}

  @Get(':id')
  async download(
    @Param('channel', ParseUUIDPipe) channel: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    const token = /^bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const visitor = token === undefined ? null : this.tokens.read(token, channel);
    if (!visitor) {
      throw notFound('This file');
    }
    await serveFile(reply, await this.attachments.openForVisitor(visitor, id));
  }
}
