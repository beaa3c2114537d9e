import { Injectable } from '@nestjs/common';
import { hubItself } from '../../../auth/hub-itself.js';
import { Database } from '../../../database/database.js';
import { ContinuationLinks, type Continuation } from '../../../live/continuation-links.js';
import type { KnownVisitor } from '../../../live/visitor-people.query.js';
import { Log } from '../../../platform/operations/log.js';
import { ChannelDirectory, type OpenChannel } from '../../../settings/channel-directory.service.js';
import { StartLinks } from './start-links.service.js';

/** Somebody who leaves the chat comes to Telegram soon, or not by this link. */
const hours = 24;

/** Gives visitors of a web chat a link into a bot: who follows it is the one who asked for it in that chat. */
@Injectable()
export class VisitorContinuation implements Continuation {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly links: StartLinks,
    private readonly log: Log,
    continuations: ContinuationLinks,
  ) {
    continuations.attach(this);
  }

  hasTelegram(): boolean {
    return this.bot() !== undefined;
  }

  async telegram({ conversationId }: KnownVisitor): Promise<string | null> {
    const bot = this.bot();
    const [row] = await this.database.query<{ customer_id: string }>(
      'select customer_id from conversation where id = $1',
      [conversationId],
    );
    if (!bot || !row) {
      return null;
    }
    try {
      const link = await this.links.make(hubItself, row.customer_id, { channelId: bot.id, hours });
      return link.url;
    } catch (error) {
      this.log.warn('A visitor got no link to Telegram.', { reason: String(error) });
      return null;
    }
  }

  private bot(): OpenChannel | undefined {
    return this.channels
      .all()
      .find(
        ({ kind, enabled, problem, adapter }) =>
          kind === 'telegram' && enabled && problem === null && adapter.startLink !== undefined,
      );
  }
}
