import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

export class FiguresDto {
  /** How far back. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(366)
  days: number = 30;
}

export class ReplayTalkDto {
  /** A talk of the script that was. */
  @IsUUID()
  sessionId!: string;

  /** What is played instead; without it the draft as it is stored. */
  @IsOptional()
  @IsString()
  @MaxLength(400_000)
  source?: string;
}
