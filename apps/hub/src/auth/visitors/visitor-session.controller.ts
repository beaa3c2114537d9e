import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { HubConfig } from '#config';
import { mayShowChat } from '../../live/allowed-origin.js';
import { forbidden, notFound } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { ownAccent, type Brand } from '../../settings/brand/brand.js';
import { Brands } from '../../settings/brand/brands.service.js';
import { Access } from '../access-rule.js';
import { VisitorBrakes } from './visitor-brakes.service.js';
import { VisitorCheck } from './visitor-check.service.js';
import { VisitorSessionDto } from './visitor-session.dto.js';
import { VisitorSessions, type BegunSession } from './visitor-sessions.service.js';
import { WebChats, type WebChat } from './web-chats.service.js';

type Locale = 'en' | 'fa';

export interface VisitorSessionView extends BegunSession {
  /** What the chat calls itself, in the visitor's language. */
  name: string;
  locale: Locale;
  /** What it says before anything was written; '' for the widget's own words. */
  greeting: string;
  colour: string;
  side: 'start' | 'end';
}

/**
 * Where a chat on a web page becomes somebody. No cookie is read or set here, so other sites may call it: those that the channel
 * names, or every one when it names none.
 */
@Controller('api/chat')
@Access('public')
export class VisitorSessionController {
  constructor(
    private readonly config: HubConfig,
    private readonly chats: WebChats,
    private readonly check: VisitorCheck,
    private readonly sessions: VisitorSessions,
    private readonly brakes: VisitorBrakes,
    private readonly brands: Brands,
  ) {}

  @Post(':channelId/session')
  @HttpCode(201)
  async begin(
    @Param('channelId') channelId: string,
    @Body() { token, identity, locale: wished }: VisitorSessionDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<VisitorSessionView> {
    const chat = this.find(channelId, request);
    await this.brakes.enter(request.ip, token !== undefined);
    const visitor = token === undefined ? null : await this.check.read(token, chat.id);
    if (token !== undefined && !visitor) {
      await this.brakes.enter(request.ip, false);
    }
    const begun = await this.sessions.begin(chat, visitor && { ...visitor, token: String(token) }, identity);
    const locale = wished ?? localeOf(request.headers['accept-language']);
    void reply.header('cache-control', 'no-store');
    return { ...begun, ...faceOf(chat, this.brands.now, locale) };
  }

  /** Refuses what is not a chat, and pages that may not show it. */
  private find(channelId: string, { headers }: HubRequest): WebChat {
    const chat = this.chats.find(channelId);
    if (!chat) {
      throw notFound('This chat');
    }
    if (!mayShowChat(headers, this.config.publicUrl, chat)) {
      throw forbidden('This chat is not for this page.', 'origin_not_allowed');
    }
    return chat;
  }
}

/** What the channel says nothing of its own about is the organisation's. */
function faceOf(
  { title, name, greeting, colour, side }: WebChat,
  brand: Brand,
  locale: Locale,
): Omit<VisitorSessionView, keyof BegunSession> {
  return {
    name: pick(title, locale) || pick(brand.name, locale) || name,
    locale,
    greeting: pick(greeting, locale),
    colour: (colour.toLowerCase() === ownAccent ? brand.accent : null) ?? colour,
    side,
  };
}

function pick(text: { en: string; fa: string }, locale: Locale): string {
  return text[locale] || text.en || text.fa;
}

/** The first of a browser's languages that we have. */
function localeOf(accepted: string | undefined): Locale {
  return /\b(fa|en)\b/i.exec(accepted ?? '')?.[1]?.toLowerCase() === 'fa' ? 'fa' : 'en';
}
