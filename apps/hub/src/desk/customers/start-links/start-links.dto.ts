import { IsInt, IsUUID, Max, Min } from 'class-validator';

export class NewStartLinkDto {
  @IsUUID()
  channelId!: string;

  /** How long the link works, in hours. */
  @IsInt()
  @Min(1)
  @Max(720)
  hours: number = 24 * 7;
}
