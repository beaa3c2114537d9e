import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from '../../platform/errors/api-error.js';
import { WebChats } from './web-chats.service.js';

/** Somebody who is about to say something. */
export interface Speaker {
  visitorId: string;
  channelId: string;
  /** The address that they come from. */
  place: string;
  /** They never wrote before, so this begins a conversation. */
  isFirst: boolean;
}

/** Counted without an end by this limiter: each channel has its own. */
const countless = 1_000_000_000;

/**
 * Holds up scripts where people would not notice: per visitor, per address they come from, and per channel. An address may be a whole
 * company's or a mobile network's, so what it may do in all is wide, and only what costs agents their time is narrow: conversations
 * that begin.
 */
@Injectable()
export class VisitorBrakes {
  private readonly strangers = new RateLimiterMemory({ points: 30, duration: 60 });
  private readonly returning = new RateLimiterMemory({ points: 300, duration: 60 });
  /** A person types slower than this; a script does not. */
  private readonly perVisitor = new RateLimiterMemory({ points: 30, duration: 30 });
  private readonly perPlace = new RateLimiterMemory({ points: 300, duration: 60 });
  private readonly firstPerPlace = new RateLimiterMemory({ points: 30, duration: 60 });
  private readonly firstPerChannel = new RateLimiterMemory({ points: countless, duration: 60 });

  constructor(private readonly chats: WebChats) {}

  /** Before a visitor is made, or one who showed a token gets another. Throws tooMany. */
  async enter(place: string, isReturning: boolean): Promise<void> {
    await take(isReturning ? this.returning : this.strangers, place);
  }

  /** Before a message is stored. Throws tooMany. */
  async speak({ visitorId, channelId, place, isFirst }: Speaker): Promise<void> {
    await take(this.perVisitor, visitorId);
    await take(this.perPlace, place);
    if (isFirst) {
      await take(this.firstPerPlace, place);
      await this.begin(channelId);
    }
  }

  /** Before anything else that a visitor may ask of the hub. Throws tooMany. */
  async act(place: string): Promise<void> {
    await take(this.perPlace, place);
  }

  private async begin(channelId: string): Promise<void> {
    const { consumedPoints, msBeforeNext } = await this.firstPerChannel.consume(channelId);
    if (consumedPoints > (this.chats.find(channelId)?.newChatsPerMinute ?? 0)) {
      throw tooMany(msBeforeNext / 1000, 'Many people write just now. Wait a little and send it again.');
    }
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  await limiter.consume(key).catch((reason: unknown) => {
    throw reason instanceof RateLimiterRes ? tooMany(reason.msBeforeNext / 1000) : reason;
  });
}
