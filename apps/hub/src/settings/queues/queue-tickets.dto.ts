import { Type } from 'class-transformer';
import { IsInt, IsString, Matches, Max, MaxLength, Min, ValidateIf, ValidateNested } from 'class-validator';

class IdleTextsDto {
  @IsString()
  @MaxLength(1000)
  en: string = '';

  @IsString()
  @MaxLength(1000)
  fa: string = '';
}

/** What a queue does with its tickets besides routing them, as a whole. */
export class QueueTicketsDto {
  @Matches(/^([A-Z]{2,6})?$/, { message: 'A prefix is 2 to 6 capital Latin letters.' })
  prefix!: string;

  @ValidateIf((dto: QueueTicketsDto) => dto.idleDays !== null)
  @IsInt()
  @Min(1)
  @Max(365)
  idleDays!: number | null;

  @IsInt()
  @Min(1)
  @Max(30)
  idleWarnDays!: number;

  @ValidateNested()
  @Type(() => IdleTextsDto)
  idleTexts!: IdleTextsDto;

  @IsInt()
  @Min(0)
  @Max(720)
  duplicateHours!: number;
}
