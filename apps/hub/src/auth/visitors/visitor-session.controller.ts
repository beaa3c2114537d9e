import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { HubConfig } from '#config';
import { mayShowChat } from '../../live/allowed-origin.js';
import { forbidden, notFound, tooMany } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Access } from '../access-rule.js';
import { VisitorSessionDto } from './visitor-session.dto.js';
import { VisitorTokens } from './visitor-tokens.service.js';
import { WebChats, type WebChat } from './web-chats.service.js';

type Locale = 'en' | 'fa';

export interface VisitorSessionView {
  token: string;
  /** What the chat calls itself, in the visitor's language. */
  name: string;
  locale: Locale;
}

/**
 * Where a chat on a web page becomes somebody. No cookie is read or set here, so other sites may call it: those that the channel
 * names, or every one when it names none.
 */
@Controller('api/chat')
@Access('public')
export class VisitorSessionController {
  private readonly limit = new RateLimiterMemory({ points: 30, duration: 60 });

  constructor(
    private readonly config: HubConfig,
    private readonly chats: WebChats,
    private readonly tokens: VisitorTokens,
  ) {}

  @Post(':channelId/session')
  @HttpCode(201)
  async begin(
    @Param('channelId') channelId: string,
    @Body() wish: VisitorSessionDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<VisitorSessionView> {
    const chat = this.find(channelId, request);
    await this.limit.consume(request.ip).catch((reason: unknown) => {
      throw reason instanceof RateLimiterRes ? tooMany(reason.msBeforeNext / 1000) : reason;
    });
    const locale = wish.locale ?? localeOf(request.headers['accept-language']);
    const known = wish.token === undefined ? null : this.tokens.read(wish.token, chat.id);
    void reply.header('cache-control', 'no-store');
    return { token: this.tokens.issue(chat.id, known?.visitorId), name: nameOf(chat, locale), locale };
  }

  /** Refuses what is not a chat, and pages that may not show it. */
  private find(channelId: string, { headers }: HubRequest): WebChat {
    const chat = this.chats.find(channelId);
    if (!chat) {
      throw notFound('This chat');
    }
    if (!mayShowChat(headers, this.config.publicUrl, chat.allowedOrigins)) {
      throw forbidden('This chat is not for this page.', 'origin_not_allowed');
    }
    return chat;
  }
}

function nameOf({ title, name }: WebChat, locale: Locale): string {
  return title[locale] || title.en || title.fa || name;
}

/** The first of a browser's languages that we have. */
function localeOf(accepted: string | undefined): Locale {
  return /\b(fa|en)\b/i.exec(accepted ?? '')?.[1]?.toLowerCase() === 'fa' ? 'fa' : 'en';
}
