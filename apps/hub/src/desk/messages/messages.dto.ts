import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { SnoozeUntilDto } from '../tickets/properties/ticket-properties.dto.js';

/** What becomes of the ticket that a reply belongs to, in the moment in which it leaves. */
export class AfterSendDto {
  @IsIn(['solve', 'pending', 'snooze'])
  do!: 'solve' | 'pending' | 'snooze';

  /** With `snooze` only. */
  @IsOptional()
  @ValidateNested()
  @Type(() => SnoozeUntilDto)
  until?: SnoozeUntilDto;
}

export class NewMessageDto {
  /** Made by the writer; sending the same one again changes nothing. */
  @IsUUID()
  id!: string;

  @IsIn(['text', 'note'])
  kind!: 'text' | 'note';

  @IsString()
  @MaxLength(50_000)
  body!: string;

  @IsOptional()
  @IsUUID()
  channelId?: string;

  @IsOptional()
  @IsUUID()
  identityId?: string;

  @IsOptional()
  @IsUUID()
  threadId?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  subject?: string | null;

  /** Mail only: who gets a copy besides. Those in cc may continue the thread, those in bcc are seen by nobody. */
  @IsOptional()
  @IsString({ each: true })
  @MaxLength(254, { each: true })
  @ArrayMaxSize(50)
  cc?: string[];

  @IsOptional()
  @IsString({ each: true })
  @MaxLength(254, { each: true })
  @ArrayMaxSize(50)
  bcc?: string[];

  /** Mail only: repeat the thread below the answer, to those who had it; the channel's own setting when it is left out. */
  @IsOptional()
  @IsBoolean()
  quote?: boolean;

  @IsOptional()
  @IsUUID()
  ticketId?: string;

  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(20)
  attachmentIds?: string[];

  /**
   * The latest message that the writer had before them when they began. Where a colleague has answered since, it is refused as
   * `answered_meanwhile`; without it nobody is asked.
   */
  @IsOptional()
  @IsUUID()
  seen?: string;

  /** Replies only. The reply and this are one decision: where either cannot be, neither is. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AfterSendDto)
  afterwards?: AfterSendDto;
}

/** Replies only: a note reaches nobody outside, and can be taken back at any time. */
export class HeldMessageDto extends NewMessageDto {
  @IsIn(['text'])
  override kind!: 'text';

  /** How long it can be taken back. */
  @IsInt()
  @Min(1)
  @Max(60)
  seconds!: number;
}

export class SendHeldDto {
  /** Also where a colleague has answered since. */
  @IsBoolean()
  anyway: boolean = false;

  /** Its ticket stays as it is, whatever was decided before. */
  @IsBoolean()
  alone: boolean = false;
}

export class NewCallDto {
  @IsIn(['in', 'out'])
  direction!: 'in' | 'out';

  /** The other side's number, as written. */
  @IsString()
  @MinLength(2)
  @MaxLength(60)
  address!: string;

  @IsISO8601()
  startedAt!: string;

  @IsInt()
  @Min(0)
  @Max(86_400)
  durationSeconds!: number;

  @IsIn(['answered', 'missed', 'busy', 'failed', 'voicemail', 'abandoned', 'cancelled'])
  outcome!: 'answered' | 'missed' | 'busy' | 'failed' | 'voicemail' | 'abandoned' | 'cancelled';

  @IsString()
  @MaxLength(10_000)
  note: string = '';

  /** What came of it: the key of one of the organisation's own outcomes. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{0,39}$/)
  disposition?: string;

  /** Somebody is to go on with it: it belongs to the person's live ticket, or to a new one. */
  @IsBoolean()
  followUp: boolean = false;

  /** The live ticket that it is about. */
  @IsOptional()
  @IsUUID()
  ticketId?: string;
}

export class MoveMessageDto {
  @IsUUID()
  part!: string;

  @IsUUID()
  ticketId!: string;
}

export class PartQueryDto {
  @IsUUID()
  part!: string;
}

export class ReplyOptionsQueryDto {
  @IsUUID()
  channelId!: string;

  @IsUUID()
  identityId!: string;

  @IsOptional()
  @IsUUID()
  threadId?: string;
}
