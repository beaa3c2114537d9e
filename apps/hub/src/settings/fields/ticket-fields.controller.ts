import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { TicketFieldView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { TicketFieldSettings } from './ticket-field-settings.service.js';
import { ChangeFieldDto, NewFieldDto } from './ticket-fields.dto.js';

@Controller('api/ticket-fields')
@Access('admin', 'fields.manage')
export class TicketFieldsController {
  constructor(private readonly fields: TicketFieldSettings) {}

  @Get()
  @Access('agent')
  list(): Promise<TicketFieldView[]> {
    return this.fields.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewFieldDto): Promise<TicketFieldView> {
    return this.fields.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeFieldDto,
  ): Promise<TicketFieldView> {
    return this.fields.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.fields.remove(actor, id);
  }
}
