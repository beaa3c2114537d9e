import { IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { TimelineDto } from '../conversations/conversations.dto.js';

export class CustomerSearchDto extends TimelineDto {
  @IsString()
  @MaxLength(200)
  search: string = '';
}

export class ChangeCustomerDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';
}

export class NewIdentityDto {
  @IsIn(['email', 'phone'])
  kind!: 'email' | 'phone';

  @IsString()
  @MinLength(3)
  @MaxLength(320)
  address!: string;
}

export class MergeDto {
  /** The customer who stays on top. */
  @IsUUID()
  into!: string;
}
