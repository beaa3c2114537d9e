import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { TrialCallView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { BeginTrialDto, TrialHappeningDto } from './trial-calls.dto.js';
import { TrialCalls } from './trial-calls.service.js';

/** Trying a phone channel without a provider. */
@Controller('api/channels/:id/trial-calls')
@Access('admin', 'channels.manage')
export class TrialCallsController {
  constructor(private readonly trials: TrialCalls) {}

  @Post()
  @HttpCode(200)
  begin(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: BeginTrialDto,
  ): Promise<TrialCallView> {
    return this.trials.begin(actor, id, body);
  }

  @Post(':call')
  @HttpCode(200)
  next(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('call') call: string,
    @Body() body: TrialHappeningDto,
  ): Promise<TrialCallView> {
    return this.trials.next(id, call, body);
  }
}
