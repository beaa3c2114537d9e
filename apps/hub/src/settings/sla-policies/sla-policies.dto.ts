import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

const yearMs = 366 * 86_400_000;

/** Which tickets it is for; an empty list means any. */
export class SlaScopeDto {
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  queueIds: string[] = [];

  @ArrayMaxSize(10)
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(9, { each: true })
  tiers: number[] = [];

  @ArrayMaxSize(4)
  @IsIn([1, 2, 3, 4], { each: true })
  priorities: number[] = [];
}

/** Milliseconds of service time; absent where nothing is promised. */
export class SlaTargetsDto {
  @IsOptional()
  @IsInt()
  @Min(1000)
  @Max(yearMs)
  first_response?: number;

  @IsOptional()
  @IsInt()
  @Min(1000)
  @Max(yearMs)
  next_response?: number;

  @IsOptional()
  @IsInt()
  @Min(1000)
  @Max(yearMs)
  resolution?: number;
}

/** What is done when a promise has been broken for a while. */
export class EscalationDto {
  /** Service time since the breach. */
  @IsInt()
  @Min(0)
  @Max(yearMs)
  afterMs!: number;

  /** Agents who hear of it, beside the ticket's own and those who oversee. */
  @ArrayMaxSize(50)
  @IsUUID(undefined, { each: true })
  notify: string[] = [];

  /** How far the work moves ahead in its queue. */
  @IsInt()
  @Min(0)
  @Max(86_400_000)
  boostMs: number = 0;

  /** The queue that the ticket moves to. */
  @IsOptional()
  @IsUUID()
  queueId: string | null = null;
}

export class SlaTermsDto {
  @ValidateNested()
  @Type(() => SlaScopeDto)
  scope: SlaScopeDto = new SlaScopeDto();

  @ValidateNested()
  @Type(() => SlaTargetsDto)
  targets!: SlaTargetsDto;

  /** The hours that count; all hours when null. */
  @IsOptional()
  @IsUUID()
  calendarId: string | null = null;

  @ArrayUnique()
  @IsIn(['pending', 'on_hold'], { each: true })
  pausedIn: ('pending' | 'on_hold')[] = ['pending', 'on_hold'];

  /** Shares of the target at which is warned. */
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsNumber({}, { each: true })
  @Min(0.01, { each: true })
  @Max(0.99, { each: true })
  warnings: number[] = [0.75, 0.9];

  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => EscalationDto)
  escalations: EscalationDto[] = [];
}

export class ChangeSlaPolicyDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  /** Of policies that say as much about a ticket, the one with the lowest governs. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  position?: number;

  @IsOptional()
  @IsBoolean()
  enabled?: boolean;

  /** Replaces the draft as a whole. */
  @IsOptional()
  @ValidateNested()
  @Type(() => SlaTermsDto)
  draft?: SlaTermsDto;
}

export class NewSlaPolicyDto extends ChangeSlaPolicyDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  declare name: string;

  @ValidateNested()
  @Type(() => SlaTermsDto)
  declare draft: SlaTermsDto;
}

export class PublishSlaPolicyDto {
  /** Promises under way are carried over, with the time they have used. Otherwise they keep the version that they began with. */
  @IsBoolean()
  forOpenTickets: boolean = false;
}
