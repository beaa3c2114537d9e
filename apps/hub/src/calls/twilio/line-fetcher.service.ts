import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { CallDrivers } from '../work/call-drivers.service.js';
import { lineOfTicket, type LineOfTicket } from '../work/line-standing.query.js';

/** Whose lines can be fetched from outside of the process that holds them. */
const fetched = new Set(['twilio', 'jambonz']);

/**
 * Fetches a holding line at once. Best effort: a stretch of music ends by itself. Any node can, so the one does at which the work moved:
 * several would cut each other's answers short.
 */
@Injectable()
export class LineFetcher implements OnModuleInit {
  private readonly logger = new Logger(LineFetcher.name);

  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly channels: ChannelDirectory,
    private readonly drivers: CallDrivers,
  ) {}

  onModuleInit(): void {
    this.bus.on('voice.moved', ({ ticketId }) => this.fetch(ticketId));
  }

  private async fetch(ticketId: string): Promise<void> {
    const [line] = await this.database.query<LineOfTicket & Record<string, unknown>>(lineOfTicket, [ticketId]);
    const channel = line ? this.channels.find(line.channelId) : null;
    if (line && !line.isRung && channel && isFetched(channel)) {
      const nudged = this.drivers.of(channel)?.nudge?.(channel, line.callId);
      await nudged?.catch((error: unknown) => this.logger.debug(`a line was not fetched: ${String(error)}`));
    }
  }
}

function isFetched({ account }: OpenChannel): boolean {
  return fetched.has((account.settings as { driver?: string }).driver ?? '');
}
