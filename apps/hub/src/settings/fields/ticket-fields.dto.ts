import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { FieldKind } from '#contract';

const kinds: FieldKind[] = ['text', 'long_text', 'number', 'checkbox', 'choice', 'choices', 'date'];

export class FieldWordsDto {
  @IsString()
  @MaxLength(100)
  en: string = '';

  @IsString()
  @MaxLength(100)
  fa: string = '';
}

export class FieldChoiceDto {
  /** What is stored, and named in rules; never shown where it has a name. */
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N}\p{M} ._-]{0,59}$/u, {
    message: 'A value is letters, digits, spaces, dots, dashes and underscores, at most 60.',
  })
  value!: string;

  @ValidateNested()
  @Type(() => FieldWordsDto)
  name!: FieldWordsDto;

  @IsOptional()
  @IsBoolean()
  retired?: boolean;
}

class FieldTermsDto {
  @IsOptional()
  @ValidateNested()
  @Type(() => FieldWordsDto)
  name?: FieldWordsDto;

  @IsOptional()
  @ValidateNested({ each: true })
  @ArrayMaxSize(100)
  @Type(() => FieldChoiceDto)
  choices?: FieldChoiceDto[];

  /** null: tickets of all queues have it. */
  @ValidateIf((dto: FieldTermsDto) => dto.queueIds !== null && dto.queueIds !== undefined)
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(200)
  queueIds?: string[] | null;

  @IsOptional()
  @IsBoolean()
  requiredToSolve?: boolean;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
}

export class NewFieldDto extends FieldTermsDto {
  @Matches(/^[a-z][a-z0-9_]{0,39}$/, {
    message: 'A key is small Latin letters, digits and underscores, at most 40, and begins with a letter.',
  })
  key!: string;

  @IsIn(kinds)
  kind!: FieldKind;
}

export class ChangeFieldDto extends FieldTermsDto {
  /** The version that was seen. */
  @IsInt()
  @Min(1)
  version!: number;

  /** true: it takes no new values. */
  @IsOptional()
  @IsBoolean()
  isRetired?: boolean;
}
