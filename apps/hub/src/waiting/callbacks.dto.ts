import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageDto } from '../desk/page.dto.js';

/** Which callbacks are wanted. */
export class CallbackListDto extends PageDto {
  /** The last callback of the page before. */
  @IsOptional()
  @IsUUID()
  declare before?: string;

  @IsOptional()
  @IsUUID()
  ticketId?: string;

  /** Those that still wait, or those that are over. */
  @IsOptional()
  @IsIn(['open', 'ended'])
  state: 'open' | 'ended' = 'open';
}
