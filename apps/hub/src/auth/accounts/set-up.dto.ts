import { IsEmail, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

export class SetUpDto {
  @IsString()
  @MaxLength(200)
  token!: string;

  @IsEmail({}, { message: 'email must be an e-mail address' })
  @MaxLength(320)
  email!: string;

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
