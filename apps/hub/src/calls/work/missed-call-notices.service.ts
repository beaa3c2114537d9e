import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/database.js';
import { AutomaticMessages } from '../../delivery/automatic-messages.service.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { languageOf, missedWords } from '../../waiting/notice-words.js';
import { WaitingQueues } from '../../waiting/waiting-queues.service.js';

/** Who called in vain, and where they can be written to. */
export interface MissedCaller {
  conversationId: string;
  identityId: string;
  ticketId: string;
  queueId: string;
  locale: string;
}

/** Tells those whose call nobody answered that it was seen, where their queue wants it and a channel sends SMS. */
@Injectable()
export class MissedCallNotices {
  constructor(
    private readonly messages: AutomaticMessages,
    private readonly queues: WaitingQueues,
    private readonly channels: ChannelDirectory,
  ) {}

  /** The brakes of everything that nobody wrote hold; where they stop it, nobody is told. */
  async tell(tx: Transaction, caller: MissedCaller): Promise<void> {
    const { conversationId, identityId, ticketId, queueId, locale } = caller;
    const terms = (await this.queues.find(queueId, tx))?.terms.missedCalls;
    const channelId = terms?.isOn === true ? this.channelFor(queueId) : null;
    if (terms && channelId !== null) {
      const body = missedWords(terms.text, languageOf(locale));
      await this.messages.write(tx, { conversationId, channelId, identityId, threadId: null, ticketId, body });
    }
  }

  /** The one that leads into the same queue first. */
  private channelFor(queueId: string): string | null {
    const able = this.channels
      .all()
      .filter(({ kind, enabled, problem }) => kind === 'sms' && enabled && problem === null);
    return (able.find((channel) => channel.queueId === queueId) ?? able[0])?.id ?? null;
  }
}
