import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
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
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { StartStep } from '#contract';
import { DayPartDto } from '../calendars/calendars.dto.js';

const steps: StartStep[] = ['company', 'channel', 'team', 'trial'];

/** One opening, the same on each of its days. */
export class StartWeekDto extends DayPartDto {
  /** Monday 1 to Sunday 7. */
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Max(7, { each: true })
  days!: number[];
}

export class StartQueueDto {
  /** One that is there and may be renamed; absent for one that is to be. */
  @IsOptional()
  @IsUUID()
  id?: string;

  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;
}

export class CompanyDto {
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  /** IANA name. */
  @IsTimeZone()
  @MaxLength(100)
  timeZone!: string;

  @IsIn(['en', 'fa'])
  locale!: 'en' | 'fa';

  /** What its hours are called among the calendars. */
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  hoursName!: string;

  /** null: always open. Absent: the hours stay as they are. */
  @IsOptional()
  @ValidateNested()
  @Type(() => StartWeekDto)
  week?: StartWeekDto | null;

  /** ISO 3166 code of the country whose public holidays of this year are days off. */
  @IsOptional()
  @ValidateIf((it: CompanyDto) => Boolean(it.week))
  @IsString()
  @Matches(/^[A-Z]{2}$/)
  holidaysOf?: string;

  /** Queues that are not named stay as they are. */
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => StartQueueDto)
  queues!: StartQueueDto[];
}

export class StartDto {
  /** Where the wizard is left. */
  @IsOptional()
  @IsIn([...steps, 'done'])
  at?: StartStep | 'done';

  /** A step that is left for later. */
  @IsOptional()
  @IsIn(steps)
  skip?: StartStep;
}

export class OwnStartDto {
  /** Something that was tried for the first time. */
  @IsOptional()
  @IsIn(['palette', 'sound', 'desktop'])
  done?: string;

  @IsOptional()
  @IsBoolean()
  dismissed?: boolean;
}
