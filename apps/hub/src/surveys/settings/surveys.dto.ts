import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { surveyKinds, type SurveyKind } from '#tickets';

/** A text in both languages; an empty one is as if it were not there. */
export class SurveyTextDto {
  @IsString()
  @MaxLength(500)
  en: string = '';

  @IsString()
  @MaxLength(500)
  fa: string = '';
}

/** What of a survey is to change. Its kind stays: scores of two scales do not add up. */
export class ChangeSurveyDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  @IsOptional()
  @IsBoolean()
  enabled?: boolean;

  /** Of those that are meant for a queue, the one with the lowest asks. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  position?: number;

  /** The queues whose tickets it asks about; none means every queue. */
  @IsOptional()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  queueIds?: string[];

  /** It asks about tickets with one of these tags; none means all. */
  @IsOptional()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(60, { each: true })
  tags?: string[];

  /** It asks about tickets with one of these values in this field; null: all. Both are given together. */
  @ValidateIf((dto: ChangeSurveyDto) => dto.fieldKey !== undefined && dto.fieldKey !== null)
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  fieldKey?: string | null;

  @IsOptional()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(200, { each: true })
  fieldValues?: string[];

  /** By itself once a ticket is solved, only when a rule, a macro or an agent says so, or by keypad at the end of a call with one of us. */
  @IsOptional()
  @IsIn(['solved', 'command', 'call'])
  askOn?: 'solved' | 'command' | 'call';

  /** At most 90 days. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(129_600)
  delayMinutes?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  coolDownDays?: number;

  /** At most 90 days. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2160)
  expiryHours?: number;

  /** The highest score that somebody has to look after; null: none. */
  @ValidateIf((dto: ChangeSurveyDto) => dto.lowScore !== undefined && dto.lowScore !== null)
  @IsInt()
  @Min(0)
  @Max(10)
  lowScore?: number | null;

  /** Where a ticket is opened to look after a low score; null: nowhere. */
  @ValidateIf((dto: ChangeSurveyDto) => dto.followUpQueueId !== undefined && dto.followUpQueueId !== null)
  @IsUUID()
  followUpQueueId?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => SurveyTextDto)
  question?: SurveyTextDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => SurveyTextDto)
  commentPrompt?: SurveyTextDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => SurveyTextDto)
  thanks?: SurveyTextDto;
}

export class NewSurveyDto extends ChangeSurveyDto {
  // The fields of a change may be left out and conditions are inherited: this makes them needed again.
  @ValidateIf(() => true)
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  declare name: string;

  @IsIn(surveyKinds)
  kind!: SurveyKind;
}
