import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type { Page, SurveyAnswerView, SurveySummaryView, SurveyView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { SurveyAnswersDto, SurveySummaryDto } from '../reports/survey-reports.dto.js';
import { SurveyReports } from '../reports/survey-reports.service.js';
import { SurveySettings } from './survey-settings.service.js';
import { ChangeSurveyDto, NewSurveyDto } from './surveys.dto.js';

@Controller('api/surveys')
@Access('admin', 'automation.manage')
export class SurveysController {
  constructor(
    private readonly surveys: SurveySettings,
    private readonly reports: SurveyReports,
  ) {}

  /** Agents choose one of them in macros, and to ask by hand. */
  @Get()
  @Access('agent')
  list(): Promise<SurveyView[]> {
    return this.surveys.list();
  }

  @Get('summary')
  @Access('supervisor', 'automation.manage')
  summarise(@Query() query: SurveySummaryDto): Promise<SurveySummaryView> {
    return this.reports.summarise(query);
  }

  @Get('answers')
  @Access('supervisor', 'automation.manage')
  answers(@Query() query: SurveyAnswersDto): Promise<Page<SurveyAnswerView>> {
    return this.reports.answers(query);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewSurveyDto): Promise<SurveyView> {
    return this.surveys.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeSurveyDto,
  ): Promise<SurveyView> {
    return this.surveys.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.surveys.remove(actor, id);
  }
}
