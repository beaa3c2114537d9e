import { IsBoolean, IsString, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';

export class WhisperAnswerDto {
  @IsString()
  @Matches(/\S/)
  @MaxLength(2_000)
  words!: string;
}

export class WhisperDto extends WhisperAnswerDto {
  /** null: whoever has the person's work. */
  @ValidateIf(({ agentId }: WhisperDto) => agentId !== null)
  @IsUUID()
  agentId: string | null = null;
}

export class RaiseHandDto {
  /** What the agent wants help with, in a sentence; may be empty. */
  @IsString()
  @MaxLength(500)
  words: string = '';
}

export class SteeringRulesDto {
  @IsBoolean()
  tellWatched!: boolean;
}
