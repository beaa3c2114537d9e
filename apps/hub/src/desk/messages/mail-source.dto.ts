import { IsIn, IsOptional } from 'class-validator';

export class MailPageQueryDto {
  /** `1` shows images of other servers, which learn by it that the mail is read. */
  @IsOptional()
  @IsIn(['0', '1'])
  images?: '0' | '1';
}
