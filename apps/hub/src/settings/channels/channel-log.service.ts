import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import type { ChannelDeliveryView, Page } from '#contract';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { fromIdCursor } from '../../platform/http/id-cursor.js';
import { ChannelDirectory } from '../channel-directory.service.js';
import type { ChannelLogDto } from './channel-check.dto.js';

type Show = NonNullable<ChannelLogDto['show']> | 'all';

/** What each choice of the reader narrows the page to; written out, so that PostgreSQL knows its indexes by it. */
const narrowed: Record<Show, string> = {
  all: '',
  waiting: `and d.state in ('queued', 'sending')`,
  sent: `and d.state = 'sent'`,
  troubled: `and d.state in ('unconfirmed', 'parked', 'failed')`,
};

/**
 * A page of what left over a channel, newest first; only the last delivery of a message can be followed by another. Parameters: channel,
 * before (id), how many.
 */
const pageOf = (show: Show): Statement => ({
  name: `channel-delivery-page-${show}`,
  text: `
select d.id, d.created_at, d.conversation_id, d.seq, d.address, d.state, d.attempts, d.due_at, d.error_code, d.error,
       m.delivery in ('failed', 'parked', 'unconfirmed') and not exists (
         select 1 from delivery n where n.conversation_id = d.conversation_id and n.seq = d.seq and n.id > d.id) as may_resend
from delivery d join message m on m.conversation_id = d.conversation_id and m.seq = d.seq
where d.channel_id = $1 and d.id < $2 ${narrowed[show]}
order by d.id desc limit $3`,
});

interface LogRow {
  id: string;
  created_at: Date;
  conversation_id: string;
  seq: number;
  address: string;
  state: ChannelDeliveryView['state'];
  attempts: number;
  due_at: Date;
  error_code: string | null;
  error: string | null;
  may_resend: boolean;
}

/** What left over a channel and how: for administrators who look for the reason. It shows no words of anybody. */
@Injectable()
export class ChannelLog {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  async page(id: string, { before, limit, show }: ChannelLogDto): Promise<Page<ChannelDeliveryView>> {
    if (!this.channels.find(id)) {
      throw notFound('This channel');
    }
    const place = fromIdCursor(before);
    const rows = await this.database.query<LogRow & Record<string, unknown>>(pageOf(show ?? 'all'), [id, place, limit]);
    return { rows: rows.map(present), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
  }
}

function present(row: LogRow): ChannelDeliveryView {
  return {
    id: row.id,
    at: row.created_at.toISOString(),
    conversation: row.conversation_id,
    seq: row.seq,
    address: row.address,
    state: row.state,
    attempts: row.attempts,
    dueAt: row.state === 'queued' ? row.due_at.toISOString() : null,
    error: row.error_code === null ? null : { code: row.error_code, text: row.error ?? '' },
    mayResend: row.may_resend,
  };
}
