import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type { SkillView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { SkillSettings } from './skill-settings.service.js';
import { RemoveSkillDto, SkillDto } from './skills.dto.js';

@Controller('api/skills')
@Access('admin', 'routing.manage')
export class SkillsController {
  constructor(private readonly skills: SkillSettings) {}

  @Get()
  @Access('agent')
  list(): Promise<SkillView[]> {
    return this.skills.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: SkillDto): Promise<SkillView> {
    return this.skills.create(actor, body.name);
  }

  @Patch(':id')
  rename(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SkillDto,
  ): Promise<SkillView> {
    return this.skills.rename(actor, id, body.name);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { everywhere }: RemoveSkillDto,
  ): Promise<void> {
    return this.skills.remove(actor, id, everywhere === 'true');
  }
}
