import { Injectable } from '@nestjs/common';
import { ChannelError, type Statement } from '#channels';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Log } from '../platform/operations/log.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { SendingPaces } from './sending-paces.service.js';

/** Messengers show the sign for about five seconds. */
const againMs = 4_000;
/** Those who were shown one are forgotten beyond so many, when they could be shown it again anyway. */
const fewShown = 500;

interface Place extends Record<string, unknown> {
  channel_id: string;
  address: string;
}

/** Where the person wrote last, within a day: that is where an agent answers. Parameter: their root's conversation. */
const lastPlace: Statement = {
  name: 'typing-last-place',
  text: `
select last.channel_id, i.address
from conversation top
join customer k on k.id = top.customer_id or k.merged_into = top.customer_id
join conversation c on c.customer_id = k.id
cross join lateral (
  select m.channel_id, m.identity_id, m.at from message m
  where m.conversation_id = c.id and m.direction = 'in' order by m.seq desc limit 1) last
join identity i on i.id = last.identity_id and i.retired_at is null and i.reachable = 'yes'
where top.id = $1 and last.at > clock_timestamp() - interval '1 day'
order by last.at desc limit 1`,
};

/** Shows customers on messengers that somebody writes to them. Visitors of web chats hear it over their own socket. */
@Injectable()
export class TypingSigns {
  private readonly shownAt = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly paces: SendingPaces,
    private readonly log: Log,
    bus: EventBus,
  ) {
    bus.on('agent.typing', ({ conversation }) => this.show(conversation));
  }

  private async show(conversation: string): Promise<void> {
    if (!this.isDue(conversation)) {
      return;
    }
    const [place] = await this.database.query<Place>(lastPlace, [conversation]);
    const channel = place && this.channels.find(place.channel_id);
    if (
      !place ||
      !channel?.enabled ||
      channel.problem !== null ||
      !channel.adapter.showTyping ||
      !this.maySend(place)
    ) {
      return;
    }
    try {
      await channel.adapter.showTyping(place.address, channel.account);
    } catch (error) {
      await this.rest(channel.id, error);
    }
  }

  /** Several consoles may tell of the same person. */
  private isDue(conversation: string): boolean {
    const now = Date.now();
    const isDue = now - (this.shownAt.get(conversation) ?? 0) >= againMs;
    if (isDue) {
      this.forget(now);
      this.shownAt.set(conversation, now);
    }
    return isDue;
  }

  /** A sign is not worth a refusal of what is really to be sent. */
  private maySend({ channel_id: channelId }: Place): boolean {
    const now = Date.now();
    const hasRoom = (this.paces.pacerOf(channelId)?.room(now) ?? 1) > 0;
    return hasRoom && !this.paces.resting(now).includes(channelId);
  }

  private forget(now: number): void {
    if (this.shownAt.size >= fewShown) {
      [...this.shownAt].filter(([, at]) => now - at >= againMs).forEach(([key]) => this.shownAt.delete(key));
    }
  }

  /** One that tells us to wait means all that we send; anything else is only a sign that was not seen. */
  private async rest(channelId: string, error: unknown): Promise<void> {
    const isTold = error instanceof ChannelError && error.code === 'rate_limited';
    if (isTold && error.retryAfterMs !== null) {
      await this.paces.pause(channelId, error.retryAfterMs, error.message);
    }
    this.log.debug('A sign of writing was not shown.', { channelId, reason: String(error) });
  }
}
