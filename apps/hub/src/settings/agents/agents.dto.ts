import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

export class AgentQueueDto {
  @IsUUID()
  queueId!: string;

  /** The ring: 1 is asked first. */
  @IsInt()
  @Min(1)
  @Max(5)
  level: number = 1;
}

export class AgentSkillDto {
  @IsUUID()
  skillId!: string;

  /** 1 knows a little, 5 is the one to ask. */
  @IsInt()
  @Min(1)
  @Max(5)
  level: number = 1;
}

/** The most of each class at the same time; what is absent stays as it is. */
export class AgentCapsDto {
  /** 0 takes no calls. There is one voice. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1)
  voice?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(50)
  chat?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(500)
  async?: number;
}

/** What rings when a caller is offered to somebody. */
export class AgentPhoneDto {
  @IsIn(['number', 'sip', 'extension'])
  kind!: 'number' | 'sip' | 'extension';

  /** A number as it is written, a SIP address with or without `sip:`, or the extension's digits. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  address!: string;
}

/** What an administrator sets up of how somebody works. */
export class AgentWorkDto {
  /** Replaces the queues as a whole. */
  @IsOptional()
  @ArrayMaxSize(500)
  @ArrayUnique(({ queueId }: AgentQueueDto) => queueId)
  @ValidateNested({ each: true })
  @Type(() => AgentQueueDto)
  queues?: AgentQueueDto[];

  /** Replaces the skills as a whole. */
  @IsOptional()
  @ArrayMaxSize(200)
  @ArrayUnique(({ skillId }: AgentSkillDto) => skillId)
  @ValidateNested({ each: true })
  @Type(() => AgentSkillDto)
  skills?: AgentSkillDto[];

  /** The shift: nothing is given out outside of it; null for always. */
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;

  /** The budget that all work shares. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  capUnits?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => AgentCapsDto)
  caps?: AgentCapsDto;

  /** null: they get no calls. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AgentPhoneDto)
  phone?: AgentPhoneDto | null;
}

export class ChangeAgentDto extends AgentWorkDto {
  /** The version that was seen: a change of anything newer is refused. Without it the last one wins. */
  @IsOptional()
  @IsInt()
  version?: number;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name?: string;

  @IsOptional()
  @IsIn(['agent', 'supervisor', 'admin'])
  role?: 'agent' | 'supervisor' | 'admin';

  /** A role of the organisation's own, in place of a built-in one. */
  @IsOptional()
  @IsUUID()
  ownRoleId?: string | null;

  /** true ends every session of the account at once, and gives its work back to the queues. */
  @IsOptional()
  @IsBoolean()
  disabled?: boolean;
}

export class NewAgentDto extends AgentWorkDto {
  @IsEmail()
  @MaxLength(320)
  email!: string;

  /** Until they join and say how they are called; without it, what stands before the @ of their address. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name?: string;

  @IsIn(['agent', 'supervisor', 'admin'])
  role!: 'agent' | 'supervisor' | 'admin';

  /** A role of the organisation's own, in place of the built-in one. */
  @IsOptional()
  @IsUUID()
  ownRoleId?: string | null;

  /** Queues in whose first ring they are. */
  @IsOptional()
  @IsUUID(undefined, { each: true })
  queueIds?: string[];

  @IsOptional()
  @IsIn(['en', 'fa'])
  locale?: 'en' | 'fa';
}
