import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { CustomerAttributeView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { AttributeSettings } from './attribute-settings.service.js';
import { ChangeAttributeDto, NewAttributeDto } from './attributes.dto.js';

@Controller('api/customer-attributes')
@Access('admin', 'fields.manage')
export class AttributesController {
  constructor(private readonly attributes: AttributeSettings) {}

  @Get()
  @Access('agent')
  list(): Promise<CustomerAttributeView[]> {
    return this.attributes.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewAttributeDto): Promise<CustomerAttributeView> {
    return this.attributes.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeAttributeDto,
  ): Promise<CustomerAttributeView> {
    return this.attributes.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.attributes.remove(actor, id);
  }
}
