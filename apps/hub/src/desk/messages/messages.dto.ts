import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

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
