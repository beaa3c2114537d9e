import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { longestToken } from './visitor-tokens.service.js';

export class VisitorSessionDto {
  /** The language of the page or of the browser. */
  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';

  /** The token this browser has, to go on as the same visitor. */
  @IsOptional()
  @IsString()
  @MaxLength(longestToken)
  token?: string;

  /** The site's signed word about who is signed in; null: nobody is. Left out, the site says nothing. */
  @IsOptional()
  @IsString()
  @MaxLength(longestToken)
  identity?: string | null;
}
