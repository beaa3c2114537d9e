import { Type } from 'class-transformer';
import {
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { AgentPhoneDto } from '../../settings/agents/agents.dto.js';
import { MayBeLeftOut, PreferencesDto } from './preferences.dto.js';

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

  /** Where calls ring; null: nowhere. Left out stays. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AgentPhoneDto)
  phone?: AgentPhoneDto | null;

  /** What is to be liked differently; what is not named stays. */
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => PreferencesDto)
  preferences?: PreferencesDto;

  @ValidateIf((it: MeDto) => it.newPassword !== undefined || it.currentPassword !== undefined)
  @IsString()
  @MaxLength(1000)
  currentPassword?: string;

  @ValidateIf((it: MeDto) => it.newPassword !== undefined || it.currentPassword !== undefined)
  @IsString()
  @MaxLength(1000)
  newPassword?: string;
}
