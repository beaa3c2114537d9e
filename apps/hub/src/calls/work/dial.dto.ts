import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** Whom to call, and what for. */
export class DialDto {
  @IsUUID()
  channelId!: string;

  /** The customer's number. */
  @IsUUID()
  identityId!: string;

  /** Stands at the call on the timeline. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason: string = '';
}
