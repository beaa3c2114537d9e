import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { HeldMessageView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { RepeatsByItself } from '../../../platform/http/idempotency-interceptor.js';
import { HeldMessageDto, SendHeldDto } from '../messages.dto.js';
import { HeldMessages } from './held-messages.service.js';

/** Messages that leave in some seconds, and that their writer can take back until then. */
@Controller('api')
@Access('agent')
export class HeldMessagesController {
  constructor(private readonly held: HeldMessages) {}

  @Post('conversations/:id/held-messages')
  @RepeatsByItself()
  hold(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { seconds, ...message }: HeldMessageDto,
  ): Promise<HeldMessageView> {
    return this.held.hold(actor, id, message, seconds);
  }

  @Get('me/held-messages')
  list(@CurrentActor() actor: Actor): Promise<HeldMessageView[]> {
    return this.held.list(actor);
  }

  @Post('held-messages/:id/send')
  @HttpCode(200)
  sendNow(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() how: SendHeldDto,
  ): Promise<HeldMessageView> {
    return this.held.sendNow(actor, id, how);
  }

  /** Takes it back. */
  @Delete('held-messages/:id')
  takeBack(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<HeldMessageView> {
    return this.held.takeBack(actor, id);
  }
}
