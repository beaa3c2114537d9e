import { Controller, Get, Header, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import { VisitorRequests } from '../../live/visitor-requests.service.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { AttachmentService } from './attachment.service.js';
import { fileContentOf, fileNameOf } from './file-name.js';
import { serveFile } from './serve-file.js';
import { VisitorUploads, type VisitorUploadView } from './visitor-uploads.service.js';

/** Files of a web chat, for the visitor it is with. */
@Controller('api/chat/:channel/attachments')
@Access('visitor')
export class VisitorFilesController {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly uploads: VisitorUploads,
    private readonly requests: VisitorRequests,
  ) {}

  /** The body is the file itself; its name comes percent-encoded in `X-File-Name`. The message that takes it names its id. */
  @Post()
  @Header('cache-control', 'no-store')
  async upload(
    @Param('channel', ParseUUIDPipe) channel: string,
    @Req() request: HubRequest,
  ): Promise<VisitorUploadView> {
    const { visitor, chat } = await this.requests.admitToWrite(channel, request);
    const file = { name: fileNameOf(request), content: fileContentOf(request), place: request.ip };
    return this.uploads.keep(visitor, chat.inside.files, file);
  }

  @Get(':id')
  async download(
    @Param('channel', ParseUUIDPipe) channel: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    const { visitor } = await this.requests.admit(channel, request);
    await serveFile(reply, await this.attachments.openForVisitor(visitor, id));
  }
}
