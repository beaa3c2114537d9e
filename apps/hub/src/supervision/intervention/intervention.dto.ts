import { IsString, IsUUID, MaxLength } from 'class-validator';

export class TakeOverDto {
  /** Who had it when the caller looked. */
  @IsUUID()
  from!: string;

  /** For the timeline; empty: none. */
  @IsString()
  @MaxLength(500)
  reason: string = '';
}
