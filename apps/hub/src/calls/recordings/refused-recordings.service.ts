import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { CallDrivers } from '../work/call-drivers.service.js';

const batchSize = 100;

interface ToForget {
  id: string;
  channel_id: string;
  provider_id: string;
}

/** Recordings that are not, or no longer, to be kept, and what their providers still have of them. */
@Injectable()
export class RefusedRecordings {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly drivers: CallDrivers,
    private readonly log: Log,
  ) {}

  /** Deletes them where their provider can do that, until none is due. @returns how many. */
  async forget(): Promise<number> {
    for (let forgotten = 0; ;) {
      const rows = await this.database.query<ToForget & Record<string, unknown>>(
        'select id, channel_id, provider_id from call_recording where forget and due_at <= clock_timestamp() limit $1',
        [batchSize],
      );
      for (const row of rows) {
        forgotten += (await this.forgetOne(row)) ? 1 : 0;
      }
      if (rows.length < batchSize) {
        return forgotten;
      }
    }
  }

  /** A provider that cannot delete is not asked again; one that could not is asked in an hour. */
  private async forgetOne({ id, channel_id: channelId, provider_id: providerId }: ToForget): Promise<boolean> {
    const channel = this.channels.find(channelId);
    const driver = channel && this.drivers.of(channel);
    try {
      if (channel && driver?.forget) {
        await driver.forget(channel, providerId);
      }
      await this.database.query('update call_recording set forget = false where id = $1', [id]);
      return driver?.forget !== undefined;
    } catch (error) {
      this.log.warn('A refused recording could not be deleted at its provider.', { reason: String(error) });
      await this.database.query(
        `update call_recording set due_at = clock_timestamp() + interval '1 hour' where id = $1`,
        [id],
      );
      return false;
    }
  }
}
