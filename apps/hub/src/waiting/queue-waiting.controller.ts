import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { QueueWaitingView } from '#contract';
import { Access } from '../auth/access-rule.js';
import type { Actor } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.js';
import { QueueWaitingDto } from './queue-waiting.dto.js';
import { QueueWaiting } from './queue-waiting.service.js';

@Controller('api/queues/:id/waiting')
@Access('admin', 'routing.manage')
export class QueueWaitingController {
  constructor(private readonly waiting: QueueWaiting) {}

  @Get()
  read(@Param('id', ParseUUIDPipe) id: string): Promise<QueueWaitingView> {
    return this.waiting.read(id);
  }

  @Put()
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: QueueWaitingDto,
  ): Promise<QueueWaitingView> {
    return this.waiting.change(actor, id, body);
  }
}
