import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { AttributeKindView } from '#contract';
import { FieldChoiceDto, FieldWordsDto } from '../../settings/fields/ticket-fields.dto.js';

const kinds: AttributeKindView[] = ['text', 'number', 'date', 'birthday', 'choice', 'choices', 'region', 'yes_no'];

class AttributeTermsDto {
  @IsOptional()
  @ValidateNested()
  @Type(() => FieldWordsDto)
  name?: FieldWordsDto;

  @IsOptional()
  @ValidateNested({ each: true })
  @ArrayMaxSize(200)
  @Type(() => FieldChoiceDto)
  choices?: FieldChoiceDto[];

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
}

export class NewAttributeDto extends AttributeTermsDto {
  @Matches(/^[a-z][a-z0-9_]{0,39}$/, {
    message: 'A key is small Latin letters, digits and underscores, at most 40, and begins with a letter.',
  })
  key!: string;

  @IsIn(kinds)
  kind!: AttributeKindView;
}

export class ChangeAttributeDto extends AttributeTermsDto {
  /** The version that was seen. */
  @IsInt()
  @Min(1)
  version!: number;

  /** true: it takes no new values. */
  @IsOptional()
  @IsBoolean()
  isRetired?: boolean;
}

export class SetAttributesDto {
  /** Values by the keys of attributes; null takes one away. Texts are read as people write them: Persian digits, Jalali days. */
  @IsObject()
  values!: Record<string, unknown>;
}
