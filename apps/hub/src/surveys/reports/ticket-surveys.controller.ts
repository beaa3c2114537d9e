import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import type { TicketSurveyView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { TicketSurveys } from './ticket-surveys.service.js';

/** Which survey an agent asks by. */
export class AskSurveyDto {
  @IsUUID()
  surveyId!: string;
}

@Controller('api/tickets/:id/surveys')
@Access('agent')
export class TicketSurveysController {
  constructor(private readonly surveys: TicketSurveys) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<TicketSurveyView[]> {
    return this.surveys.list(actor, id);
  }

  @Post()
  @HttpCode(200)
  ask(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { surveyId }: AskSurveyDto,
  ): Promise<TicketSurveyView[]> {
    return this.surveys.ask(actor, id, surveyId);
  }
}
