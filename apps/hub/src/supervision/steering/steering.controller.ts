import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { BoardHand, SteeringView, UnseenWhispersView, WatchView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { RepeatsByItself } from '../../platform/http/idempotency-interceptor.js';
import { Hands } from './hands.service.js';
import { SteeringReader } from './steering-reader.service.js';
import { RaiseHandDto, WhisperAnswerDto, WhisperDto } from './steering.dto.js';
import { Whispers } from './whispers.service.js';

/** Help beside a conversation. No answer here repeats what was whispered: answers to unsafe calls are kept for a while. */
@Controller('api')
@Access('agent')
export class SteeringController {
  constructor(
    private readonly reader: SteeringReader,
    private readonly whispers: Whispers,
    private readonly hands: Hands,
  ) {}

  /** What of it concerns the caller. */
  @Get('conversations/:id/steering')
  read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) conversationId: string): Promise<SteeringView> {
    return this.reader.ofAgent(actor, conversationId);
  }

  /** Whispers to the caller that they did not say they saw, by conversation. */
  @Get('me/whispers')
  unseen(@CurrentActor() actor: Actor): Promise<UnseenWhispersView[]> {
    return this.reader.unseen(actor);
  }

  /** All of it, for whoever watches. Reading it begins no watch: `steering.watch` on the socket does. */
  @Get('conversations/:id/watch')
  @Access('supervisor', 'steering.watch')
  watch(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) conversationId: string): Promise<WatchView> {
    return this.reader.ofWatcher(actor, conversationId);
  }

  /** Says something to the agent alone. The id is the caller's own: sending it again changes nothing. */
  @Put('conversations/:id/whispers/:whisper')
  @Access('supervisor', 'steering.whisper')
  @HttpCode(204)
  @RepeatsByItself()
  whisper(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) conversationId: string,
    @Param('whisper', ParseUUIDPipe) id: string,
    @Body() { words, agentId }: WhisperDto,
  ): Promise<void> {
    return this.whispers.send(actor, conversationId, { id, words, agentId });
  }

  /** Answers those who whispered to the caller. */
  @Put('conversations/:id/whispers/:whisper/answer')
  @HttpCode(204)
  @RepeatsByItself()
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) conversationId: string,
    @Param('whisper', ParseUUIDPipe) id: string,
    @Body() { words }: WhisperAnswerDto,
  ): Promise<void> {
    return this.whispers.answer(actor, conversationId, { id, words });
  }

  @Post('conversations/:id/whispers/seen')
  @HttpCode(204)
  see(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) conversationId: string): Promise<void> {
    return this.whispers.see(actor, conversationId);
  }

  /** Asks for help with work of the caller's; asking again changes what is said. */
  @Put('conversations/:id/hand')
  @HttpCode(204)
  @RepeatsByItself()
  raise(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) conversationId: string,
    @Body() { words }: RaiseHandDto,
  ): Promise<void> {
    return this.hands.raise(actor, conversationId, { id: uuid(), words });
  }

  @Delete('conversations/:id/hand')
  @HttpCode(204)
  lowerOwn(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) conversationId: string): Promise<void> {
    return this.hands.lowerOwn(actor, conversationId);
  }

  /** Of the queues that the caller watches, the longest up first. */
  @Get('hands')
  @Access('supervisor', 'steering.watch')
  openHands(@CurrentActor() actor: Actor): Promise<BoardHand[]> {
    return this.reader.openHands(actor);
  }

  /** The caller is on it. */
  @Post('hands/:id/take')
  @Access('supervisor', 'steering.watch')
  @HttpCode(204)
  take(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.hands.take(actor, id);
  }

  @Delete('hands/:id')
  @Access('supervisor', 'steering.watch')
  @HttpCode(204)
  lower(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.hands.lower(actor, id);
  }
}
