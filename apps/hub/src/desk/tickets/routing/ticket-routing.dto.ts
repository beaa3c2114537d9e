import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsOptional, IsUUID, Max, Min, ValidateIf } from 'class-validator';

export class TicketPlacesDto {
  /** Ids of tickets, apart by commas. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(100)
  ids!: string[];
}

/** Whom a ticket needs. What is absent stays as it is. */
export class TicketRoutingDto {
  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(20)
  skillIds?: string[];

  /** The lowest level that counts. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  skillLevel?: number;

  /** null: nobody in particular. */
  @ValidateIf((dto: TicketRoutingDto) => dto.preferredAgentId !== null && dto.preferredAgentId !== undefined)
  @IsUUID()
  preferredAgentId?: string | null;
}
