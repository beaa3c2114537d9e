import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class VisitorSessionDto {
  /** The language of the page or of the browser. */
  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';

  /** The token this browser has, to go on as the same visitor. */
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  token?: string;
}
