import { ArrayMaxSize, IsIn, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min, ValidateIf } from 'class-validator';

export class ChangeTicketDto {
  /** The version that was seen; a newer one on the ticket refuses the change. */
  @IsInt()
  @Min(1)
  version!: number;

  @IsOptional()
  @IsIn(['open', 'pending', 'on_hold', 'solved', 'closed'])
  state?: 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';

  /** One of the organisation's own names of states; it brings its state along. null: none. */
  @IsOptional()
  @IsUUID()
  stateNameId?: string | null;

  @IsOptional()
  @IsIn([1, 2, 3, 4])
  priority?: 1 | 2 | 3 | 4;

  @ValidateIf((dto: ChangeTicketDto) => dto.subject !== undefined)
  @IsString()
  @MaxLength(300)
  subject?: string;

  @IsOptional()
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  @ArrayMaxSize(30)
  tags?: string[];

  @IsOptional()
  @IsUUID()
  queueId?: string;
}

export class AssignTicketDto {
  /** null gives the ticket back to its queue. */
  @ValidateIf((dto: AssignTicketDto) => dto.agentId !== null)
  @IsUUID()
  agentId!: string | null;

  /** Who held it when the caller looked. */
  @ValidateIf((dto: AssignTicketDto) => dto.expected !== null)
  @IsUUID()
  expected!: string | null;
}

export class NewTicketDto {
  @IsString()
  @MaxLength(300)
  subject!: string;

  @IsUUID()
  queueId!: string;
}
