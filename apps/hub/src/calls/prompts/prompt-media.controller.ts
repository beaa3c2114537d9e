import { createReadStream } from 'node:fs';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { servePart } from '../recordings/serve-part.js';
import { PromptLibrary } from './prompt-library.service.js';

/** Where providers and exchanges fetch what they play. An address is one version of one recording, so it may be kept for ever. */
@Controller('media/prompts')
@Access('public')
export class PromptMediaController {
  constructor(private readonly library: PromptLibrary) {}

  @Get(':file')
  async fetch(@Param('file') file: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    const found = file.endsWith('.wav') ? await this.library.open(file.slice(0, -'.wav'.length)) : null;
    if (!found) {
      throw notFound('This recording');
    }
    await servePart(request, reply, {
      mediaType: 'audio/wav',
      bytes: found.bytes,
      version: found.sha256,
      keep: 'public, max-age=31536000, immutable',
      open: (part) => createReadStream(found.path, part),
    });
  }
}
