import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsISO8601, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import type { FieldValue } from '#contract';

export class SetFieldsDto {
  /** Values by the keys of their fields; null empties one. */
  @IsObject()
  values!: Record<string, FieldValue | null>;
}

export class SnoozeUntilDto {
  /** An instant in the future. */
  @IsOptional()
  @IsISO8601({ strict: true })
  at?: string;

  /** So many days on which the ticket's queue serves, today not counted. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  workDays?: number;

  /** Until the customer writes, which wakes any ticket. */
  @IsOptional()
  @IsIn([true])
  reply?: true;
}

export class SnoozeDto {
  /** One of the three. */
  @ValidateNested()
  @Type(() => SnoozeUntilDto)
  until!: SnoozeUntilDto;
}

export class SpamDto {
  /** Nothing that they write wakes anybody from now on, until somebody unblocks them. */
  @IsBoolean()
  block: boolean = false;
}
