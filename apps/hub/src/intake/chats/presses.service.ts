import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { ChosenChoice, InboundMessage, Statement } from '#channels';
import { Database } from '../../database/database.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';

/**
 * Whether a choice still stood when it was made: it was offered by a message of ours that is not withdrawn, and nothing was chosen from
 * that message before. Parameters: channel, the choosing message's conversation and seq, the choice, the offering message.
 */
const standingOfChoice: Statement = {
  name: 'press-standing',
  text: `
select k.locale, exists (
  select 1 from message offered
  where offered.channel_id = $1 and offered.external_id = $5 and offered.direction = 'out' and offered.redacted_at is null
    and offered.content -> 'choices' @> jsonb_build_array(jsonb_build_object('id', $4::text))
    and not exists (
      select 1 from message earlier
      where earlier.conversation_id = $2 and earlier.seq < $3 and earlier.seq > case when offered.conversation_id = $2 then offered.seq else 0 end
        and earlier.kind = 'keys' and earlier.content -> 'choice' ->> 'of' = $5)) as stands
from conversation c join customer k on k.id = c.customer_id where c.id = $2`,
};

const staleWords: Record<string, string> = {
  en: 'This button does nothing any more. Please write to us instead.',
  fa: 'این دکمه دیگر کار نمی‌کند. لطفاً پیام خود را بنویسید.',
};

/** Whoever offered choices of a kind of their own and knows by themselves whether one still stands. */
export interface PressJudge {
  /** @returns what to tell whoever pressed too late, or null words where it stood; null where the choice is not theirs. */
  judge(choice: ChosenChoice, place: PressPlace): Promise<{ words: string | null } | null>;
}

/** Where the message stands that a press became. */
export interface PressPlace {
  conversationId: string;
  seq: number;
}

/** Answers customers who press buttons as soon as the press is stored: their messenger shows them that it waits. */
@Injectable()
export class Presses implements OnApplicationShutdown {
  private readonly logger = new Logger(Presses.name);
  private readonly running = new Set<Promise<void>>();
  private readonly judges: PressJudge[] = [];

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  attach(judge: PressJudge): void {
    this.judges.push(judge);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }

  /** Does not wait for the answer: the press is stored, and whatever comes behind it must not be held up by its messenger. */
  answerSoon(channelId: string, event: InboundMessage, place: PressPlace): void {
    const { pressId, choice } = event;
    if (pressId === undefined || choice === undefined) {
      return;
    }
    const answer = this.answer(channelId, { pressId, choice, place })
      .catch((error: unknown) => this.logger.debug(`a press was not answered: ${String(error)}`))
      .finally(() => this.running.delete(answer));
    this.running.add(answer);
  }

  private async answer(
    channelId: string,
    { pressId, choice, place }: { pressId: string; choice: ChosenChoice; place: PressPlace },
  ): Promise<void> {
    const channel = this.channels.find(channelId);
    if (!channel?.adapter.answerPress) {
      return;
    }
    const words = await this.wordsOf(channelId, choice, place);
    await channel.adapter.answerPress({ id: pressId, of: choice.of, words }, channel.account);
  }

  /** Whose choice it was says it first. */
  private async wordsOf(channelId: string, choice: ChosenChoice, place: PressPlace): Promise<string | null> {
    for (const judge of this.judges) {
      const judged = await judge.judge(choice, place);
      if (judged) {
        return judged.words;
      }
    }
    return this.wordsFor(channelId, choice, place);
  }

  /** What to tell whoever pressed too late; null where the choice stood. */
  private async wordsFor(channelId: string, choice: ChosenChoice, place: PressPlace): Promise<string | null> {
    const [standing] = await this.database.query<{ locale: string; stands: boolean }>(standingOfChoice, [
      channelId,
      place.conversationId,
      place.seq,
      choice.id,
      choice.of,
    ]);
    const words = staleWords[standing?.locale === 'fa' ? 'fa' : 'en'] ?? null;
    return standing?.stands === true ? null : words;
  }
}
