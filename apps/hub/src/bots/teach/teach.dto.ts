import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsBoolean, IsOptional, IsUUID, Matches } from 'class-validator';

export class MissListDto {
  /** Only of this script. */
  @IsOptional()
  @IsUUID()
  script?: string;
}

/** What is to be done with misses: one of the three. */
export class TeachDto {
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids!: string[];

  /** Their words become examples of this intent in the script's draft. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{0,47}$/)
  intent?: string;

  /** Their words become keywords of this article. */
  @IsOptional()
  @IsUUID()
  articleId?: string;

  /** They are nothing to learn from. */
  @IsOptional()
  @IsBoolean()
  dismiss?: boolean;
}
