import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { CalendarView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../auth/actor.js';
import { CalendarSettings } from './calendar-settings.service.js';
import { ChangeCalendarDto, CloseTodayDto, HolidaysDto, NewCalendarDto } from './calendars.dto.js';

@Controller('api/calendars')
@Access('admin', 'routing.manage')
export class CalendarsController {
  constructor(private readonly calendars: CalendarSettings) {}

  @Get()
  @Access('agent')
  list(): Promise<CalendarView[]> {
    return this.calendars.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewCalendarDto): Promise<CalendarView> {
    return this.calendars.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeCalendarDto,
  ): Promise<CalendarView> {
    return this.calendars.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.calendars.remove(actor, id);
  }

  /** Closes what is left of today, or gives the day its usual hours back; promises that run are counted anew at once. */
  @Post(':id/today')
  @Access('supervisor', ['routing.manage', 'work.steer'])
  @HttpCode(200)
  today(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CloseTodayDto,
  ): Promise<CalendarView> {
    return this.calendars.setToday(actor, id, body);
  }

  /** Takes over the public holidays of a year; days that have hours of their own already stay as they are. */
  @Post(':id/holidays')
  @HttpCode(200)
  holidays(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: HolidaysDto,
  ): Promise<CalendarView> {
    return this.calendars.addHolidays(actor, id, body);
  }
}
