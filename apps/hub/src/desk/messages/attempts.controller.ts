import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import type { AttemptView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { MessageAttempts } from './message-attempts.service.js';

/** How often a message of ours was tried, and what came of it. */
@Controller('api/messages/:id/attempts')
@Access('agent')
export class AttemptsController {
  constructor(private readonly attempts: MessageAttempts) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AttemptView[]> {
    return this.attempts.list(actor, id);
  }
}
