import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class CdrTermsQueryDto {
  /** How the file is read, as JSON; as it looks when this is left out. */
  @IsOptional()
  @IsString()
  @MaxLength(8_000)
  terms?: string;
}

export class CdrFaultsQueryDto {
  @IsIn(['en', 'fa'])
  language: 'en' | 'fa' = 'en';
}
