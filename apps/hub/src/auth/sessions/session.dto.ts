import { IsString, MaxLength } from 'class-validator';

export class SessionDto {
  @IsString()
  @MaxLength(320)
  email!: string;

  @IsString()
  @MaxLength(1000)
  password!: string;
}
