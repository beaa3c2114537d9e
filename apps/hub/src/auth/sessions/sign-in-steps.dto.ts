import { IsString, MaxLength } from 'class-validator';

export class TicketDto {
  @IsString()
  @MaxLength(200)
  ticket!: string;
}

export class StepCodeDto extends TicketDto {
  /** Six digits of the authenticator, or a recovery code. */
  @IsString()
  @MaxLength(40)
  code!: string;
}
