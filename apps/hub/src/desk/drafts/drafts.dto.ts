import { IsBoolean, IsIn, IsObject, IsString, MaxLength } from 'class-validator';

export class DraftPlaceDto {
  @IsIn(['text', 'note'])
  kind!: 'text' | 'note';

  /** The window that it was written in. */
  @IsString()
  @MaxLength(100)
  window: string = '';
}

export class DraftDto extends DraftPlaceDto {
  /** At most 200,000 characters as JSON. */
  @IsObject()
  content!: Record<string, unknown>;

  /** It holds the drafts of all parts of a person who were merged, and takes their places. */
  @IsBoolean()
  joined: boolean = false;
}
