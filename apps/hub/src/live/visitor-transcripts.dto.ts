import { IsIn, IsString, IsTimeZone, MaxLength, MinLength } from 'class-validator';

export class TranscriptDto {
  @IsIn(['en', 'fa'])
  locale!: 'en' | 'fa';

  /** The zone that times are told in, such as Asia/Tehran. */
  @IsString()
  @MaxLength(60)
  @IsTimeZone()
  timeZone!: string;
}

export class MailTranscriptDto extends TranscriptDto {
  @IsString()
  @MinLength(3)
  @MaxLength(320)
  to!: string;
}
