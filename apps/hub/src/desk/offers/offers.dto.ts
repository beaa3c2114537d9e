import { IsOptional, IsString, MaxLength } from 'class-validator';

export class DeclineOfferDto {
  /** Why, in the agent's own words; colleagues see it where the ticket's way is explained. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  reason?: string;
}
