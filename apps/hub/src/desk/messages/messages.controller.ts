import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { MessageView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { RepeatsByItself } from '../../platform/http/idempotency-interceptor.js';
import { MessageMoves } from '../tickets/lifecycle/message-moves.service.js';
import { LoggedCalls } from './logged-calls.service.js';
import { MessageActs } from './message-acts.service.js';
import { MessageWriter } from './message-writer.service.js';
import { MoveMessageDto, NewCallDto, NewMessageDto, PartQueryDto, ReplyOptionsQueryDto } from './messages.dto.js';
import { ReplyOptions, type ReplyOptionsView } from './reply-options.service.js';

@Controller('api/conversations/:id')
@Access('agent')
export class MessagesController {
  constructor(
    private readonly writer: MessageWriter,
    private readonly acts: MessageActs,
    private readonly calls: LoggedCalls,
    private readonly options: ReplyOptions,
    private readonly moves: MessageMoves,
  ) {}

  /** What the composer offers for a mail: its subject, who an answer to everybody reaches, whether it repeats the thread. */
  @Get('reply-options')
  replyOptions(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: ReplyOptionsQueryDto,
  ): Promise<ReplyOptionsView> {
    return this.options.read(actor, id, query);
  }

  @Post('messages')
  @RepeatsByItself()
  write(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewMessageDto,
  ): Promise<MessageView> {
    return this.writer.write(actor, id, body);
  }

  @Post('calls')
  logCall(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewCallDto,
  ): Promise<MessageView> {
    return this.calls.log(actor, id, body);
  }

  @Post('messages/:seq/resend')
  @HttpCode(200)
  resend(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('seq', ParseIntPipe) seq: number,
    @Query() { part }: PartQueryDto,
  ): Promise<MessageView> {
    return this.acts.resend(actor, id, part, seq);
  }

  @Post('messages/:seq/ticket')
  @HttpCode(200)
  move(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('seq', ParseIntPipe) seq: number,
    @Body() body: MoveMessageDto,
  ): Promise<MessageView> {
    return this.moves.moveOne(actor, id, { part: body.part, ticketId: body.ticketId, seq });
  }
}
