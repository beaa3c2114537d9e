import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { storableText } from '#channels';
import type { QuestionKind, ReportCalendar, ResultsBy } from '#contract';
import { dayShape, zoneShape } from '../reports/reports.dto.js';

/** As it can be stored, without what surrounds it. */
const trimmed = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? storableText(value).trim() : value;

/** In the languages in which it is there; one of them at least. */
export class QualityWordsDto {
  @Transform(trimmed)
  @IsString()
  @MaxLength(200)
  en: string = '';

  @Transform(trimmed)
  @IsString()
  @MaxLength(200)
  fa: string = '';
}

export class QuestionDto {
  /** The question of the version before that it is; none: a new one. */
  @IsOptional()
  @IsUUID()
  id?: string;

  @ValidateNested()
  @Type(() => QualityWordsDto)
  name!: QualityWordsDto;

  @IsIn(['yes_no', 'one_to_five'])
  kind!: QuestionKind;

  @IsInt()
  @Min(1)
  @Max(100)
  weight!: number;

  @IsBoolean()
  critical!: boolean;
}

export class ScorecardDto {
  /** The version that was seen: a change of anything newer is refused. */
  @IsInt()
  version!: number;

  @ValidateNested()
  @Type(() => QualityWordsDto)
  name!: QualityWordsDto;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => QuestionDto)
  questions!: QuestionDto[];
}

export class SampleDto {
  @Transform(trimmed)
  @Matches(/\S/)
  @MaxLength(120)
  name!: string;

  /** Tickets that were solved from this day… */
  @Matches(dayShape)
  from!: string;

  /** …to this one, included. */
  @Matches(dayShape)
  to!: string;

  @Matches(zoneShape)
  @IsTimeZone()
  zone: string = 'UTC';

  @IsInt()
  @Min(1)
  @Max(20)
  perAgent!: number;

  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  agentIds: string[] = [];

  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  queueIds: string[] = [];

  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  channelIds: string[] = [];

  /** Draws as it was drawn before; without one it is drawn anew. */
  @IsOptional()
  @Matches(/^[\w-]{1,64}$/)
  seed?: string;
}

export class ScoreDto {
  @IsUUID()
  questionId!: string;

  /** null: not applicable. */
  @ValidateIf(({ score }: ScoreDto) => score !== null)
  @IsInt()
  @Min(0)
  @Max(5)
  score!: number | null;
}

export class ReviewDto {
  @IsUUID()
  ticketId!: string;

  @IsArray()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => ScoreDto)
  scores!: ScoreDto[];

  @Transform(trimmed)
  @IsString()
  @MaxLength(4_000)
  comment: string = '';
}

export class ReopenReviewDto {
  @Transform(trimmed)
  @Matches(/\S/)
  @MaxLength(500)
  reason!: string;
}

export class AnswerReviewDto {
  @Transform(trimmed)
  @Matches(/\S/)
  @MaxLength(2_000)
  answer!: string;
}

export class ResultsDto {
  /** The first day, in `zone`. */
  @Matches(dayShape)
  from!: string;

  /** The last day, included. */
  @Matches(dayShape)
  to!: string;

  @Matches(zoneShape)
  @IsTimeZone()
  zone: string = 'UTC';

  @IsIn(['gregorian', 'jalali'])
  calendar: ReportCalendar = 'gregorian';

  @IsIn(['agent', 'question', 'week'])
  by: ResultsBy = 'agent';
}

export class ResultsFileDto extends ResultsDto {
  @IsIn(['en', 'fa'])
  locale: 'en' | 'fa' = 'en';
}
