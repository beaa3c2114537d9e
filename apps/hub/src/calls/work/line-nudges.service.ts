import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LineOffers } from './line-offers.service.js';
import { lineOfTicket, type LineOfTicket } from './line-standing.query.js';

/**
 * Makes the line of a caller ask at once when somebody is there for them, or no longer: whoever speaks with its provider hears of it as
 * `line.nudge`, on every node. Best effort: a line that hears nothing asks when its stretch of music ends.
 *
 * A ticket that somebody passes on while they talk rings nobody, and neither does one whose line is gone: what is left is no voice.
 */
@Injectable()
export class LineNudges {
  constructor(
    private readonly database: Database,
    private readonly offers: LineOffers,
    private readonly bus: EventBus,
  ) {
    bus.on('voice.moved', ({ ticketId }) => this.follow(ticketId));
  }

  private async follow(ticketId: string): Promise<void> {
    const [line] = await this.database.query<LineOfTicket & Record<string, unknown>>(lineOfTicket, [ticketId]);
    if (line === undefined || (line.phase === 'talking' && !line.isOwners)) {
      await this.database.transaction((tx) => this.offers.calm(tx, ticketId));
    } else if (line.phase === 'waiting' || (line.phase === 'ringing' && !line.isRung)) {
      this.bus.emit('line.nudge', { channelId: line.channelId, callId: line.callId });
    }
  }
}
