import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { VisitorWay } from '#contract';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { conflict } from '../platform/errors/api-error.js';
import { takeTurn } from '../platform/errors/take-turn.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { ContinuationLinks } from './continuation-links.js';
import type { FilledForm } from './visitor-form.js';
import type { KnownVisitor } from './visitor-people.query.js';
import { keepWish } from './visitor-standing.query.js';

/** The ways by which visitors may be answered once they have left the chat. */
@Injectable()
export class VisitorWays {
  /** People change their mind a few times; a script would make links and claims without end. */
  private readonly choices = new RateLimiterMemory({ points: 10, duration: 3600 });

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly links: ContinuationLinks,
    private readonly bus: EventBus,
  ) {}

  /** What there is a working channel for. */
  list(): VisitorWay[] {
    const works = (kind: 'email' | 'sms'): boolean =>
      this.channels.all().some((channel) => channel.kind === kind && channel.enabled && channel.problem === null);
    return [
      ...(works('email') ? ['email' as const] : []),
      ...(works('sms') ? ['sms' as const] : []),
      ...(this.links.hasTelegram() ? ['telegram' as const] : []),
    ];
  }

  /**
   * Keeps what a visitor chose. The address stays a claim: it says where an agent may write to, and nothing about who reads it.
   * @returns the link to follow, where the way needs one.
   */
  async choose(
    known: KnownVisitor,
    visitorId: string,
    { way, address }: NonNullable<FilledForm['wish']>,
  ): Promise<string | null> {
    await takeTurn(this.choices, visitorId);
    const link = way === 'telegram' ? await this.links.telegram(known) : null;
    if (way === 'telegram' && link === null) {
      throw conflict('way_gone', 'Telegram cannot be reached now.', 'way');
    }
    await this.database.query(keepWish, [known.identityId, way, address]);
    this.bus.emit('address.changed', { kind: 'web', address: visitorId });
    return link;
  }
}
