import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

const longestSource = 400_000;
const keyPattern = /^[a-z][a-z0-9_]{0,47}$/;

export class NewScriptDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;

  /** The id under which other scripts call it, where no source brings one. */
  @IsOptional()
  @Matches(keyPattern)
  key?: string;

  /** YAML or JSON. Without it a script that greets and brings customers to a person. */
  @IsOptional()
  @IsString()
  @MaxLength(longestSource)
  source?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  scenarios?: unknown[];

  /** The key of a ready script to begin with; the scripts that it calls come along. */
  @IsOptional()
  @Matches(keyPattern)
  ready?: string;
}

export class SaveDraftDto {
  /** The version of the draft that was seen. */
  @IsInt()
  version!: number;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  /** YAML or JSON; it may be wrong. */
  @IsOptional()
  @IsString()
  @MaxLength(longestSource)
  source?: string;

  /** Replaces all of them. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  scenarios?: unknown[];
}

export class CheckScriptDto {
  @IsString()
  @MaxLength(longestSource)
  source!: string;
}

export class PlayScriptDto {
  @IsOptional()
  @IsString()
  @MaxLength(longestSource)
  source?: string;

  /** A published version, in the place of a source. */
  @IsOptional()
  @IsUUID()
  versionId?: string;

  @IsString()
  channel!: string;

  @IsString()
  locale!: string;

  /** When it begins: ISO 8601, or milliseconds. */
  @IsDefined()
  at!: string | number;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  zone?: string;

  /** What the customer and the world do, as scenarios have it. */
  @IsArray()
  @ArrayMaxSize(200)
  inputs!: unknown[];

  @IsOptional()
  @IsObject()
  world?: object;

  @IsOptional()
  @IsObject()
  vars?: object;

  /** The customer's first words, with which the talk begins. */
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  opening?: string;
}

export class TryScenariosDto extends CheckScriptDto {
  @IsArray()
  @ArrayMaxSize(100)
  scenarios!: unknown[];
}

export class ReleaseTermsDto {
  /** From when on; without it at once. */
  @IsOptional()
  @IsISO8601({ strict: true })
  at?: string;

  /** For which share of the customers, always the same ones. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  percent?: number;
}

export class PublishScriptDto extends ReleaseTermsDto {
  /** The version of the draft that was seen. */
  @IsInt()
  version!: number;

  /** What is new, in a sentence. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class ReleaseDto extends ReleaseTermsDto {
  @IsUUID()
  versionId!: string;
}

export class RollbackDto {
  @IsUUID()
  versionId!: string;
}

export class ScriptDiffDto {
  /** The id of a version, or 'draft'. */
  @IsString()
  @MaxLength(40)
  from!: string;

  @IsString()
  @MaxLength(40)
  to: string = 'draft';
}
