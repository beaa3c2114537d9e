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
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';

export class ChangeMacroDto {
  /** The version that was seen; a newer one refuses the change. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  name?: string;

  @IsOptional()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  queueIds?: string[];

  /** Each is `{"do": …}` with what it needs, as rules have them; up to 20, done in this order. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  actions?: Record<string, unknown>[];
}

export class NewMacroDto extends ChangeMacroDto {
  // The fields of a change may be left out and conditions are inherited: this makes them needed again.
  @ValidateIf(() => true)
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  declare name: string;

  @ValidateIf(() => true)
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  declare actions: Record<string, unknown>[];

  /** Only for whoever makes it. What is for everybody is made by supervisors. */
  @IsBoolean()
  personal: boolean = false;
}

export class RunMacroDto {
  /** The version of the ticket that was seen; a newer one refuses the run. */
  @IsInt()
  @Min(1)
  version!: number;
}
