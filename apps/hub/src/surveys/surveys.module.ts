import { Global, Module } from '@nestjs/common';
import { TicketAccess } from '../desk/tickets/ticket-access.service.js';
import { IntakeModule } from '../intake/intake.module.js';
import { SurveyPageController } from './page/survey-page.controller.js';
import { SurveyPage } from './page/survey-page.service.js';
import { SurveyReports } from './reports/survey-reports.service.js';
import { TicketSurveysController } from './reports/ticket-surveys.controller.js';
import { TicketSurveys } from './reports/ticket-surveys.service.js';
import { SurveySettings } from './settings/survey-settings.service.js';
import { SurveysController } from './settings/surveys.controller.js';
import { SurveyAnswers } from './survey-answers.service.js';
import { SurveyFollowUps } from './survey-follow-ups.service.js';
import { SurveyListening } from './survey-listening.service.js';
import { SurveyTokens } from './survey-tokens.service.js';
import { SurveySweeper } from './survey.sweeper.js';
import { Surveys } from './surveys.service.js';

/** What customers are asked once their matter is solved, what they answer, and what follows from it. */
@Global()
@Module({
  imports: [IntakeModule],
  controllers: [SurveysController, TicketSurveysController, SurveyPageController],
  providers: [
    Surveys,
    SurveyAnswers,
    SurveyFollowUps,
    SurveyListening,
    SurveyPage,
    SurveyReports,
    SurveySettings,
    SurveySweeper,
    SurveyTokens,
    TicketAccess,
    TicketSurveys,
  ],
  exports: [SurveyAnswers, Surveys],
})
export class SurveysModule {}
