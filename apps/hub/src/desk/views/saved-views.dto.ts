import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';
import type { ViewSort } from '#contract';

const sorts: ViewSort[] = ['newest', 'waiting', 'priority', 'deadline'];

export class ViewDraftDto {
  /** All or any of tests and groups; see ViewFilter. */
  @IsObject()
  filter!: object;

  @IsIn(sorts)
  sort: ViewSort = 'newest';
}

export class NewViewDto extends ViewDraftDto {
  /** Its maker's own: making it again under the same id changes nothing, and a removed one comes back under its address. */
  @IsOptional()
  @IsUUID()
  id?: string;

  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;

  /** 'me', 'everyone', or the queues whose agents see it. */
  @ValidateIf((view: NewViewDto) => !Array.isArray(view.sharedWith))
  @IsIn(['me', 'everyone'])
  sharedWith: 'me' | 'everyone' | string[] = 'me';
}

export class ChangeViewDto {
  /** The version that was seen. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  version!: number;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  @IsOptional()
  @IsObject()
  filter?: object;

  @IsOptional()
  @IsIn(sorts)
  sort?: ViewSort;

  @ValidateIf((view: ChangeViewDto) => view.sharedWith !== undefined && !Array.isArray(view.sharedWith))
  @IsIn(['me', 'everyone'])
  sharedWith?: 'me' | 'everyone' | string[];
}

export class ViewOrderDto {
  @IsArray()
  @ArrayMaxSize(300)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids!: string[];
}
