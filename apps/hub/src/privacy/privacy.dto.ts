import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min, MinLength } from 'class-validator';
import type { RetentionKind } from '#contract';

export class EraseDto {
  /** What the customer is called, typed again. */
  @IsString()
  @MaxLength(500)
  confirm!: string;

  /** Imports do not bring the addresses back. */
  @IsBoolean()
  remember: boolean = false;
}

export class ExportPersonDto {
  @IsBoolean()
  withNotes: boolean = false;
}

export class HoldDto {
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  why!: string;
}

export class RetentionRuleDto {
  @IsIn(['words', 'files', 'recordings', 'raw', 'bots', 'webhooks', 'people'])
  what!: RetentionKind;

  /** Of one channel; without it of all. */
  @IsOptional()
  @IsUUID()
  channelId: string | null = null;

  /** Of one queue; without it of all. */
  @IsOptional()
  @IsUUID()
  queueId: string | null = null;

  @IsInt()
  @Min(1)
  @Max(36_500)
  days!: number;
}
