import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { ConversationView, ListRow, MessageView, Page, ReadMarks } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ConversationService } from './conversation.service.js';
import { PageDto } from '../page.dto.js';
import { ListDto, ReadDto, UnreadDto } from './conversations.dto.js';
import { ConversationList } from './list.service.js';
import { UnreadMarks } from './unread-marks.service.js';

@Controller('api/conversations')
@Access('agent')
export class ConversationsController {
  constructor(
    private readonly list: ConversationList,
    private readonly conversations: ConversationService,
    private readonly marks: UnreadMarks,
  ) {}

  @Get()
  page(@CurrentActor() actor: Actor, @Query() query: ListDto): Promise<Page<ListRow>> {
    return this.list.page(actor, query);
  }

  @Get(':id')
  open(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ConversationView> {
    return this.conversations.open(actor, id, 50);
  }

  @Get(':id/messages')
  messages(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageDto,
  ): Promise<Page<MessageView>> {
    return this.conversations.page(actor, id, query.before, query.limit);
  }

  @Post(':id/read')
  @HttpCode(204)
  read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string, @Body() body: ReadDto): Promise<void> {
    return this.conversations.read(actor, id, body.conversation, body.seq);
  }

  /** Everything from a message on is unread to the caller again. */
  @Post(':id/unread')
  @HttpCode(200)
  unread(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: UnreadDto,
  ): Promise<ReadMarks> {
    return this.marks.from(actor, id, body.message);
  }
}
