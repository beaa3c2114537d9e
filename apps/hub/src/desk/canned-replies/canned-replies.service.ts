import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, storableText } from '#channels';
import type { CannedReplyView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordSettings } from '../../auth/record-settings.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { getOwnKept } from '../kept-rights.js';
import { CannedFiles } from './canned-files.service.js';
import type { ChangeCannedReplyDto, NewCannedReplyDto, ReplyTextsDto } from './canned-replies.dto.js';
import { ReplyTrials } from './reply-trials.service.js';

/** More than anybody finds their way in; the search reads all of them. */
const mostShared = 2_000;
const mostPersonal = 500;

const view = `
select r.id, r.version, r.owner_id is not null as personal, r.short, r.title,
  jsonb_build_object('en', coalesce(r.texts ->> 'en', ''), 'fa', coalesce(r.texts ->> 'fa', '')) as texts,
  r.queue_ids as "queueIds", r.channel_kinds as "channelKinds",
  coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes) order by f.name, f.id)
            from canned_file f where f.canned_reply_id = r.id), '[]') as files,
  r.used::float8 as used, r.used_at as "usedAt", r.changed_at as "changedAt"
from canned_reply r`;

type Row = CannedReplyView & Record<string, unknown>;

/** The kept texts themselves: everybody's, changed by supervisors, and personal ones, which nobody else sees. */
@Injectable()
export class CannedReplies {
  constructor(
    private readonly database: Database,
    private readonly files: CannedFiles,
    private readonly trials: ReplyTrials,
  ) {}

  list(actor: Actor): Promise<CannedReplyView[]> {
    return this.database.query<Row>(
      `${view} where r.owner_id is null or r.owner_id = $1 order by r.owner_id is null, r.title, r.id`,
      [actor.id],
    );
  }

  async create(actor: Actor, wish: NewCannedReplyDto): Promise<CannedReplyView> {
    const id = uuid();
    const ownerId = wish.personal ? actor.id : null;
    getOwnKept(actor, { ownerId }, 'This canned reply');
    const texts = await this.check(wish.texts);
    await this.database
      .transaction(async (tx) => {
        await checkRoom(tx, ownerId);
        await tx.query(
          `insert into canned_reply (id, owner_id, short, title, texts, short_key, title_key, text_key, queue_ids, channel_kinds)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            id,
            ownerId,
            ...columnsOf({ short: wish.short, title: wish.title, texts }),
            wish.queueIds ?? [],
            wish.channelKinds ?? [],
          ],
        );
        await checkQueues(tx, wish.queueIds);
        await this.files.bind(tx, actor, id, wish.fileIds ?? []);
        await recordSettings(tx, { actorId: actor.id, table: 'canned_reply', id, became: 'created' });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeCannedReplyDto): Promise<CannedReplyView> {
    const texts = change.texts && (await this.check(change.texts));
    await this.database
      .transaction(async (tx) => {
        const now = await hold(tx, actor, id);
        const before = await settingsRow(tx, 'canned_reply', id);
        if (change.version !== undefined && change.version !== now.version) {
          throw conflict('stale', 'Somebody changed this canned reply meanwhile. Look again.', 'version');
        }
        await tx.query(
          `update canned_reply set short = $2, title = $3, texts = $4, short_key = $5, title_key = $6, text_key = $7,
             queue_ids = coalesce($8, queue_ids), channel_kinds = coalesce($9, channel_kinds), version = version + 1, changed_at = clock_timestamp()
           where id = $1`,
          [
            id,
            ...columnsOf({
              short: change.short ?? now.short,
              title: change.title ?? now.title,
              texts: texts ?? now.texts,
            }),
            change.queueIds ?? null,
            change.channelKinds ?? null,
          ],
        );
        await checkQueues(tx, change.queueIds);
        if (change.fileIds) {
          await this.files.bind(tx, actor, id, change.fileIds);
        }
        await recordSettings(tx, { actorId: actor.id, table: 'canned_reply', id, became: 'changed', before });
      })
      .catch(explain);
    return this.get(id);
  }

  /** Macros and rules that name it say that they are broken, from now on. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await hold(tx, actor, id);
      const before = await settingsRow(tx, 'canned_reply', id);
      await tx.query(
        `update canned_file set canned_reply_id = null, idle_since = clock_timestamp() where canned_reply_id = $1`,
        [id],
      );
      await tx.query('delete from canned_reply where id = $1', [id]);
      await recordSettings(tx, { actorId: actor.id, table: 'canned_reply', id, became: 'removed', before });
    });
  }

  /** The texts as they are stored: only the languages that say something, each of them read. */
  private async check({ en, fa }: ReplyTextsDto): Promise<Record<string, string>> {
    const texts = Object.entries({ en: storableText(en), fa: storableText(fa) }).filter(([, text]) => text.trim());
    if (texts.length === 0) {
      throw invalid('texts', 'Write the text in one language at least.');
    }
    for (const [locale, text] of texts) {
      await this.trials.refuseFaulty(`texts.${locale}`, text, locale as 'en' | 'fa');
    }
    return Object.fromEntries(texts);
  }

  private async get(id: string): Promise<CannedReplyView> {
    const [row] = await this.database.query<Row>(`${view} where r.id = $1`, [id]);
    if (!row) {
      throw notFound('This canned reply');
    }
    return row;
  }
}

interface Held {
  short: string;
  title: string;
  texts: Record<string, string>;
  version: number;
}

async function hold(tx: Transaction, actor: Actor, id: string): Promise<Held> {
  const [row] = await tx.query<Held & { ownerId: string | null } & Record<string, unknown>>(
    'select short, title, texts, version, owner_id as "ownerId" from canned_reply where id = $1 for update',
    [id],
  );
  return getOwnKept(actor, row, 'This canned reply');
}

function columnsOf({ short, title, texts }: Omit<Held, 'version'>): unknown[] {
  const shortKey = matchKey(short).replaceAll(' ', '');
  if (shortKey === '') {
    throw invalid('short', 'A short name has a letter or a digit.');
  }
  return [
    storableText(short),
    storableText(title),
    JSON.stringify(texts),
    shortKey,
    matchKey(title),
    matchKey(Object.values(texts).join(' ')),
  ];
}

async function checkQueues(tx: Transaction, queueIds: string[] = []): Promise<void> {
  const known = await tx.query('select id from queue where id = any ($1::uuid[])', [queueIds]);
  if (known.length !== queueIds.length) {
    throw invalid('queueIds', 'There is no such queue.');
  }
}

async function checkRoom(tx: Transaction, ownerId: string | null): Promise<void> {
  const most = ownerId === null ? mostShared : mostPersonal;
  const [row] = await tx.query<{ kept: number }>(
    'select count(*)::int as kept from canned_reply where owner_id is not distinct from $1',
    [ownerId],
  );
  if ((row?.kept ?? 0) >= most) {
    throw conflict('too_many', `There can be ${most} canned replies. Remove one that is not needed any more.`);
  }
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('name_taken', 'There is a canned reply of this short name.', 'short');
  }
  throw error;
}
