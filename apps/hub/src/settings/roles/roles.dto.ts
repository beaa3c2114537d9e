import { Type } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { Permission, RoleScope } from '#contract';
import { permissions } from '../../auth/permissions.js';

export class RoleNameDto {
  @IsOptional()
  @IsString()
  @MaxLength(60)
  en?: string;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  fa?: string;
}

export class RoleDto {
  @ValidateNested()
  @Type(() => RoleNameDto)
  name!: RoleNameDto;

  /** The built-in role whose everyday work it is. */
  @IsIn(['agent', 'supervisor'])
  base!: 'agent' | 'supervisor';

  @IsArray()
  @ArrayUnique()
  @IsIn(permissions, { each: true })
  permissions!: Permission[];

  /** Whom it reads and steers. A role on the base of an agent sees its own queues, whatever is said here. */
  @IsIn(['all', 'own_queues'])
  sees!: RoleScope;
}

export class ChangeRoleDto extends RoleDto {
  /** The version that was seen: a change of anything newer is refused. */
  @IsInt()
  version!: number;
}

export class RemoveRoleDto {
  /** What those get who have it: a built-in role, or the id of another of one's own. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}
