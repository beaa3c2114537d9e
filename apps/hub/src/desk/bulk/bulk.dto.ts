import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { BulkAct } from '#contract';
import type { ListView } from '../conversations/list.service.js';
import { SnoozeUntilDto } from '../tickets/properties/ticket-properties.dto.js';

/** How many tickets one names at most: every line that a console has loaded; and how many a view stands for at most. */
export const mostNamed = 5000;
export const mostOfView = 5000;

const listViews: ListView[] = [
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
];

export class BulkFilterDto {
  /** A list as `GET /api/conversations` knows it. */
  @IsIn(listViews)
  view: ListView = 'open';

  /** A saved view, whatever `view` says. */
  @IsOptional()
  @IsUUID()
  saved?: string;

  @IsOptional()
  @IsUUID()
  queue?: string;

  /** Tickets that were opened later are not meant: nobody had seen them. */
  @IsISO8601({ strict: true })
  before!: string;
}

export class BulkTargetDto {
  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(mostNamed)
  tickets?: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => BulkFilterDto)
  filter?: BulkFilterDto;
}

export class BulkActDto {
  @IsIn(['assign', 'route', 'state', 'snooze', 'priority', 'tags', 'read', 'spam'])
  do!: BulkAct['do'];

  /** assign; null gives tickets back to their queues. */
  @ValidateIf(({ agentId }: BulkActDto) => agentId !== undefined && agentId !== null)
  @IsUUID()
  agentId?: string | null;

  /** route */
  @IsOptional()
  @IsUUID()
  queueId?: string;

  /** state */
  @IsOptional()
  @IsIn(['open', 'pending', 'on_hold', 'solved'])
  state?: 'open' | 'pending' | 'on_hold' | 'solved';

  /** snooze; null wakes. */
  @IsOptional()
  @ValidateNested()
  @Type(() => SnoozeUntilDto)
  until?: SnoozeUntilDto | null;

  /** priority */
  @IsOptional()
  @IsIn([1, 2, 3, 4])
  priority?: 1 | 2 | 3 | 4;

  /** tags */
  @IsOptional()
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  @ArrayMaxSize(30)
  add?: string[];

  @IsOptional()
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  @ArrayMaxSize(30)
  remove?: string[];

  /** read */
  @IsOptional()
  @IsBoolean()
  read?: boolean;
}

export class BulkDto {
  /** The caller's own: asking again under the same one does nothing again. */
  @IsUUID()
  id!: string;

  /** One of the two. */
  @ValidateNested()
  @Type(() => BulkTargetDto)
  target!: BulkTargetDto;

  @ValidateNested()
  @Type(() => BulkActDto)
  act!: BulkActDto;
}
