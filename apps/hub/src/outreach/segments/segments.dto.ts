import { IsInt, IsObject, IsOptional, IsString, MaxLength, Min, MinLength } from 'class-validator';

export class SegmentConditionDto {
  /** Tests and all, any, not of conditions. {"all": []} is everybody. */
  @IsObject()
  condition!: object;
}

export class NewSegmentDto extends SegmentConditionDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;
}

export class ChangeSegmentDto {
  /** The version that was seen. */
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
  condition?: object;
}
