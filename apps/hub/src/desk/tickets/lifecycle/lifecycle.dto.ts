import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

export class MergeTicketDto {
  /** The ticket that stays. */
  @IsUUID()
  into!: string;
}

export class MessagePlaceDto {
  /** The conversation row that holds it. */
  @IsUUID()
  part!: string;

  @IsInt()
  @Min(1)
  seq!: number;
}

export class MovesDto {
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => MessagePlaceDto)
  messages!: MessagePlaceDto[];

  @IsUUID()
  ticketId!: string;
}

export class SplitDto {
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => MessagePlaceDto)
  messages!: MessagePlaceDto[];

  /** The title of the new ticket; the first words of what goes into it when it is left out. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  subject?: string;

  /** Where it waits; the queue that the messages come from when it is left out. */
  @IsOptional()
  @IsUUID()
  queueId?: string;
}

export class ParentDto {
  /** null: it is nobody's child any more. */
  @ValidateIf((dto: ParentDto) => dto.parentId !== null)
  @IsUUID()
  parentId!: string | null;
}

export class IncidentAnswerDto {
  /** Made by the writer; sending the same one again goes on where it was interrupted. */
  @IsUUID()
  id!: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(20_000)
  body!: string;
}
