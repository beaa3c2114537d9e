import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { PageDto } from '../../desk/page.dto.js';

export class TestMessageDto {
  /** An address of the channel's own kind: a mail address, a phone number, a chat id. */
  @IsString()
  @MinLength(1)
  @MaxLength(254)
  to!: string;
}

export class ChannelWatchDto {
  /** Hours of silence that are too many; null: none are. Absent: as it was. */
  @IsOptional()
  @ValidateIf((dto: ChannelWatchDto) => dto.silenceHours !== null)
  @IsInt()
  @Min(1)
  @Max(8760)
  silenceHours?: number | null;

  /** The day on which the password or token ends; null: nobody knows. Absent: as it was. */
  @IsOptional()
  @ValidateIf((dto: ChannelWatchDto) => dto.credentialsExpire !== null)
  @Matches(/^\d{4}-\d\d-\d\d$/)
  @IsISO8601({ strict: true })
  credentialsExpire?: string | null;
}

export class SimulateDto {
  /** An address of the channel's own kind, as its provider writes it. */
  @IsString()
  @MinLength(1)
  @MaxLength(254)
  from!: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  /** Of a mail. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  subject?: string;

  @IsString()
  @MinLength(1)
  @MaxLength(5000)
  text!: string;
}

export class MapTrialDto {
  /** What a gateway pushed, as it came: JSON, a form, or the address of a GET. */
  @IsString()
  @MinLength(1)
  @MaxLength(20_000)
  sample!: string;
}

export class ChannelLogDto extends PageDto {
  @IsOptional()
  @IsIn(['waiting', 'sent', 'troubled'])
  show?: 'waiting' | 'sent' | 'troubled';
}
