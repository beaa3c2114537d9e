import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { ReportScheduleView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { ChangeScheduleDto, NewScheduleDto } from './schedules.dto.js';
import { ReportSchedules } from './schedules.service.js';
import { ScheduleSweeper } from './schedules.sweeper.js';

@Controller('api/reports/schedules')
@Access('supervisor', 'reports.read')
export class SchedulesController {
  constructor(
    private readonly schedules: ReportSchedules,
    private readonly sweeper: ScheduleSweeper,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<ReportScheduleView[]> {
    return this.schedules.list(actor);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewScheduleDto): Promise<ReportScheduleView> {
    return this.schedules.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeScheduleDto,
  ): Promise<ReportScheduleView> {
    return this.schedules.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.schedules.remove(actor, id);
  }

  @Post(':id/send')
  @HttpCode(202)
  async send(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ReportScheduleView> {
    const schedule = await this.schedules.sendNow(actor, id);
    this.sweeper.wake();
    return schedule;
  }
}
