import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '#channels';
import { OptOuts } from '../delivery/opt-outs.service.js';
import { SendPermits } from '../delivery/send-permits.service.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';

/** Stores a message and says what became of it. A quiet one wakes nobody. */
type Accept = (isQuiet: boolean) => Promise<string>;

/** What an SMS means besides being a message: a wish about further ones, and the number that it came to. */
@Injectable()
export class SmsArrivals {
  constructor(
    private readonly optOuts: OptOuts,
    private readonly permits: SendPermits,
  ) {}

  async take({ id, kind }: Pick<OpenChannel, 'id' | 'kind'>, event: InboundMessage, accept: Accept): Promise<string> {
    if (kind !== 'sms') {
      return accept(false);
    }
    await this.permits.noteLine(id, event);
    const wish = await this.optOuts.hear(id, event);
    const outcome = await accept(wish?.quiet ?? false);
    if (wish !== null) {
      await this.optOuts.tell(id, event.from);
    }
    return outcome;
  }
}
