import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';

type RoleName = 'agent' | 'supervisor' | 'admin';

export class SignInGroupDto {
  @IsString()
  @MinLength(1)
  @MaxLength(300)
  name!: string;

  @IsIn(['agent', 'supervisor', 'admin'])
  role!: RoleName;

  /** A role of the organisation's own, in place of the built-in one. */
  @IsOptional()
  @IsUUID()
  ownRoleId?: string | null;
}

export class SignInProviderDto {
  /** The version that was seen; left out for a new one. */
  @IsOptional()
  @IsInt()
  version?: number;

  /** As the button says it. */
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  name!: string;

  /** Where the provider's own documents are found, below /.well-known/openid-configuration. */
  @IsString()
  @MaxLength(500)
  issuer!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(300)
  clientId!: string;

  /** Left out, the stored one stays; null: there is none. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  clientSecret?: string | null;

  /** Beside `openid`. */
  @ArrayMaxSize(20)
  @Matches(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, { each: true })
  scopes!: string[];

  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(255, { each: true })
  emailDomains!: string[];

  @IsBoolean()
  trustsEmail!: boolean;

  @IsBoolean()
  createsAccounts!: boolean;

  @IsIn(['agent', 'supervisor', 'admin'])
  role!: RoleName;

  @IsOptional()
  @IsUUID()
  ownRoleId?: string | null;

  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  queueIds!: string[];

  @IsOptional()
  @IsString()
  @MaxLength(200)
  groupsClaim?: string | null;

  @ArrayMaxSize(100)
  @ArrayUnique(({ name }: SignInGroupDto) => name)
  @ValidateNested({ each: true })
  @Type(() => SignInGroupDto)
  groups!: SignInGroupDto[];

  @IsIn(['asked', 'by_amr', 'counts'])
  secondFactor!: 'asked' | 'by_amr' | 'counts';

  @IsBoolean()
  enabled!: boolean;
}

export class SignInCheckDto {
  @IsString()
  @MaxLength(500)
  issuer!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(300)
  clientId!: string;

  /** Left out, the stored one of this provider is tried. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  clientSecret?: string;
}

export class PasswordRuleDto {
  @IsIn(['everybody', 'some'])
  passwords!: 'everybody' | 'some';

  /** Administrators who keep theirs whatever happens to a provider. */
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  keepPassword!: string[];
}

export class BeginSignInDto {
  /** The page of the console to come back to. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  to?: string;
}
