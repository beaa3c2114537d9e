import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  ValidateIf,
} from 'class-validator';

const kinds = ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] as const;
type Kind = (typeof kinds)[number];
const locales = ['en', 'fa'] as const;

export class ReplyTextsDto {
  /** Empty where it is not written in this language. */
  @IsString()
  @MaxLength(10_000)
  en: string = '';

  @IsString()
  @MaxLength(10_000)
  fa: string = '';
}

export class ChangeCannedReplyDto {
  /** The version that was seen; a newer one refuses the change. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;

  /** What is typed after `/`: no spaces. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  @Matches(/^[^\s/]+$/u)
  short?: string;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  title?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => ReplyTextsDto)
  texts?: ReplyTextsDto;

  @IsOptional()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  queueIds?: string[];

  @IsOptional()
  @ArrayUnique()
  @IsIn(kinds, { each: true })
  channelKinds?: Kind[];

  /** All of its files; those that are left out are taken off. */
  @IsOptional()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  fileIds?: string[];
}

export class NewCannedReplyDto extends ChangeCannedReplyDto {
  // The fields of a change may be left out and conditions are inherited: this makes them needed again.
  @ValidateIf(() => true)
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  @Matches(/^[^\s/]+$/u)
  declare short: string;

  @ValidateIf(() => true)
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  declare title: string;

  @ValidateIf(() => true)
  @ValidateNested()
  @Type(() => ReplyTextsDto)
  declare texts: ReplyTextsDto;

  /** Only for whoever makes it. What is for everybody is made by supervisors. */
  @IsBoolean()
  personal: boolean = false;
}

export class TryTextDto {
  @IsString()
  @MaxLength(20_000)
  text!: string;

  @IsIn(locales)
  locale!: 'en' | 'fa';
}

/** For what a reply is written, besides the conversation. */
export class ReplyPlaceDto {
  @IsOptional()
  @IsUUID()
  channelId?: string;

  @IsOptional()
  @IsUUID()
  ticketId?: string;

  /** The customer's own language when it is left out. */
  @IsOptional()
  @IsIn(locales)
  locale?: 'en' | 'fa';
}

export class FindRepliesDto extends ReplyPlaceDto {
  @IsString()
  @MaxLength(100)
  q: string = '';

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 10;
}
