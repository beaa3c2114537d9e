import { IsEmail, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

export class OpenLinkDto {
  /** What is behind the # of the link. */
  @IsString()
  @MaxLength(200)
  token!: string;
}

export class JoinDto extends OpenLinkDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @IsString()
  @MaxLength(1000)
  password!: string;

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';
}

export class ResetPasswordDto extends OpenLinkDto {
  @IsString()
  @MaxLength(1000)
  password!: string;
}

export class ForgottenPasswordDto {
  @IsEmail({}, { message: 'email must be an e-mail address' })
  @MaxLength(320)
  email!: string;
}
