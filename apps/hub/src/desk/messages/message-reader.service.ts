import { Injectable } from '@nestjs/common';
import type { MessageView } from '#contract';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { presentMessage } from '../message.presenter.js';
import { messageColumns, messageTables, type MessageRow } from '../message-rows.query.js';

/** A single message, for whoever just wrote or changed it. */
@Injectable()
export class MessageReader {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  async get(id: string): Promise<MessageView> {
    const [row] = await this.database.query<MessageRow>(
      `select ${messageColumns} from ${messageTables} where m.id = $1`,
      [id],
    );
    if (!row) {
      throw notFound('This message');
    }
    return presentMessage(row, this.channels);
  }
}
