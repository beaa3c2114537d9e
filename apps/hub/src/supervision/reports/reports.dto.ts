import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { HeatMeasure, ReportBy, ReportCalendar, ReportCompare } from '#contract';

export const bys: readonly ReportBy[] = [
  'hour',
  'day',
  'week',
  'month',
  'queue',
  'channel',
  'agent',
  'tag',
  'rule',
  'bot',
  'campaign',
  'survey',
];
export const calendars: readonly ReportCalendar[] = ['gregorian', 'jalali'];
export const comparisons: readonly ReportCompare[] = ['none', 'previous', 'year'];

export const dayShape = /^\d{4}-\d{2}-\d{2}$/;
/** Places only: the database takes +03:30 for what everybody else calls -03:30. */
export const zoneShape = /^[A-Za-z]/;

/** A parameter of an address that may stand there once or more often. */
const asList = ({ value }: { value: unknown }): unknown =>
  value === undefined || Array.isArray(value) ? value : [value];

export class ReportFiltersDto {
  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  queue?: string[];

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  channel?: string[];

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  agent?: string[];

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  tag?: string[];
}

export class ReportPeriodDto extends ReportFiltersDto {
  /** The first day, in `zone`. */
  @Matches(dayShape)
  from!: string;

  /** The last day, included. */
  @Matches(dayShape)
  to!: string;

  @IsTimeZone()
  @Matches(zoneShape)
  zone: string = 'UTC';
}

export class ReportDto extends ReportPeriodDto {
  @IsOptional()
  @IsIn(bys)
  by?: ReportBy;

  @IsOptional()
  @IsIn(calendars)
  calendar: ReportCalendar = 'gregorian';

  @IsOptional()
  @IsIn(comparisons)
  compare: ReportCompare = 'none';
}

export class ReportTicketsDto extends ReportDto {
  /** The key of a row; without one, the whole. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  row?: string;

  @IsString()
  @MaxLength(40)
  column!: string;

  @IsOptional()
  @IsString()
  @MaxLength(400)
  cursor?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

export class ReportFileDto extends ReportDto {
  @IsIn(['csv', 'jsonl'])
  format: 'csv' | 'jsonl' = 'csv';

  /** The language of the head. */
  @IsIn(['en', 'fa'])
  locale: 'en' | 'fa' = 'en';

  /** With a column: what is behind this number instead, all of it. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  row?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  column?: string;
}

export class HeatDto extends ReportPeriodDto {
  @IsIn(['arrivals', 'replies', 'solved'])
  measure: HeatMeasure = 'arrivals';
}

export class HeatTicketsDto extends HeatDto {
  /** Only what somebody had to take at once, as staffing counts. */
  @Transform(({ value }) => value === true || value === 'true')
  @IsBoolean()
  atOnce: boolean = false;

  /** 1 is Monday. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(7)
  weekday!: number;

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(23)
  hour!: number;

  @IsOptional()
  @IsString()
  @MaxLength(400)
  cursor?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

export class StaffingDto {
  @IsOptional()
  @IsUUID()
  queue?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(26)
  weeks: number = 4;

  @IsTimeZone()
  @Matches(zoneShape)
  zone: string = 'UTC';

  /** The share of those who should wait no longer than `seconds`. */
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(0.99)
  share: number = 0.8;

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(3600)
  seconds: number = 60;

  /** The share of paid time in which nobody can take work: breaks, training, absence. */
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(0.8)
  shrinkage: number = 0.3;
}
