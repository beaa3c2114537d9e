import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
  ValidateIf,
} from 'class-validator';

export class ChangeChannelDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  @IsOptional()
  @IsBoolean()
  enabled?: boolean;

  /** Where its tickets go; null keeps what it has. */
  @IsOptional()
  @ValidateIf((dto: ChangeChannelDto) => dto.queueId !== null)
  @IsUUID()
  queueId?: string | null;

  /** Replaces the shown settings as a whole. */
  @IsOptional()
  @IsObject()
  config?: Record<string, unknown>;

  /** Only those to set; the others stay as they are. */
  @IsOptional()
  @IsObject()
  secrets?: Record<string, unknown>;
}

export class NewChannelDto extends ChangeChannelDto {
  @IsIn(['email', 'sms', 'telegram', 'web', 'phone', 'messages'])
  kind!: 'email' | 'sms' | 'telegram' | 'web' | 'phone' | 'messages';

  @IsString()
  @MinLength(1)
  @MaxLength(100)
  declare name: string;
}
