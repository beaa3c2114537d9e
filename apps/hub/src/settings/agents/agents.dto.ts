import { IsBoolean, IsEmail, IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

export class ChangeAgentDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name?: string;

  @IsOptional()
  @IsIn(['agent', 'supervisor', 'admin'])
  role?: 'agent' | 'supervisor' | 'admin';

  /** true ends every session of the account at once. */
  @IsOptional()
  @IsBoolean()
  disabled?: boolean;
}

export class NewAgentDto {
  @IsEmail()
  @MaxLength(320)
  email!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  @IsIn(['agent', 'supervisor', 'admin'])
  role!: 'agent' | 'supervisor' | 'admin';

  /** Told to the new colleague by whoever makes the account; they change it after signing in. */
  @IsString()
  @MaxLength(200)
  password!: string;

  @IsOptional()
  @IsUUID(undefined, { each: true })
  queueIds?: string[];

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';
}
