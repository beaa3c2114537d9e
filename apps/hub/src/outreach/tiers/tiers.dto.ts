import { IsBoolean, IsInt, IsObject, Min } from 'class-validator';

export class TierTermsDto {
  /** Bounds, weights and tiers; a fault is named by its place. */
  @IsObject()
  terms!: object;
}

export class ChangeTiersDto extends TierTermsDto {
  /** The version that was seen. */
  @IsInt()
  @Min(1)
  version!: number;

  /** Whether tiers are worked out every night. Switched on, they are worked out at once. */
  @IsBoolean()
  enabled!: boolean;
}
