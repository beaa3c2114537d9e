import { Type } from 'class-transformer';
import { IsDate, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';

/** Which entries: all that is asked for must be true of them. */
export class AuditFilterDto {
  @IsOptional()
  @IsUUID()
  actor?: string;

  /** An action, or the kind of thing it was done to: `queue.changed`, `queue`. */
  @IsOptional()
  @Matches(/^[a-z_-]+(\.[a-z_]+)?$/)
  @MaxLength(100)
  action?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  subject?: string;

  @IsOptional()
  @Type(() => Date)
  @IsDate()
  from?: Date;

  /** Not itself included. */
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  to?: Date;

  /** Words that stand anywhere in an entry or in the name of what it was done to; or the hash of one. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

export class AuditPageDto extends AuditFilterDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  before?: string;

  @IsInt()
  @Min(1)
  @Max(200)
  @Type(() => Number)
  limit: number = 50;
}

export class AuditDownloadDto extends AuditFilterDto {
  @IsIn(['csv', 'jsonl'])
  format!: 'csv' | 'jsonl';
}
