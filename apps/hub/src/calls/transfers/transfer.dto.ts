import { Type } from 'class-transformer';
import { IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { AgentPhoneDto } from '../../settings/agents/agents.dto.js';

/** Who is to have the caller: one of the three. */
export class TransferDto {
  /** A colleague, whatever queues are theirs. */
  @IsOptional()
  @IsUUID()
  agentId?: string;

  /** Whoever is free there. */
  @IsOptional()
  @IsUUID()
  queueId?: string;

  /** A number outside, a SIP address, or an extension of the exchange. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AgentPhoneDto)
  phone?: AgentPhoneDto;
}
