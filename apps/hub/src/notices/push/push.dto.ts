import { Type } from 'class-transformer';
import { IsBoolean, IsString, Matches, MaxLength, ValidateBy, ValidateNested } from 'class-validator';
import { isPoint } from './push-point.js';

const noKey = { message: 'keys.p256dh is not a key of a browser' };

/** What the browser encrypts to, in base64url: its point on P-256, and 16 bytes. */
export class PushKeysDto {
  @IsString()
  @Matches(/^B[\w-]{86}=?$/, noKey)
  @ValidateBy({ name: 'isPoint', validator: { validate: isPoint } }, noKey)
  p256dh!: string;

  @IsString()
  @Matches(/^[\w-]{22}(==)?$/, { message: 'keys.auth is not a secret of a browser' })
  auth!: string;
}

/** A browser's subscription, as its PushSubscription says it. */
export class PushDto {
  @IsString()
  @MaxLength(1000)
  endpoint!: string;

  @ValidateNested()
  @Type(() => PushKeysDto)
  keys!: PushKeysDto;

  /** Whether what was written may be shown, or only who wrote and by which channel. */
  @IsBoolean()
  withText: boolean = false;
}
