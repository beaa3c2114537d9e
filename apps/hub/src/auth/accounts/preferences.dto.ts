import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;
/** Left out, not null: null is nothing that could be liked. */
export const MayBeLeftOut = () => ValidateIf((_it: unknown, value: unknown) => value !== undefined);

/** Longer than this nobody wants a chat to wait. */
const longestUndoSeconds = 60;

export class UndoDto {
  @IsInt()
  @Min(0)
  @Max(longestUndoSeconds)
  email!: number;

  @IsInt()
  @Min(0)
  @Max(longestUndoSeconds)
  other!: number;
}

export class QuietDto {
  /** 'HH:MM', where the reader is. */
  @Matches(timeOfDay)
  from!: string;

  /** The same; before `from` for a time over midnight. */
  @Matches(timeOfDay)
  to!: string;
}

/** What is to be liked differently; left out stays. */
export class PreferencesDto {
  @MayBeLeftOut()
  @IsBoolean()
  sound?: boolean;

  @MayBeLeftOut()
  @IsBoolean()
  repeat?: boolean;

  /** Null: at any time. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => QuietDto)
  quiet?: QuietDto | null;

  @MayBeLeftOut()
  @IsIn(['off', 'single', 'alt'])
  keys?: 'off' | 'single' | 'alt';

  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => UndoDto)
  undo?: UndoDto;

  @MayBeLeftOut()
  @IsIn(['auto', 'jalali', 'gregorian'])
  calendar?: 'auto' | 'jalali' | 'gregorian';

  @MayBeLeftOut()
  @IsIn(['auto', 'persian', 'latin'])
  digits?: 'auto' | 'persian' | 'latin';

  @MayBeLeftOut()
  @IsIn(['comfortable', 'compact'])
  density?: 'comfortable' | 'compact';

  @MayBeLeftOut()
  @IsBoolean()
  enterSends?: boolean;

  @MayBeLeftOut()
  @IsIn(['stay', 'next'])
  afterResolve?: 'stay' | 'next';
}
