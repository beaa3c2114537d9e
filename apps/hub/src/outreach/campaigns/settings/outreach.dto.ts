import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { OutreachPersonState } from '#contract';
import { PageDto } from '../../../desk/page.dto.js';

const purposes = ['service', 'offers', 'news', 'feedback'] as const;
const states = ['waiting', 'sending', 'sent', 'unconfirmed', 'failed', 'skipped', 'held_out'] as const;

export class OutreachTextDto {
  @IsString()
  @MaxLength(300)
  subject: string = '';

  @IsString()
  @MaxLength(10_000)
  body: string = '';
}

/** Empty where it is not written in a language. */
export class OutreachTextsDto {
  @ValidateNested()
  @Type(() => OutreachTextDto)
  en: OutreachTextDto = new OutreachTextDto();

  @ValidateNested()
  @Type(() => OutreachTextDto)
  fa: OutreachTextDto = new OutreachTextDto();
}

export class ChangeOutreachDto {
  /** The version that was seen; a newer one refuses the change. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  name?: string;

  @IsOptional()
  @IsIn(purposes)
  purpose?: (typeof purposes)[number];

  @IsOptional()
  @IsIn(['explicit', 'service'])
  consent?: 'explicit' | 'service';

  @IsOptional()
  @IsUUID()
  segmentId?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => OutreachTextsDto)
  texts?: OutreachTextsDto;

  @IsOptional()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  channelIds?: string[];

  @IsOptional()
  @IsBoolean()
  ownChannelFirst?: boolean;

  /** null: where messages of their channel go. */
  @ValidateIf((dto: ChangeOutreachDto) => dto.queueId !== undefined && dto.queueId !== null)
  @IsUUID()
  queueId?: string | null;

  @IsOptional()
  @IsIn(['once', 'daily', 'weekly', 'monthly'])
  repeats?: 'once' | 'daily' | 'weekly' | 'monthly';

  /** null: as soon as it is scheduled. */
  @ValidateIf((dto: ChangeOutreachDto) => dto.startsAt !== undefined && dto.startsAt !== null)
  @IsISO8601({ strict: true })
  startsAt?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(730)
  coolDownDays?: number;

  @IsOptional()
  @IsIn(['any', 'person', 'calendar'])
  hours?: 'any' | 'person' | 'calendar';

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1439)
  fromMinute?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1440)
  toMinute?: number;

  @ValidateIf((dto: ChangeOutreachDto) => dto.calendarId !== undefined && dto.calendarId !== null)
  @IsUUID()
  calendarId?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(90)
  holdOutPercent?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(60_000)
  perMinute?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(90)
  answerDays?: number;
}

export class NewOutreachDto extends ChangeOutreachDto {
  // The fields of a change may be left out and conditions are inherited: this makes them needed again.
  @ValidateIf(() => true)
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  declare name: string;

  @ValidateIf(() => true)
  @IsUUID()
  declare segmentId: string;
}

/** An address of somebody who wrote before, most often one's own. */
export class TestOutreachDto {
  @IsUUID()
  channelId!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(320)
  address!: string;
}

export class OutreachPeopleDto extends PageDto {
  @IsOptional()
  @IsIn(states)
  state?: OutreachPersonState;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  why?: string;
}

export class OutreachLimitsDto {
  @IsInt()
  @Min(1)
  @Max(50)
  perDay!: number;

  @IsInt()
  @Min(1)
  @Max(200)
  perWeek!: number;
}

class ConsentDto {
  @IsIn(purposes)
  purpose!: (typeof purposes)[number];

  @IsIn(['given', 'withdrawn'])
  state!: 'given' | 'withdrawn';
}

export class ContactWishesDto {
  /** null: nothing was asked for. */
  @ValidateIf((dto: ContactWishesDto) => dto.preferredKind !== undefined && dto.preferredKind !== null)
  @IsIn(['email', 'sms', 'telegram', 'web', 'messages'])
  preferredKind?: 'email' | 'sms' | 'telegram' | 'web' | 'messages' | null;

  @IsOptional()
  @ArrayMaxSize(4)
  @ValidateNested({ each: true })
  @Type(() => ConsentDto)
  consents?: ConsentDto[];
}
