import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import type { TicketPropertiesView, TicketView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { Followers } from './followers.service.js';
import { PropertyReader } from './property-reader.service.js';
import { SetFieldsDto, SnoozeDto, SpamDto } from './ticket-properties.dto.js';
import { TicketProperties } from './ticket-properties.service.js';
import { TicketSpam } from './ticket-spam.service.js';

@Controller('api/tickets')
@Access('agent')
export class TicketPropertiesController {
  constructor(
    private readonly properties: TicketProperties,
    private readonly reader: PropertyReader,
    private readonly followers: Followers,
    private readonly spam: TicketSpam,
  ) {}

  @Get(':id/properties')
  read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<TicketPropertiesView> {
    return this.reader.read(actor, id);
  }

  @Put(':id/fields')
  setFields(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { values }: SetFieldsDto,
  ): Promise<TicketView> {
    return this.properties.setFields(actor, id, values);
  }

  @Put(':id/snooze')
  snooze(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { until }: SnoozeDto,
  ): Promise<TicketView> {
    return this.properties.snooze(actor, id, until);
  }

  @Delete(':id/snooze')
  wake(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<TicketView> {
    return this.properties.wake(actor, id);
  }

  @Put(':id/followers/:agentId')
  @HttpCode(204)
  follow(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('agentId', ParseUUIDPipe) agentId: string,
  ): Promise<void> {
    return this.followers.set(actor, id, agentId, true);
  }

  @Delete(':id/followers/:agentId')
  @HttpCode(204)
  unfollow(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('agentId', ParseUUIDPipe) agentId: string,
  ): Promise<void> {
    return this.followers.set(actor, id, agentId, false);
  }

  @Post(':id/spam')
  @HttpCode(200)
  markSpam(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { block }: SpamDto,
  ): Promise<TicketView> {
    return this.spam.mark(actor, id, block);
  }

  @Delete(':id/spam')
  unmarkSpam(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<TicketView> {
    return this.spam.unmark(actor, id);
  }
}
