import { IsIn, IsOptional, IsUUID } from 'class-validator';

/** Which callbacks are wanted. */
export class CallbackListDto {
  @IsOptional()
  @IsUUID()
  ticketId?: string;

  /** Those that still wait, or those that are over. */
  @IsOptional()
  @IsIn(['open', 'ended'])
  state: 'open' | 'ended' = 'open';
}
