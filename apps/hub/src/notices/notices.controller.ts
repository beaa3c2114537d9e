import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { NoticesFrame, NoticeView, Page } from '#contract';
import { Access } from '../auth/access-rule.js';
import type { Actor } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.js';
import { NoticePageDto, ReadNoticesDto } from './notices.dto.js';
import { Notices } from './notices.service.js';

/** What concerns the caller: mentions, tickets they were given, promises, answers of their customers, messages that did not leave. */
@Controller('api/me/notices')
@Access('agent')
export class NoticesController {
  constructor(private readonly notices: Notices) {}

  @Get()
  page(@CurrentActor() actor: Actor, @Query() page: NoticePageDto): Promise<Page<NoticeView>> {
    return this.notices.page(actor, page);
  }

  @Get('unread')
  async unread(@CurrentActor() actor: Actor): Promise<NoticesFrame> {
    return { unread: await this.notices.countUnread(actor.id), isNews: false };
  }

  /** Marks notices as read; an empty body means all of them. */
  @Post('read')
  @HttpCode(200)
  read(@CurrentActor() actor: Actor, @Body() which: ReadNoticesDto): Promise<NoticesFrame> {
    return this.notices.markRead(actor, which);
  }
}
