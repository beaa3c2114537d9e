import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class OwnPageDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  before?: string;
}

export class DownloadDto {
  @IsIn(['json', 'html'])
  format: 'json' | 'html' = 'json';
}
