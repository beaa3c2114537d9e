import { IsBoolean, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

export class ChangeQueueDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string;

  /** Messages of its tickets are withheld from agents who do not serve it. */
  @IsOptional()
  @IsBoolean()
  restricted?: boolean;

  /** Replaces the members as a whole. */
  @IsOptional()
  @IsUUID(undefined, { each: true })
  memberIds?: string[];
}

export class NewQueueDto extends ChangeQueueDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  declare name: string;
}
