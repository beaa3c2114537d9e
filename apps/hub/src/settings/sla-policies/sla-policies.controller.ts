import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { SlaPolicyView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChangeSlaPolicyDto, NewSlaPolicyDto, PublishSlaPolicyDto } from './sla-policies.dto.js';
import { SlaPolicySettings } from './sla-policy-settings.service.js';

@Controller('api/sla-policies')
@Access('admin', 'routing.manage')
export class SlaPoliciesController {
  constructor(private readonly policies: SlaPolicySettings) {}

  @Get()
  @Access('supervisor', ['routing.manage', 'work.steer'])
  list(): Promise<SlaPolicyView[]> {
    return this.policies.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewSlaPolicyDto): Promise<SlaPolicyView> {
    return this.policies.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeSlaPolicyDto,
  ): Promise<SlaPolicyView> {
    return this.policies.change(actor, id, body);
  }

  /** Makes the draft the version that new promises are pinned to. It never changes afterwards. */
  @Post(':id/publish')
  @HttpCode(200)
  publish(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: PublishSlaPolicyDto,
  ): Promise<SlaPolicyView> {
    return this.policies.publish(actor, id, body);
  }
}
