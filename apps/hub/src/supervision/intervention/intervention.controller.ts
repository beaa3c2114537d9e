import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { TakeOverDto } from './intervention.dto.js';
import { TakeOvers } from './take-overs.service.js';

/** What supervisors do with the work of their agents. */
@Controller('api')
@Access('supervisor', 'work.steer')
export class InterventionController {
  constructor(private readonly takeOvers: TakeOvers) {}

  /** Only from whoever had it when the caller looked. */
  @Post('tickets/:id/take-over')
  @HttpCode(204)
  takeOver(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) ticketId: string,
    @Body() { from, reason }: TakeOverDto,
  ): Promise<void> {
    return this.takeOvers.take(actor, ticketId, { from, reason });
  }
}
