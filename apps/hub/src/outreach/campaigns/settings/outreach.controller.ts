import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Put, Query } from '@nestjs/common';
import type {
  OutreachFiguresView,
  OutreachLimitsView,
  OutreachPersonView,
  OutreachPreviewView,
  OutreachView,
  Page,
} from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { OutreachFigures } from '../reports/outreach-figures.service.js';
import { OutreachLife } from './outreach-life.service.js';
import { OutreachLimits } from './outreach-limits.service.js';
import { OutreachPreview } from './outreach-preview.service.js';
import { OutreachSettings } from './outreach-settings.service.js';
import {
  ChangeOutreachDto,
  NewOutreachDto,
  OutreachLimitsDto,
  OutreachPeopleDto,
  TestOutreachDto,
} from './outreach.dto.js';

@Controller('api/outreach')
@Access('admin', 'automation.manage')
export class OutreachController {
  constructor(
    private readonly settings: OutreachSettings,
    private readonly life: OutreachLife,
    private readonly previews: OutreachPreview,
    private readonly figures: OutreachFigures,
    private readonly limits: OutreachLimits,
  ) {}

  @Get()
  @Access('supervisor', 'automation.manage')
  list(): Promise<OutreachView[]> {
    return this.settings.list();
  }

  @Get('limits')
  @Access('supervisor', 'automation.manage')
  readLimits(): Promise<OutreachLimitsView> {
    return this.limits.read();
  }

  @Put('limits')
  changeLimits(@CurrentActor() actor: Actor, @Body() body: OutreachLimitsDto): Promise<OutreachLimitsView> {
    return this.limits.change(actor, body);
  }

  @Get(':id')
  @Access('supervisor', 'automation.manage')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<OutreachView> {
    return this.settings.get(id);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewOutreachDto): Promise<OutreachView> {
    return this.settings.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeOutreachDto,
  ): Promise<OutreachView> {
    return this.settings.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.settings.remove(actor, id);
  }

  @Get(':id/preview')
  @Access('supervisor', 'automation.manage')
  preview(@Param('id', ParseUUIDPipe) id: string): Promise<OutreachPreviewView> {
    return this.previews.look(id);
  }

  @Post(':id/test')
  @HttpCode(204)
  test(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: TestOutreachDto,
  ): Promise<void> {
    return this.previews.test(actor, id, body);
  }

  @Get(':id/figures')
  @Access('supervisor', 'automation.manage')
  read(@Param('id', ParseUUIDPipe) id: string): Promise<OutreachFiguresView> {
    return this.figures.read(id);
  }

  @Get(':id/people')
  @Access('supervisor', 'automation.manage')
  people(@Param('id', ParseUUIDPipe) id: string, @Query() query: OutreachPeopleDto): Promise<Page<OutreachPersonView>> {
    return this.figures.people(id, query);
  }

  @Post(':id/schedule')
  @HttpCode(200)
  schedule(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OutreachView> {
    return this.life.step(actor, id, 'schedule');
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  withdraw(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OutreachView> {
    return this.life.step(actor, id, 'withdraw');
  }

  @Post(':id/pause')
  @HttpCode(200)
  pause(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OutreachView> {
    return this.life.step(actor, id, 'pause');
  }

  @Post(':id/resume')
  @HttpCode(200)
  resume(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OutreachView> {
    return this.life.step(actor, id, 'resume');
  }

  @Post(':id/stop')
  @HttpCode(200)
  stop(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OutreachView> {
    return this.life.step(actor, id, 'stop');
  }
}
