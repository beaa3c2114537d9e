import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsString, MaxLength, MinLength } from 'class-validator';

export class SendPurchasesDto {
  /** The shop or program that they come from. One purchase per source and external id, however often it is sent. */
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  source!: string;

  /**
   * {externalId, amount in minor units, currency, at, items, customer: {id | externalId, email, phone, name, locale}}. Each is taken or refused
   * by itself.
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  purchases!: unknown[];

  /** Whoever is not found becomes a customer. */
  @IsBoolean()
  createMissing: boolean = true;
}
