import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

/** What a rule says. Event, conditions and actions are read by their own schemas, which name the place of a fault. */
export class RuleTermsDto {
  @IsObject()
  event!: object;

  /** {"all": []} holds always. */
  @IsObject()
  conditions: object = { all: [] };

  @IsArray()
  @ArrayMaxSize(20)
  actions!: unknown[];

  /** Where it fires, rules behind it are not asked. */
  @IsBoolean()
  stops: boolean = false;

  /** How often it runs for one ticket within an hour. */
  @IsInt()
  @Min(1)
  @Max(1000)
  maxPerHour: number = 10;
}

export class NewRuleDto extends RuleTermsDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;

  @IsBoolean()
  enabled: boolean = false;
}

export class ChangeRuleDto {
  /** The version that was seen. */
  @IsInt()
  version!: number;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  @IsOptional()
  @IsBoolean()
  enabled?: boolean;

  /** Replaces what the rule says as a whole. */
  @IsOptional()
  @ValidateNested()
  @Type(() => RuleTermsDto)
  terms?: RuleTermsDto;
}

export class RuleOrderDto {
  /** All rules, in their new order. */
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids!: string[];
}

/** How much of the past. */
export class DryRunSpanDto {
  @IsInt()
  @Min(1)
  @Max(100_000)
  events: number = 1000;

  @IsInt()
  @Min(1)
  @Max(3650)
  days: number = 365;
}

export class DryRunDto {
  @ValidateNested()
  @Type(() => RuleTermsDto)
  terms!: RuleTermsDto;

  /** The rule whose change is tried: it is asked in that rule's place. A new one is asked last. */
  @IsOptional()
  @IsUUID()
  ruleId?: string;

  @ValidateNested()
  @Type(() => DryRunSpanDto)
  over: DryRunSpanDto = new DryRunSpanDto();
}
