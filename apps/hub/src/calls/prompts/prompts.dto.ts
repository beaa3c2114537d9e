import { IsIn, IsString, MaxLength } from 'class-validator';

/** Which recording is meant. */
export class PromptNameDto {
  @IsString()
  @MaxLength(200)
  name!: string;

  @IsIn(['fa', 'en'])
  locale!: 'fa' | 'en';
}
