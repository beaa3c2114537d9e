import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { BotSessionView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { BotSessions } from './bot-sessions.service.js';

@Controller('api/conversations/:id/bot')
@Access('agent')
export class BotSessionsController {
  constructor(private readonly sessions: BotSessions) {}

  /** The latest bot that talked with the customer: `session` is null where none ever did. */
  @Get()
  async read(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<{ session: BotSessionView | null }> {
    return { session: await this.sessions.latest(actor, id) };
  }

  @Post('return')
  @HttpCode(200)
  giveBack(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<BotSessionView> {
    return this.sessions.returnToBot(actor, id);
  }
}
