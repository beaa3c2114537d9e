import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import type { ListView } from './list.service.js';

export class TimelineDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  before?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;
}

export class ListDto extends TimelineDto {
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
