import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

const isoDay = /^\d{4}-\d{2}-\d{2}$/;

/** Part of a day, in minutes after midnight on the wall of the calendar's place. */
export class DayPartDto {
  @IsInt()
  @Min(0)
  @Max(1439)
  from!: number;

  /** The first minute that is closed again. */
  @IsInt()
  @Min(1)
  @Max(1440)
  to!: number;
}

export class WeeklyWindowDto extends DayPartDto {
  /** Monday 1 to Sunday 7. */
  @IsInt()
  @Min(1)
  @Max(7)
  weekday!: number;

  /** The first day on which it holds; for ever back when absent. */
  @IsOptional()
  @Matches(isoDay)
  @IsISO8601({ strict: true })
  since?: string;

  /** The first day on which it no longer holds; for ever when absent. */
  @IsOptional()
  @Matches(isoDay)
  @IsISO8601({ strict: true })
  until?: string;
}

export class LabelDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  en?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  fa?: string;
}

export class DayExceptionDto {
  @Matches(isoDay)
  @IsISO8601({ strict: true })
  day!: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => LabelDto)
  label?: LabelDto;

  /** None: closed all day. */
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => DayPartDto)
  hours!: DayPartDto[];
}

export class ChangeCalendarDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  /** IANA name. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  timeZone?: string;

  /** Replaces the weekly hours as a whole. */
  @IsOptional()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => WeeklyWindowDto)
  windows?: WeeklyWindowDto[];

  /** Replaces the days with hours of their own as a whole. */
  @IsOptional()
  @ArrayMaxSize(2000)
  @ValidateNested({ each: true })
  @Type(() => DayExceptionDto)
  exceptions?: DayExceptionDto[];
}

export class NewCalendarDto extends ChangeCalendarDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  declare name: string;

  @IsString()
  @MaxLength(100)
  declare timeZone: string;
}

export class HolidaysDto {
  /** ISO 3166 code of the country whose public holidays are taken over. */
  @IsString()
  @Matches(/^[A-Z]{2}$/)
  country!: string;

  @IsInt()
  @Min(2000)
  @Max(2100)
  year!: number;
}

export class CloseTodayDto {
  @IsOptional()
  @ValidateNested()
  @Type(() => LabelDto)
  label?: LabelDto;

  /** Whether the day is over from now on or given its usual hours back. */
  @IsIn(['closed', 'usual'])
  is!: 'closed' | 'usual';
}
