import { IsString, MaxLength } from 'class-validator';
import { PageDto } from '../page.dto.js';

export class SearchDto extends PageDto {
  /** Words and filters, as they were typed. */
  @IsString()
  @MaxLength(500)
  q!: string;

  /** The reader's time zone, for days: an IANA name. */
  @IsString()
  @MaxLength(60)
  zone: string = 'UTC';
}
