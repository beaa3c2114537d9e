import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  ValidateIf,
} from 'class-validator';
import type { OutOfHours, QueueStepView, RoutingStrategy } from '#contract';

const daySecs = 86_400;

export class QueueMemberDto {
  @IsUUID()
  agentId!: string;

  /** The ring: 1 is asked first, those further out when a step widens it. */
  @IsInt()
  @Min(1)
  @Max(5)
  level: number = 1;
}

export class QueueStepDto {
  /** Seconds since the work came into the queue. */
  @IsInt()
  @Min(5)
  @Max(30 * daySecs)
  afterSecs!: number;

  @IsIn(['lower_skill', 'widen_level', 'add_queue', 'boost', 'alert', 'callback', 'move_queue'])
  do!: QueueStepView['do'];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  level?: number;

  @IsOptional()
  @IsUUID()
  queueId?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1440)
  minutes?: number;
}

export class QueueBoostsDto {
  /** Minutes by priority, "1" to "4". */
  @IsObject()
  priority!: Record<string, number>;

  /** Minutes by the customer's tier, "1" to "9"; a tier that is not named has none. */
  @IsObject()
  tier: Record<string, number> = {};

  /** The most that all of it together comes to. */
  @IsInt()
  @Min(0)
  @Max(1440)
  cap!: number;
}

export class ChangeQueueDto {
  /** The version that was seen: a change of anything newer is refused. Without it the last one wins. */
  @IsOptional()
  @IsInt()
  version?: number;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  /** Messages of its tickets are withheld from agents who do not serve it. */
  @IsOptional()
  @IsBoolean()
  restricted?: boolean;

  /** Replaces the members as a whole; those who were there keep their ring, new ones are in the first. */
  @IsOptional()
  @ArrayMaxSize(2000)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  memberIds?: string[];

  /** Replaces the members as a whole, with their rings. */
  @IsOptional()
  @ArrayMaxSize(2000)
  @ArrayUnique(({ agentId }: QueueMemberDto) => agentId)
  @ValidateNested({ each: true })
  @Type(() => QueueMemberDto)
  members?: QueueMemberDto[];

  /** Its service hours; always open when null. */
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;

  @IsOptional()
  @IsIn(['wait', 'route'])
  outOfHours?: OutOfHours;

  @IsOptional()
  @IsIn(['longest_idle', 'least_loaded', 'round_robin', 'broadcast'])
  strategy?: RoutingStrategy;

  /** How long an agent has to accept; null: work is theirs at once. */
  @IsOptional()
  @IsInt()
  @Min(5)
  @Max(600)
  acceptSecs?: number | null;

  /** How long a customer's last agent is waited for; null: 60 seconds for a chat, not at all for the rest. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3600)
  stickySecs?: number | null;

  /** How long a customer should wait at most; null for no such aim. */
  @IsOptional()
  @IsInt()
  @Min(10)
  @Max(30 * daySecs)
  maxWaitSecs?: number | null;

  /** How long a solved ticket can be reopened by its customer; after that what they write opens a new one. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2160)
  reopenHours?: number;

  /** A ticket of it is solved after all of its children only. */
  @IsOptional()
  @IsBoolean()
  childrenFirst?: boolean;

  /** What new work asks of an agent. */
  @IsOptional()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  skillIds?: string[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  skillLevel?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => QueueBoostsDto)
  boosts?: QueueBoostsDto;

  /** Replaces the steps as a whole. They are kept in the order of their times. */
  @IsOptional()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => QueueStepDto)
  steps?: QueueStepDto[];
}

export class NewQueueDto extends ChangeQueueDto {
  // The fields of a change may be left out and conditions are inherited: this makes them needed again.
  @ValidateIf(() => true)
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  declare name: string;
}

export class RemoveQueueDto {
  /** The queue that takes over what is in it, and what still comes for it. */
  @IsOptional()
  @IsUUID()
  moveTo?: string;
}
