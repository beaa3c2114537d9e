import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import type { Side } from '#channels';
import { PageDto } from '../page.dto.js';

const sides = ['from', 'into'] as const;

export class CustomerSearchDto extends PageDto {
  @IsString()
  @MaxLength(200)
  search: string = '';

  /** How valued they are; 0: without a tier. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(9)
  tier?: number;

  @IsOptional()
  @IsIn(['yes', 'no'])
  blocked?: 'yes' | 'no';
}

/** Somebody who never wrote, and what there is to do for them: a customer without work would be nobody's to read. */
export class NewCustomerDto {
  @IsString()
  @MaxLength(200)
  name: string = '';

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';

  /** Claimed as typed: whoever writes from them is recognised once somebody confirms it. */
  @IsOptional()
  @IsString()
  @MinLength(3)
  @MaxLength(320)
  email?: string;

  @IsOptional()
  @IsString()
  @MinLength(3)
  @MaxLength(320)
  phone?: string;

  @IsString()
  @MinLength(1)
  @MaxLength(500)
  subject!: string;

  @IsUUID()
  queueId!: string;

  /** Also where somebody with such an address is known already. */
  @IsBoolean()
  evenIfKnown: boolean = false;
}

export class ChangeCustomerDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';

  /** How valued they are, 0 for no tier. It decides who is served first, so supervisors change it. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(9)
  tier?: number;
}

export class NewIdentityDto {
  @IsIn(['email', 'phone'])
  kind!: 'email' | 'phone';

  @IsString()
  @MinLength(3)
  @MaxLength(320)
  address!: string;
}

export class ChangeIdentityDto {
  /** Several people write from it: a family's phone, a role's mailbox. */
  @IsBoolean()
  shared!: boolean;
}

/** Whose value stays where the two differ; what is not named is decided by the preview's `chosen`. */
export class MergeChoicesDto {
  @IsOptional()
  @IsIn(sides)
  name?: Side;

  @IsOptional()
  @IsIn(sides)
  locale?: Side;

  @IsOptional()
  @IsIn(sides)
  tier?: Side;

  @IsOptional()
  @IsIn(sides)
  tz?: Side;

  /** Custom fields by their names. */
  @IsOptional()
  @IsObject()
  fields?: Record<string, Side>;
}

export class MergePreviewDto {
  /** The customer who stays on top. */
  @IsUUID()
  into!: string;
}

export class MergeDto extends MergePreviewDto {
  @IsOptional()
  @ValidateNested()
  @Type(() => MergeChoicesDto)
  choices?: MergeChoicesDto;

  /** Why they are one person, for whoever looks at it later. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class UndoMergeDto {
  /** Whom the customer is seen to belong to. Where that is somebody else by now, nothing is undone. */
  @IsOptional()
  @IsUUID()
  root?: string;
}

export class BlockDto {
  @IsString()
  @MaxLength(500)
  reason: string = '';
}

export class DismissDto {
  /** The other customer. */
  @IsUUID()
  customer!: string;
}

export class NewLinkDto {
  @IsUUID()
  identityId!: string;

  /** How long the link works, in hours. */
  @IsInt()
  @Min(1)
  @Max(2160)
  hours: number = 24 * 7;
}
