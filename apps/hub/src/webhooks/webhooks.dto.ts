import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
} from 'class-validator';
import type { WebhookType } from '#contract';
import { PageDto } from '../desk/page.dto.js';
import { webhookTypes } from './webhook-types.js';

export class ChangeWebhookDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  /** http or https, without a user name in it. Addresses outside of the public internet are refused when they are dialled. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  url?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(webhookTypes.length)
  @ArrayUnique()
  @IsIn(webhookTypes, { each: true })
  types?: WebhookType[];

  /** One at a time, oldest first: a delivery that fails holds up those behind it until it is taken or given up. */
  @IsOptional()
  @IsBoolean()
  ordered?: boolean;

  @IsOptional()
  @IsBoolean()
  enabled?: boolean;

  /** When it is switched on: whether what happened in between is told as well. It is unless this is false. */
  @IsOptional()
  @IsBoolean()
  catchUp?: boolean;
}

export class NewWebhookDto extends ChangeWebhookDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  declare name: string;

  @IsString()
  @MaxLength(2000)
  declare url: string;
}

export class WebhookLogDto extends PageDto {
  @IsOptional()
  @IsIn(['queued', 'sent', 'failed', 'skipped'])
  state?: 'queued' | 'sent' | 'failed' | 'skipped';
}

/** Either one delivery, or all of a stretch of time. */
export class ReplayDto {
  @IsOptional()
  @IsUUID()
  delivery?: string;

  /** Facts from here on, by when they happened. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Facts before this. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  /** Of a stretch: only those that nobody took. */
  @IsOptional()
  @IsBoolean()
  failedOnly?: boolean;
}
