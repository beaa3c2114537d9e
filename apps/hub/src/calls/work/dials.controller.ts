import { Body, Controller, Get, Headers, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { DialledView, MyCallView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { DialDto } from './dial.dto.js';
import { Dials, newDialKey } from './dials.service.js';

@Controller('api')
@Access('agent')
export class DialsController {
  constructor(private readonly dials: Dials) {}

  /** Rings the caller's own phone, then the customer's. Repeated with the same key it calls once. */
  @Post('conversations/:id/calls/dial')
  dial(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DialDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<DialledView> {
    return this.dials.dial(actor, id, body, key ?? newDialKey());
  }

  /** The call that rings me, or that I am on. */
  @Get('calls/mine')
  mine(@CurrentActor() actor: Actor): Promise<MyCallView> {
    return this.dials.mine(actor);
  }
}
