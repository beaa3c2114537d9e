import { IsIn, IsISO8601, IsOptional, IsUUID } from 'class-validator';
import { surveyKinds, type SurveyKind } from '#tickets';
import { PageDto } from '../../desk/page.dto.js';

/** Which answers are counted, and by what. Those asked within the time, the last thirty days unless said otherwise. */
export class SurveySummaryDto {
  @IsIn(surveyKinds)
  kind!: SurveyKind;

  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Not included. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  @IsOptional()
  @IsUUID()
  surveyId?: string;

  @IsOptional()
  @IsUUID()
  queueId?: string;

  @IsOptional()
  @IsUUID()
  agentId?: string;

  @IsOptional()
  @IsIn(['queue', 'agent'])
  by: 'queue' | 'agent' = 'queue';
}

/** Which answers are listed, the latest first. */
export class SurveyAnswersDto extends PageDto {
  @IsOptional()
  @IsIn(surveyKinds)
  kind?: SurveyKind;

  /** Only those that somebody has to look after. */
  @IsOptional()
  @IsIn(['low', 'all'])
  which: 'low' | 'all' = 'all';
}
