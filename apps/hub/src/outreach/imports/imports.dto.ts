import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { ImportEncodingView, ImportKindView, ImportTermsView } from '#contract';

export class NewImportDto {
  @IsIn(['attributes', 'purchases'])
  kind!: ImportKindView;
}

export class ImportTermsDto implements ImportTermsView {
  @IsIn(['utf-8', 'utf-16le', 'utf-16be', 'windows-1256'])
  encoding!: ImportEncodingView;

  @IsIn([',', ';', '\t', '|'])
  delimiter!: ImportTermsView['delimiter'];

  /** The first line names the columns. */
  @IsBoolean()
  hasHeader: boolean = true;

  /** What each column is, in the order of the file; '' is left out. */
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @MaxLength(80, { each: true })
  columns!: string[];

  @IsBoolean()
  createMissing: boolean = true;

  @IsString()
  @MaxLength(100)
  source: string = '';

  @IsString()
  @MaxLength(3)
  currency: string = '';
}

export class ReadImportDto {
  /** As it was last chosen where it is not said. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ImportTermsDto)
  terms?: ImportTermsDto;
}

export class FaultsDto {
  @IsIn(['en', 'fa'])
  language: 'en' | 'fa' = 'en';
}
