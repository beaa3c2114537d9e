import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

export class BeginTrialDto {
  /** The made-up number of the caller. */
  @IsString()
  @MinLength(3)
  @MaxLength(40)
  from!: string;

  /** Ring those who would be rung. Otherwise no agent hears of the call. */
  @IsBoolean()
  ringsTeam!: boolean;
}

const happenings = ['heard', 'recorded', 'played', 'held', 'dialled', 'hung_up'] as const;
const results = ['answered', 'busy', 'no_answer', 'failed', 'cancelled'] as const;
const mostSeconds = 86_400;

/** What the tester did. Fields that do not belong to `kind` are left out. */
export class TrialHappeningDto {
  /** Of the reply that this answers. */
  @IsInt()
  @Min(0)
  @Max(100_000)
  turn!: number;

  @IsIn(happenings)
  kind!: (typeof happenings)[number];

  /** Of `heard`: the keys. Both it and `speech` left out is silence. */
  @IsOptional()
  @Matches(/^[0-9*#]{0,40}$/)
  digits?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  speech?: string;

  /** Of `dialled`. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  leg?: string;

  @IsOptional()
  @IsIn(results)
  result?: (typeof results)[number];

  /** Of `dialled`: how long the two talked; left out as they begin to. Of `recorded`: how long something was said; left out: nothing was. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(mostSeconds)
  seconds?: number;
}
