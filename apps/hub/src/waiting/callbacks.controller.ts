import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { CallbackView, Page } from '#contract';
import { Access } from '../auth/access-rule.js';
import type { Actor } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.js';
import { CallbackDesk } from './callback-desk.service.js';
import { CallbackListDto } from './callbacks.dto.js';

@Controller('api/callbacks')
@Access('agent')
export class CallbacksController {
  constructor(private readonly desk: CallbackDesk) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: CallbackListDto): Promise<Page<CallbackView>> {
    return this.desk.list(actor, query);
  }

  @Post(':id/done')
  @HttpCode(200)
  finish(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<CallbackView> {
    return this.desk.finish(actor, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Access('supervisor', 'work.steer')
  cancel(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<CallbackView> {
    return this.desk.cancel(actor, id);
  }
}
