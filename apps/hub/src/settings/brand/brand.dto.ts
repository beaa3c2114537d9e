import { Type } from 'class-transformer';
import {
  IsBase64,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const colour = /^#[0-9a-f]{6}$/i;

export class BrandNameDto {
  @IsString()
  @MaxLength(80)
  en!: string;

  @IsString()
  @MaxLength(80)
  fa!: string;
}

export class BrandFooterDto {
  @IsString()
  @MaxLength(600)
  en!: string;

  @IsString()
  @MaxLength(600)
  fa!: string;
}

export class ChangeBrandDto {
  @IsInt()
  version!: number;

  @ValidateNested()
  @Type(() => BrandNameDto)
  name!: BrandNameDto;

  @ValidateNested()
  @Type(() => BrandFooterDto)
  footer!: BrandFooterDto;

  /** '#rrggbb'; null: Peyk's own. */
  @ValidateIf((_, value) => value !== null)
  @Matches(colour, { message: 'must be a colour such as #006f77' })
  accent!: string | null;
}

export class BrandLogoDto {
  /** A PNG or JPEG of 128 kB at most, in base64. */
  @IsBase64()
  @MaxLength(180_000)
  content!: string;
}

export class BrandPreviewDto {
  @IsIn(['en', 'fa'])
  locale!: 'en' | 'fa';

  @IsIn(['light', 'dark'])
  theme!: 'light' | 'dark';

  @IsOptional()
  @IsString()
  @MaxLength(80)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(600)
  footer?: string;

  @IsOptional()
  @Matches(colour)
  accent?: string;
}
