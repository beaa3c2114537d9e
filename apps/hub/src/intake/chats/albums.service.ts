import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, storableText, type InboundMessage, type MessageContent, type Statement } from '#channels';
import { Database } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { keepEvent } from '../accept.query.js';
import { ArrivedFiles } from '../arrived-files.service.js';
import { fileRow } from '../plan-acceptance.js';
import { attachFiles } from './attach-files.query.js';

/** The conversation that a sender writes to, locked. */
const lockSender: Statement = {
  name: 'album-sender',
  text: `
select c.id, c.rev from identity i join conversation c on c.customer_id = i.customer_id
where i.kind = $1 and i.address = $2 and i.retired_at is null
order by i.last_seen_at desc nulls last limit 1 for no key update of c`,
};

/** The parts of an album follow each other at once, so its message is among the last. */
const albumMessage: Statement = {
  name: 'album-message',
  text: `
select late.id, late.seq, late.content from (
  select * from message where conversation_id = $1 order by seq desc limit 50) late
where late.channel_id = $2 and late.content -> 'album' ->> 'id' = $3 and late.redacted_at is null
order by late.seq limit 1`,
};

interface AlbumRow {
  id: string;
  seq: number;
  content: MessageContent;
}

type Joined = 'grown' | 'duplicate' | null;

/**
 * Joins what a messenger sends as several messages and its users see as one. The first part is stored and told like any message;
 * those behind it add their files and words to it. So nothing waits for parts that may never come, and a crash loses none.
 */
@Injectable()
export class Albums {
  /** Parts that come at the same moment join one after another: of the first two, one must be the first. */
  private readonly lines = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly files: ArrivedFiles,
  ) {}

  /** Joins the part to its album; where it is the first of it, `begin` takes it as a message of its own. */
  async join(channelId: string, event: InboundMessage, begin: () => Promise<string>): Promise<string> {
    const key = `${channelId} ${event.album ?? ''}`;
    const before = this.lines.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(async () => (await this.grow(channelId, event)) ?? begin());
    this.lines.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.lines.get(key) === mine) {
        this.lines.delete(key);
      }
    }
  }

  private grow(channelId: string, event: InboundMessage): Promise<Joined> {
    return this.database.transaction(async (tx) => {
      const [talk] = await tx.query<{ id: string; rev: number }>(lockSender, [event.from.kind, event.from.address]);
      const [row] = talk ? await tx.query<AlbumRow>(albumMessage, [talk.id, channelId, event.album]) : [];
      if (!talk || !row) {
        return null;
      }
      const known = [uuid(), channelId, event.externalId, 'accepted', Buffer.from(event.raw), null];
      if ((await tx.query(keepEvent, known)).length === 0) {
        return 'duplicate';
      }
      const files = await Promise.all(event.attachments.map((attachment) => this.files.keep(attachment)));
      const rows = files.map((file) => fileRow(row.id, file));
      await tx.query(attachFiles, [talk.id, row.seq, JSON.stringify(rows), false]);
      const content = withPart(row.content, event);
      const body = albumText(content);
      await tx.query(
        'update message set body = $3, search_text = $4, content = $5 where conversation_id = $1 and seq = $2',
        [talk.id, row.seq, body, matchKey(body), JSON.stringify(content)],
      );
      this.live.movedBy(tx, [talk]);
      return 'grown';
    });
  }
}

function withPart(content: MessageContent, event: InboundMessage): MessageContent {
  const album = content.album ?? { id: event.album ?? '', parts: [] };
  const part = { id: event.messageId ?? '', text: storableText(event.text) };
  const flags = [...new Set([...(content.flags ?? []), ...event.flags])];
  return { ...content, album: { ...album, parts: [...album.parts, part] }, ...(flags.length > 0 && { flags }) };
}

/** The words of an album are those of its parts, in their order. */
export function albumText({ album }: MessageContent): string {
  return (album?.parts ?? [])
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n');
}
