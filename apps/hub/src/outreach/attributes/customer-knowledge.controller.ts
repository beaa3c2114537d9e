import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { CustomerKnowledgeView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { SetAttributesDto } from './attributes.dto.js';
import { CustomerKnowledge } from './customer-knowledge.service.js';

@Controller('api/customers')
@Access('agent')
export class CustomerKnowledgeController {
  constructor(private readonly knowledge: CustomerKnowledge) {}

  /** Attributes, purchases, and why the tier is as it is. */
  @Get(':id/knowledge')
  read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<CustomerKnowledgeView> {
    return this.knowledge.read(actor, id);
  }

  @Put(':id/attributes')
  setValues(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SetAttributesDto,
  ): Promise<CustomerKnowledgeView> {
    return this.knowledge.setValues(actor, id, body.values);
  }
}
