import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { QueueTicketsView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { QueueTicketsDto } from './queue-tickets.dto.js';
import { QueueTickets } from './queue-tickets.service.js';

@Controller('api/queues/:id/tickets')
@Access('admin', 'routing.manage')
export class QueueTicketsController {
  constructor(private readonly tickets: QueueTickets) {}

  @Get()
  read(@Param('id', ParseUUIDPipe) id: string): Promise<QueueTicketsView> {
    return this.tickets.read(id);
  }

  @Put()
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: QueueTicketsDto,
  ): Promise<QueueTicketsView> {
    return this.tickets.change(actor, id, body);
  }
}
