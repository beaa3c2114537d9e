import { IsIn, IsInt, IsNumber, IsUUID, Max, Min, ValidateIf } from 'class-validator';
import type { BoardMeasure } from '#contract';

/** The record makes the compiler complain when the contract knows one more. */
const known: Record<BoardMeasure, true> = {
  waiting: true,
  longest_wait: true,
  at_risk: true,
  broken: true,
  agents_online: true,
  bot_share: true,
  first_reply: true,
};
const measures = Object.keys(known) as BoardMeasure[];

/** A limit of a queue, or of all together. There is one for each thing that can be measured. */
export class ThresholdDto {
  /** null: all queues together. */
  @ValidateIf(({ queueId }: ThresholdDto) => queueId !== null)
  @IsUUID()
  queueId!: string | null;

  /** `bot_share` and `first_reply` are measured of all queues together only. */
  @IsIn(measures)
  measure!: BoardMeasure;

  /** Seconds for `longest_wait` and `first_reply`, a share from 0 to 1 for `bot_share`. */
  @IsNumber()
  @Min(0)
  @Max(1_000_000)
  limit!: number;

  /** How long it must be passed before anybody is told, and kept before it is over. */
  @IsInt()
  @Min(0)
  @Max(3_600)
  forSeconds: number = 30;
}
