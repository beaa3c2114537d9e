import { Injectable, Logger } from '@nestjs/common';
import type { InboundMessage } from '#channels';

/** Whoever asked customers something and waits for what they say. */
export interface AnswerKeeper {
  /**
   * Before a message is stored. Must cost nothing where the message cannot be an answer.
   * @returns what to hand to `tell`; null for a message that answers nothing.
   */
  hear(channelId: string, event: InboundMessage): Promise<Heard | null>;
  /** Behind the message that brought it. What it fails to tell it finds again by itself. */
  tell(heard: Heard, channelId: string, event: InboundMessage): Promise<void>;
}

/** An answer that was kept; `about` is its keeper's. Null: it came too late, and is nobody's work all the same. */
export interface Heard {
  about: string | null;
}

/** Answers to what the hub asked by itself are on the timeline like everything that customers say, and are nobody's work. */
@Injectable()
export class AnswerArrivals {
  private readonly logger = new Logger(AnswerArrivals.name);
  private readonly keepers: AnswerKeeper[] = [];

  attach(keeper: AnswerKeeper): void {
    this.keepers.push(keeper);
  }

  async take(
    channelId: string,
    event: InboundMessage,
    accept: (isAnswer: boolean) => Promise<string>,
  ): Promise<string> {
    const kept = await this.keep(channelId, event);
    const outcome = await accept(kept !== null);
    await kept?.keeper
      .tell(kept.heard, channelId, event)
      .catch((error: unknown) => this.logger.warn(`an answer is not told yet: ${String(error)}`));
    return outcome;
  }

  /** Whoever knows the answer first has it. */
  private async keep(channelId: string, event: InboundMessage): Promise<{ keeper: AnswerKeeper; heard: Heard } | null> {
    for (const keeper of this.keepers) {
      const heard = await keeper.hear(channelId, event);
      if (heard !== null) {
        return { keeper, heard };
      }
    }
    return null;
  }
}
