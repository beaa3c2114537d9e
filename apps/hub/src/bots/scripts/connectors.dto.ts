import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const methods = ['GET', 'POST'] as const;

export class ConnectorMappingDto {
  @Matches(/^[a-z][a-z0-9_]{0,47}$/)
  name!: string;

  /** Names and numbers with dots between them; '' is the whole answer. */
  @IsString()
  @MaxLength(300)
  @Matches(/^(?:[^.\s]{1,100}(?:\.[^.\s]{1,100}){0,9})?$/)
  path!: string;
}

export class ChangeConnectorDto {
  /** It stays; a form may send it back as it was. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{0,47}$/)
  key?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  title?: string;

  @IsOptional()
  @IsIn(methods)
  method?: (typeof methods)[number];

  /** With {argument} where an argument goes. */
  @IsOptional()
  @IsString()
  @MinLength(8)
  @MaxLength(2000)
  url?: string;

  /** Headers that may be seen. Replaces all of them. */
  @IsOptional()
  @IsObject()
  headers?: Record<string, unknown>;

  /** Headers that are kept sealed; null takes one away, those that are not named stay. */
  @IsOptional()
  @IsObject()
  secrets?: Record<string, unknown>;

  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(8000)
  timeoutMs?: number;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => ConnectorMappingDto)
  mapping?: ConnectorMappingDto[];
}

export class NewConnectorDto extends ChangeConnectorDto {
  /** What scripts name. */
  @ValidateIf(() => true)
  @Matches(/^[a-z][a-z0-9_]{0,47}$/)
  declare key: string;

  @ValidateIf(() => true)
  @IsString()
  @MinLength(8)
  @MaxLength(2000)
  declare url: string;
}

export class TestConnectorDto {
  /** The arguments by their names. */
  @IsObject()
  args: Record<string, unknown> = {};
}
