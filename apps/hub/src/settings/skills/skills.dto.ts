import { IsString, MaxLength, MinLength } from 'class-validator';

export class SkillDto {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;
}

export class RemoveSkillDto {
  /** "true": it is taken off whoever has it, and work no longer asks for it. */
  @IsString()
  everywhere: string = '';
}
