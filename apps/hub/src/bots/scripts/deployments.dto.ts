import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min, ValidateIf } from 'class-validator';

const hours = ['always', 'open', 'closed'] as const;

export class ChangeDeploymentDto {
  /** `open`: within the hours of the calendar · `closed`: outside of them. */
  @IsOptional()
  @IsIn(hours)
  hours?: (typeof hours)[number];

  /** Null: the calendar of the channel's queue. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsUUID()
  calendarId?: string | null;

  /** The lowest is asked first. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  priority?: number;

  @IsOptional()
  @IsBoolean()
  enabled?: boolean;
}

export class NewDeploymentDto extends ChangeDeploymentDto {
  @IsUUID()
  channelId!: string;
}
