import { IsIn, IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { PageDto } from '../page.dto.js';
import type { ListView } from './list.service.js';

export class ListDto extends PageDto {
  @IsIn(['mine', 'unassigned', 'open', 'solved', 'all'])
  view: ListView = 'open';

  @IsOptional()
  @IsUUID()
  queue?: string;
}

export class ReadDto {
  /** The conversation row, one of the opened view's parts. */
  @IsUUID()
  conversation!: string;

  @IsInt()
  @Min(0)
  seq!: number;
}
