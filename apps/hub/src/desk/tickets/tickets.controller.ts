import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { TicketView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { TicketService } from './ticket.service.js';
import { AssignTicketDto, ChangeTicketDto, NewTicketDto } from './tickets.dto.js';

@Controller('api')
@Access('agent')
export class TicketsController {
  constructor(private readonly tickets: TicketService) {}

  @Patch('tickets/:id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeTicketDto,
  ): Promise<TicketView> {
    return this.tickets.change(actor, id, body);
  }

  @Post('tickets/:id/assignment')
  @HttpCode(200)
  assign(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AssignTicketDto,
  ): Promise<TicketView> {
    return this.tickets.assign(actor, id, body);
  }

  @Post('conversations/:id/tickets')
  open(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewTicketDto,
  ): Promise<TicketView> {
    return this.tickets.open(actor, id, body);
  }
}
