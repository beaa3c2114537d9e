import { IsIn, IsInt, Max, Min, ValidateIf } from 'class-validator';

class KeepingDto {
  /** Days; null: until somebody deletes it. */
  @ValidateIf((dto: KeepingDto) => dto.keepDays !== null)
  @IsInt()
  @Min(1)
  @Max(3650)
  keepDays!: number | null;
}

/** Whether the calls of a queue are recorded, after callers are told so. */
export class QueueRecordingDto extends KeepingDto {
  @IsIn(['off', 'announced'])
  mode!: 'off' | 'announced';
}

/** The same for a line. `queue`: as the call's queue says; `elsewhere`: who records there tells callers, by the word of whoever sets this. */
export class ChannelRecordingDto extends KeepingDto {
  @IsIn(['queue', 'off', 'announced', 'elsewhere'])
  mode!: 'queue' | 'off' | 'announced' | 'elsewhere';
}
