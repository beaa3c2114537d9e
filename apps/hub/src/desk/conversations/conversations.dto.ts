import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { PageDto } from '../page.dto.js';
import type { ListView } from './list.service.js';

export class ListDto extends PageDto {
  @IsIn([
    'mine',
    'unassigned',
    'open',
    'solved',
    'all',
    'snoozed',
    'following',
    'mentions',
    'drafts',
    'waiting',
    'overdue',
  ])
  view: ListView = 'open';

  /** A saved view, whatever `view` says. */
  @IsOptional()
  @IsUUID()
  saved?: string;

  /** Of these tickets, those that a saved view, 'waiting' or 'overdue' shows, all at once; their ids with commas between. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  tickets?: string[];

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

export class UnreadDto {
  /** The first that is to be unread. */
  @IsUUID()
  message!: string;
}
