import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { ReportBy, ReportCalendar, ReportCompare, ReportName, ReportScheduleView } from '#contract';
import { reports } from '../questions/report-catalogue.js';
import { bys, calendars, comparisons, ReportFiltersDto, zoneShape } from '../reports.dto.js';

const names = Object.keys(reports) as ReportName[];

export class ReportWishDto extends ReportFiltersDto {
  @IsOptional()
  @IsIn(bys)
  by?: ReportBy;

  @IsOptional()
  @IsIn(calendars)
  calendar?: ReportCalendar;

  @IsOptional()
  @IsIn(comparisons)
  compare?: ReportCompare;
}

export class ChangeScheduleDto {
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  name?: string;

  @IsOptional()
  @IsIn(names)
  report?: ReportName;

  @IsOptional()
  @ValidateNested()
  @Type(() => ReportWishDto)
  query?: ReportWishDto;

  @IsOptional()
  @IsIn(['day', 'week', 'month'])
  every?: ReportScheduleView['every'];

  @IsOptional()
  @Matches(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
  atLocalTime?: string;

  @IsOptional()
  @IsTimeZone()
  @Matches(zoneShape)
  zone?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(320, { each: true })
  to?: string[];

  /** The mailbox that it is sent by. */
  @IsOptional()
  @IsUUID()
  channelId?: string;

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';

  @IsOptional()
  @IsBoolean()
  enabled?: boolean;
}

export class NewScheduleDto extends ChangeScheduleDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  declare name: string;

  @IsIn(names)
  declare report: ReportName;

  @IsIn(['day', 'week', 'month'])
  declare every: ReportScheduleView['every'];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(320, { each: true })
  declare to: string[];

  @IsUUID()
  declare channelId: string;
}
