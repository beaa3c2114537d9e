import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';

export class MeDto {
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';

  /** Offline is what nobody sets: it follows from having no console open. */
  @IsOptional()
  @IsIn(['online', 'busy', 'away'])
  status?: 'online' | 'busy' | 'away';

  @ValidateIf((it: MeDto) => it.newPassword !== undefined || it.currentPassword !== undefined)
  @IsString()
  @MaxLength(1000)
  currentPassword?: string;

  @ValidateIf((it: MeDto) => it.newPassword !== undefined || it.currentPassword !== undefined)
  @IsString()
  @MaxLength(1000)
  newPassword?: string;
}
