import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class CodeDto {
  /** Six digits of the authenticator, or a recovery code. */
  @IsString()
  @MaxLength(40)
  code!: string;
}

export class EnrolDto {
  @IsString()
  @MaxLength(1000)
  password!: string;

  /** Asked of whoever has a second factor already and sets it up anew. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string;
}

export class ProveDto extends CodeDto {
  @IsString()
  @MaxLength(1000)
  password!: string;
}

export class AccountRulesDto {
  @IsIn(['choice', 'everybody'])
  secondFactor!: 'choice' | 'everybody';
}
