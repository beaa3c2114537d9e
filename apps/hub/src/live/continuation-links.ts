import { Injectable } from '@nestjs/common';
import type { KnownVisitor } from './visitor-people.query.js';

/** PORT Leads a visitor from the chat to another channel, where they prove who they are by coming. Implemented where links are made. */
export interface Continuation {
  /** Whether there is a bot to go on with. */
  hasTelegram(): boolean;
  /** A one-time link for this visitor; null when no bot is to be had now. */
  telegram(visitor: KnownVisitor): Promise<string | null>;
}

/** The ways on that this installation has. Whoever makes the links attaches itself when the hub starts. */
@Injectable()
export class ContinuationLinks implements Continuation {
  private maker: Continuation | null = null;

  attach(maker: Continuation): void {
    this.maker = maker;
  }

  hasTelegram(): boolean {
    return this.maker?.hasTelegram() === true;
  }

  async telegram(visitor: KnownVisitor): Promise<string | null> {
    return (await this.maker?.telegram(visitor)) ?? null;
  }
}
