import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  ValidateIf,
} from 'class-validator';

const locales = ['en', 'fa'] as const;

export class ArticleTextDto {
  @IsString()
  @MaxLength(200)
  title: string = '';

  /** Markdown. */
  @IsString()
  @MaxLength(50_000)
  body: string = '';
}

/** An article in its languages; one without a title is not written in that language. */
export class ArticleTextsDto {
  @ValidateNested()
  @Type(() => ArticleTextDto)
  en: ArticleTextDto = new ArticleTextDto();

  @ValidateNested()
  @Type(() => ArticleTextDto)
  fa: ArticleTextDto = new ArticleTextDto();
}

export class ChangeArticleDto {
  /** The version that was seen; a newer one refuses the change. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => ArticleTextsDto)
  texts?: ArticleTextsDto;

  @IsOptional()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(60, { each: true })
  tags?: string[];

  @IsOptional()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(100, { each: true })
  keywords?: string[];

  @IsOptional()
  @IsBoolean()
  public?: boolean;
}

export class NewArticleDto extends ChangeArticleDto {
  // The fields of a change may be left out and conditions are inherited: this makes them needed again.
  @ValidateIf(() => true)
  @ValidateNested()
  @Type(() => ArticleTextsDto)
  declare texts: ArticleTextsDto;
}

export class FindArticlesDto {
  @IsString()
  @MaxLength(300)
  q!: string;

  @IsIn(locales)
  locale: 'en' | 'fa' = 'fa';

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 10;
}

export class SuggestArticlesDto {
  /** The ticket that is worked on; what is written elsewhere is left out. */
  @IsOptional()
  @IsUUID()
  ticketId?: string;

  /** The customer's own language when it is left out. */
  @IsOptional()
  @IsIn(locales)
  locale?: 'en' | 'fa';
}
