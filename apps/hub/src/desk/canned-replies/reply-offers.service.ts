import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { OfferedReplyView, WrittenReplyView } from '#contract';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { CannedFiles } from './canned-files.service.js';
import type { FindRepliesDto, ReplyPlaceDto } from './canned-replies.dto.js';
import { rankReplies, typedKey } from './rank-replies.js';
import { readFacts, type ReplyFacts } from './reply-values.query.js';
import { writeReply, type TextsOfReply } from './write-reply.js';

interface ReplyRow {
  id: string;
  short: string;
  title: string;
  personal: boolean;
  shortKey: string;
  titleKey: string;
  textKey: string;
  used: number;
  fileCount: number;
  fitsQueue: boolean;
  fitsChannel: boolean;
}

/**
 * Those whose keys have every word; a queue that another one stands in for is that one. The key of the text comes along only where it
 * decides: this is asked at every key press.
 */
const candidates = `
select r.id, r.short, r.title, r.owner_id is not null as personal, r.short_key as "shortKey", r.title_key as "titleKey",
  case when exists (select 1 from unnest($2::text[]) word where strpos(r.title_key || ' ' || r.short_key, word) = 0)
       then r.text_key else '' end as "textKey", r.used::float8 as used,
  (select count(*)::int from canned_file f where f.canned_reply_id = r.id) as "fileCount",
  cardinality(r.queue_ids) = 0 or exists (
    select 1 from queue q where q.id = any (r.queue_ids) and coalesce(q.moved_to, q.id) = $3::uuid) as "fitsQueue",
  cardinality(r.channel_kinds) = 0 or ($4::text is not null and $4 = any (r.channel_kinds)) as "fitsChannel"
from canned_reply r
where (r.owner_id is null or r.owner_id = $1)
  and not exists (select 1 from unnest($2::text[]) word
                  where strpos(r.short_key || ' ' || r.title_key || ' ' || r.text_key, word) = 0
                    and strpos(r.short_key, replace($5, ' ', '')) = 0)
order by r.used desc, r.short_key limit 2500`;

/** Canned replies in the composer: found while somebody types, and written for the customer at hand. */
@Injectable()
export class ReplyOffers {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly files: CannedFiles,
  ) {}

  async find(
    actor: Actor,
    conversationId: string,
    { q, limit, ...place }: FindRepliesDto,
  ): Promise<OfferedReplyView[]> {
    const person = await this.access.getPerson(actor, conversationId);
    const facts = await this.factsOf(actor, person, place);
    const key = typedKey(q);
    const rows = await this.database.query<ReplyRow & Record<string, unknown>>(candidates, [
      actor.id,
      key === '' ? [] : key.split(' '),
      facts.queueId,
      facts.channelKind,
      key,
    ]);
    const replies = rows.map((row) => ({ ...row, isUnfit: !row.fitsQueue || !row.fitsChannel }));
    const shown = rankReplies(replies, key).slice(0, limit);
    const texts = await this.textsOf(shown.map(({ id }) => id));
    // One that was removed in between is not offered.
    return shown.flatMap((row) => {
      const its = texts.get(row.id);
      return its ? [present(row, its, facts)] : [];
    });
  }

  private async textsOf(ids: string[]): Promise<Map<string, TextsOfReply>> {
    const rows = await this.database.query<{ id: string; texts: TextsOfReply }>(
      'select id, texts from canned_reply where id = any ($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ id, texts }) => [id, texts]));
  }

  /** Writes one of them, with copies of its files ready to be attached, and counts the use. */
  async write(actor: Actor, conversationId: string, replyId: string, place: ReplyPlaceDto): Promise<WrittenReplyView> {
    const person = await this.access.getPerson(actor, conversationId);
    const [row] = await this.database.query<{ texts: TextsOfReply; files: string[] }>(
      `update canned_reply r set used = used + 1, used_at = clock_timestamp()
       where r.id = $1 and (r.owner_id is null or r.owner_id = $2)
       returning r.texts, array(select f.id from canned_file f where f.canned_reply_id = r.id) as files`,
      [replyId, actor.id],
    );
    if (!row) {
      throw notFound('This canned reply');
    }
    const { text, locale, missing } = writeReply(row.texts, await this.factsOf(actor, person, place));
    const files = await this.database.transaction((tx) => this.files.copyTo(tx, row.files, person.conversationId));
    return { text, locale, missing, files };
  }

  private async factsOf(actor: Actor, person: ReadablePerson, place: ReplyPlaceDto): Promise<ReplyFacts> {
    await this.checkTicket(this.database, person, place.ticketId);
    const facts = await readFacts(
      this.database,
      {
        conversationId: person.conversationId,
        ticketId: place.ticketId ?? null,
        channelId: place.channelId ?? null,
        actorId: actor.id,
        serves: person.serves === 'all' ? null : person.serves,
      },
      place.locale ?? null,
    );
    if (!facts) {
      throw notFound('This conversation');
    }
    return facts;
  }

  private async checkTicket(sql: Sql, person: ReadablePerson, ticketId: string | undefined): Promise<void> {
    if (ticketId === undefined) {
      return;
    }
    const parts = person.parts.map(({ id }) => id);
    const found = await sql.query('select 1 from ticket where id = $1 and conversation_id = any ($2::uuid[])', [
      ticketId,
      parts,
    ]);
    if (found.length === 0) {
      throw invalid('ticketId', 'This ticket is not open, or belongs to somebody else.');
    }
  }
}

function present(row: ReplyRow, texts: TextsOfReply, facts: ReplyFacts): OfferedReplyView {
  const { text, locale, missing } = writeReply(texts, facts);
  return {
    id: row.id,
    short: row.short,
    title: row.title,
    personal: row.personal,
    text,
    locale,
    missing,
    fileCount: row.fileCount,
    used: row.used,
    unfit: row.fitsQueue ? (row.fitsChannel ? null : 'channel') : 'queue',
  };
}
