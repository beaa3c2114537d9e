import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsDate,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import type { Scope } from '../actor.js';

export class ApiKeyDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  name!: string;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(['read', 'write', 'admin'], { each: true })
  scopes!: Scope[];

  @IsOptional()
  @Type(() => Date)
  @IsDate()
  expiresAt?: Date;
}
