import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { TicketStateNameView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { TicketStateNames } from './ticket-state-names.service.js';
import { ChangeStateNameDto, NewStateNameDto } from './ticket-states.dto.js';

@Controller('api/ticket-states')
@Access('admin', 'fields.manage')
export class TicketStatesController {
  constructor(private readonly names: TicketStateNames) {}

  @Get()
  @Access('agent')
  list(): Promise<TicketStateNameView[]> {
    return this.names.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewStateNameDto): Promise<TicketStateNameView> {
    return this.names.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeStateNameDto,
  ): Promise<TicketStateNameView> {
    return this.names.change(actor, id, body);
  }
}
