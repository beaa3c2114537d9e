import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

export class TagSearchDto {
  /** What tags begin with, or have a word that does, in any spelling. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  q?: string;
}

export class RenameTagDto {
  /** One of its spellings. */
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  from!: string;

  /** The new name. Where it is a tag already, the two become one. */
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  to!: string;
}
