import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { Access } from '../auth/access-rule.js';
import type { HubRequest } from '../platform/http/exchange.js';
import { VisitorRequests } from './visitor-requests.service.js';
import { MailTranscriptDto, TranscriptDto } from './visitor-transcripts.dto.js';
import { VisitorTranscripts } from './visitor-transcripts.service.js';

/** What was said in a web chat, for the visitor to keep. */
@Controller('api/chat/:channel/transcript')
@Access('visitor')
export class VisitorTranscriptsController {
  constructor(
    private readonly requests: VisitorRequests,
    private readonly transcripts: VisitorTranscripts,
  ) {}

  /** A page to keep: what passed over this chat between this visitor and us, and nothing else. */
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="chat.html"')
  @Header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
  @Header('cache-control', 'no-store')
  async download(
    @Param('channel', ParseUUIDPipe) channel: string,
    @Query() wish: TranscriptDto,
    @Req() request: HubRequest,
  ): Promise<string> {
    return this.transcripts.page(await this.requests.admit(channel, request), wish);
  }

  /** Mails it, once one of us has answered. */
  @Post()
  @HttpCode(204)
  async mail(
    @Param('channel', ParseUUIDPipe) channel: string,
    @Body() wish: MailTranscriptDto,
    @Req() request: HubRequest,
  ): Promise<void> {
    await this.transcripts.mail(await this.requests.admit(channel, request), request.ip, wish);
  }
}
