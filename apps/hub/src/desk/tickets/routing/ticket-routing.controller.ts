import { Body, Controller, Get, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import type { RoutingPlaceView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { TicketPlacesDto, TicketRoutingDto } from './ticket-routing.dto.js';
import { TicketRouting } from './ticket-routing.service.js';

@Controller('api/tickets')
@Access('agent')
export class TicketRoutingController {
  constructor(private readonly routing: TicketRouting) {}

  @Get('routing')
  list(@CurrentActor() actor: Actor, @Query() { ids }: TicketPlacesDto): Promise<RoutingPlaceView[]> {
    return this.routing.list(actor, ids);
  }

  @Get(':id/routing')
  get(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<RoutingPlaceView> {
    return this.routing.get(actor, id);
  }

  @Put(':id/routing')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: TicketRoutingDto,
  ): Promise<RoutingPlaceView> {
    return this.routing.change(actor, id, body);
  }
}
