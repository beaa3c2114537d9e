import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const modes = ['off', 'first', 'moves'] as const;
type Mode = (typeof modes)[number];

class TellDto {
  @IsIn(modes)
  telegram!: Mode;

  @IsIn(modes)
  sms!: Mode;

  /** Mails do not count down: `moves` is no choice here. */
  @IsIn(['off', 'first'])
  email!: 'off' | 'first';
}

class QueueCallbackDto {
  @IsBoolean()
  isOn!: boolean;

  /** null: offered only when a step of the queue says so. */
  @ValidateIf((dto: QueueCallbackDto) => dto.afterMinutes !== null)
  @IsInt()
  @Min(1)
  @Max(15)
  afterMinutes!: number | null;

  @IsIn(['call', 'sms', 'same'], { each: true })
  @ArrayUnique()
  ways!: ('call' | 'sms' | 'same')[];
}

class WaitingTextDto {
  @IsString()
  @MaxLength(500)
  en!: string;

  @IsString()
  @MaxLength(500)
  fa!: string;
}

class MissedCallsDto {
  @IsBoolean()
  isOn!: boolean;

  @ValidateNested()
  @Type(() => WaitingTextDto)
  text!: WaitingTextDto;
}

class WaitingTextsDto {
  @ValidateNested()
  @Type(() => WaitingTextDto)
  queued!: WaitingTextDto;

  @ValidateNested()
  @Type(() => WaitingTextDto)
  closed!: WaitingTextDto;
}

/** What a queue says to those who wait in it, as a whole. */
export class QueueWaitingDto {
  @ValidateNested()
  @Type(() => TellDto)
  tell!: TellDto;

  @ValidateNested()
  @Type(() => QueueCallbackDto)
  callback!: QueueCallbackDto;

  @IsBoolean()
  tellClosed!: boolean;

  /** Left out, it stays as it is. */
  @IsOptional()
  @ValidateNested()
  @Type(() => MissedCallsDto)
  missedCalls?: MissedCallsDto;

  @ValidateNested()
  @Type(() => WaitingTextsDto)
  texts!: WaitingTextsDto;
}
