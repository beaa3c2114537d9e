import { Controller, Get, Param, Res } from '@nestjs/common';
import { Access } from '../auth/access-rule.js';
import { serveFile } from '../desk/attachments/serve-file.js';
import type { HubReply } from '../platform/http/exchange.js';
import { MediaLinks } from './media-links.service.js';

/** Where providers fetch the files of messages that they were given. The address itself is the proof, and it is soon over. */
@Controller('media')
@Access('public')
export class MediaController {
  constructor(private readonly links: MediaLinks) {}

  @Get(':token')
  async fetch(@Param('token') token: string, @Res() reply: HubReply): Promise<void> {
    await serveFile(reply, await this.links.open(token), 'no-store');
  }
}
