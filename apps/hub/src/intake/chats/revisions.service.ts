import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, storableText, type InboundMessage, type MessageContent, type Statement } from '#channels';
import { Database, type Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { keepEvent } from '../accept.query.js';
import { ArrivedFiles } from '../arrived-files.service.js';
import { fileRow } from '../plan-acceptance.js';
import { albumText } from './albums.service.js';
import { attachFiles } from './attach-files.query.js';

/**
 * Where a message is that its sender changed, itself or as a part of an album. Messengers let people change what is recent, so it is
 * among their last. Parameters: channel, message id, the sender's kind and address.
 */
const findMessage: Statement = {
  name: 'revision-find',
  text: `
select late.conversation_id, late.seq
from identity i join conversation c on c.customer_id = i.customer_id
cross join lateral (
  select m.conversation_id, m.seq, m.channel_id, m.content from message m where m.conversation_id = c.id order by m.seq desc limit 500) late
where i.kind = $3 and i.address = $4 and i.retired_at is null and late.channel_id = $1
  and (late.content ->> 'messageId' = $2 or late.content -> 'album' -> 'parts' @> jsonb_build_array(jsonb_build_object('id', $2::text)))
order by late.seq desc limit 1`,
};

const keepRevision: Statement = {
  name: 'revision-keep',
  text: `
insert into message_revision (conversation_id, seq, number, body)
select $1, $2, coalesce(max(r.number), 0) + 1, $3 from message_revision r where r.conversation_id = $1 and r.seq = $2`,
};

interface Place {
  conversation_id: string;
  seq: number;
}

interface MessageRow {
  id: string;
  body: string;
  content: MessageContent;
  redacted: boolean;
}

/** What customers change of what they have sent: the new form is shown, the old ones are kept. */
@Injectable()
export class Revisions {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly files: ArrivedFiles,
  ) {}

  /** @returns null where the message is not here, so that its new form is the first that we see of it. */
  async take(channelId: string, event: InboundMessage): Promise<'edited' | 'duplicate' | null> {
    const place = await this.find(channelId, event);
    return place === null ? null : this.database.transaction((tx) => this.revise(tx, channelId, event, place));
  }

  private async find(channelId: string, { revises, from }: InboundMessage): Promise<Place | null> {
    const [place] = await this.database.query<Place>(findMessage, [channelId, revises, from.kind, from.address]);
    return place ?? null;
  }

  private async revise(
    tx: Transaction,
    channelId: string,
    event: InboundMessage,
    place: Place,
  ): Promise<'edited' | 'duplicate'> {
    const talks = await tx.query<{ id: string; rev: number }>(
      'select id, rev from conversation where id = $1 for no key update',
      [place.conversation_id],
    );
    const known = [uuid(), channelId, event.externalId, 'accepted', Buffer.from(event.raw), null];
    if ((await tx.query(keepEvent, known)).length === 0) {
      return 'duplicate';
    }
    const [row] = await tx.query<MessageRow>(
      'select id, body, content, redacted_at is not null as redacted from message where conversation_id = $1 and seq = $2',
      [place.conversation_id, place.seq],
    );
    // What was withdrawn stays so, whatever its author makes of it.
    if (row && !row.redacted) {
      await this.write(tx, place, row, event);
      this.live.movedBy(tx, talks);
    } else {
      await tx.query(`update inbound_event set raw = '' where id = $1`, [known[0]]);
    }
    return 'edited';
  }

  private async write(tx: Transaction, { conversation_id, seq }: Place, row: MessageRow, event: InboundMessage) {
    const content = contentAfter(row.content, event);
    const body = content.album ? albumText(content) : storableText(event.text);
    const files = await Promise.all(event.attachments.map((attachment) => this.files.keep(attachment)));
    await tx.query(attachFiles, [
      conversation_id,
      seq,
      JSON.stringify(files.map((file) => fileRow(row.id, file))),
      true,
    ]);
    // A place that is shared live moves every few seconds: it is where it is now, and nobody changed any words.
    const isSaidAnew = body !== row.body && content.shared?.place?.live !== true;
    if (isSaidAnew) {
      await tx.query(keepRevision, [conversation_id, seq, row.body]);
      await tx.query(
        `insert into event_log (type, conversation_id, subject_id, payload)
         values ('message.edited', $1, $2, jsonb_build_object('seq', $3::bigint))`,
        [conversation_id, row.id, seq],
      );
    }
    await tx.query(
      `update message set body = $3, search_text = $4, content = $5, edited_at = case when $6 then clock_timestamp() else edited_at end
       where conversation_id = $1 and seq = $2`,
      [conversation_id, seq, body, matchKey(body), JSON.stringify(content), isSaidAnew],
    );
  }
}

function contentAfter(content: MessageContent, { revises, shared, text }: InboundMessage): MessageContent {
  const { shared: _before, album, ...kept } = content;
  const parts = album?.parts.map((part) => (part.id === revises ? { ...part, text: storableText(text) } : part));
  return { ...kept, ...(shared && { shared }), ...(album && parts && { album: { ...album, parts } }) };
}
