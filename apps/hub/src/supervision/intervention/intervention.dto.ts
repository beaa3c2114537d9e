import { IsIn, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';

export class TakeOverDto {
  /** Who had it when the caller looked. */
  @IsUUID()
  from!: string;

  /** For the timeline; empty: none. */
  @IsString()
  @MaxLength(500)
  reason: string = '';
}

export class HandOverDto {
  /** Names the run; the same again is the same run. */
  @IsUUID()
  id!: string;

  /** Another agent; null: back to the queues. */
  @ValidateIf(({ to }: HandOverDto) => to !== null)
  @IsUUID()
  to!: string | null;
}

export class ForcedStatusDto {
  @IsIn(['online', 'busy', 'away'])
  status!: 'online' | 'busy' | 'away';

  /** For the agent; empty: none. */
  @IsString()
  @MaxLength(200)
  reason: string = '';
}
