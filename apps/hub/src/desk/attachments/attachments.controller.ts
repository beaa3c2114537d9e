import { Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { AttachmentView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { invalid } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { AttachmentService } from './attachment.service.js';
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
    const body = request.body as AsyncIterable<Uint8Array> | undefined;
    if (!body || !(Symbol.asyncIterator in Object(body))) {
      throw invalid('body', 'Send the file as the body, with its own content type.');
    }
    return this.attachments.upload(actor, conversation, nameOf(request), body);
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

/** A name and no path: what it is called, not where it lay. Control and direction characters could make it look like another. */
function nameOf(request: HubRequest): string {
  const header = request.headers['x-file-name'];
  try {
    const name = decodeURIComponent(typeof header === 'string' ? header : '');
    const bare =
      name
        .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
        .split(/[/\\]/u)
        .at(-1) ?? '';
    return bare.trim().slice(0, 200).toWellFormed() || 'file';
  } catch {
    throw invalid('x-file-name', 'The name must be percent-encoded UTF-8.');
  }
}
