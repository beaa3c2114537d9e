import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';

export class StateNameTextsDto {
  @IsOptional()
  @IsString()
  @MaxLength(60)
  en?: string;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  fa?: string;
}

export class ChangeStateNameDto {
  /** One language is enough; empty ones are left out. */
  @IsOptional()
  @ValidateNested()
  @Type(() => StateNameTextsDto)
  name?: StateNameTextsDto;

  /** Lower ones are offered first. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;

  /** Not offered any more. */
  @IsOptional()
  @IsBoolean()
  retired?: boolean;
}

export class NewStateNameDto {
  @IsIn(['open', 'pending', 'on_hold', 'solved'])
  state!: 'open' | 'pending' | 'on_hold' | 'solved';

  @ValidateNested()
  @Type(() => StateNameTextsDto)
  name!: StateNameTextsDto;

  @IsInt()
  @Min(0)
  @Max(1000)
  position: number = 0;
}
