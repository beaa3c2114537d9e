import { IsString, MaxLength, MinLength } from 'class-validator';

export class TestMessageDto {
  /** An address of the channel's own kind: a mail address, a phone number, a chat id. */
  @IsString()
  @MinLength(1)
  @MaxLength(254)
  to!: string;
}
