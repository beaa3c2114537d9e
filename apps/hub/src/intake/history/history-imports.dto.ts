import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { HistoryInboxTermsView, HistorySystemView, HistoryTermsView } from '#contract';

export class NewHistoryDto {
  @IsIn(['zendesk', 'chatwoot', 'zammad', 'freescout'])
  system!: HistorySystemView;

  /** Which account of it, where there are several; the same one is named the same way each time. */
  @IsString()
  @MaxLength(80)
  account: string = '';
}

export class HistoryInboxTermsDto implements HistoryInboxTermsView {
  @IsString()
  @MaxLength(200)
  key!: string;

  @IsUUID()
  queueId!: string;

  @IsUUID()
  channelId!: string;
}

export class HistoryTermsDto implements HistoryTermsView {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => HistoryInboxTermsDto)
  inboxes!: HistoryInboxTermsDto[];

  @IsIn(['closed', 'open'])
  openAs: 'closed' | 'open' = 'closed';
}

export class HistoryMatchDto {
  @IsBoolean()
  isJoined!: boolean;
}

export class HistoryFaultsDto {
  @IsIn(['en', 'fa'])
  language: 'en' | 'fa' = 'en';
}
