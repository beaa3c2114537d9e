import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { MyMessage, MyPageView } from '#contract';
import { Database } from '../../../database/database.js';
import { notFound, tooMany } from '../../../platform/errors/api-error.js';
import { FileStorage } from '../../../platform/storage/file-storage.js';
import type { ServedFile } from '../../attachments/serve-file.js';
import { fromCursor, toCursor } from '../../cursor.js';
import { CustomerLinks } from './customer-links.service.js';
import { DeletionWishes } from './deletion-wishes.service.js';
import { openLink, ownFile, ownMessages, type OpenLink, type OwnFileRow, type OwnRow } from './own-page.query.js';

const pageSize = 100;
/** The most that one download holds; nobody has written more by hand. */
const downloadSize = 20_000;

/** What customers see of themselves over a signed link, and what they may ask for. */
@Injectable()
export class OwnPage {
  private readonly uses = new RateLimiterMemory({ points: 120, duration: 60 });
  /** By link: everything at once is much to read, and nobody needs it often. */
  private readonly downloads = new RateLimiterMemory({ points: 5, duration: 60 });
  /** By link: a page full of pictures may be saved at once, and not over and over. */
  private readonly files = new RateLimiterMemory({ points: 60, duration: 60 });
  private readonly guesses = new RateLimiterMemory({ points: 20, duration: 60 });

  constructor(
    private readonly database: Database,
    private readonly links: CustomerLinks,
    private readonly storage: FileStorage,
    private readonly wishes: DeletionWishes,
  ) {}

  /** Throws the same notFound for a link that is forged, expired, revoked, or for an address that opens nothing any more. */
  async read(ip: string, token: string, before: string | undefined): Promise<MyPageView> {
    const link = await this.open(ip, token);
    return this.pageOf(link, before, pageSize);
  }

  /** Everything that the link opens, oldest first. */
  async all(ip: string, token: string): Promise<MyPageView> {
    const link = await this.open(ip, token);
    await take(this.downloads, link.id);
    const page = await this.pageOf(link, undefined, downloadSize);
    return { ...page, messages: page.messages.toReversed() };
  }

  /** Throws the same notFound for a file that is not on the page as for one that is not there. */
  async file(ip: string, token: string, id: string): Promise<ServedFile> {
    const link = await this.open(ip, token);
    await take(this.files, link.id);
    const [row] = await this.database.query<OwnFileRow & Record<string, unknown>>(ownFile, [
      link.members,
      link.identity_id,
      link.trust === 'proven',
      link.serves,
      id,
    ]);
    if (!row) {
      throw notFound('This file');
    }
    const { name, media_type: mediaType, bytes, storage_key: key } = row;
    return { name, mediaType, bytes, content: this.storage.open(key) };
  }

  /** Puts the wish on the timeline, with a ticket so that somebody looks after it. Asking again changes nothing. */
  async askForDeletion(ip: string, token: string): Promise<void> {
    await this.wishes.note(await this.open(ip, token));
  }

  private async open(ip: string, token: string): Promise<OpenLink> {
    await take(this.uses, ip);
    const id = this.links.linkOf(token);
    const [link] = id === null ? [] : await this.database.query<OpenLink & Record<string, unknown>>(openLink, [id]);
    if (!link) {
      await take(this.guesses, ip);
      throw notFound('This link');
    }
    return link;
  }

  private async pageOf(link: OpenLink, before: string | undefined, limit: number): Promise<MyPageView> {
    const place = fromCursor(before);
    const isPerson = link.trust === 'proven';
    const rows = await this.database.query<OwnRow & Record<string, unknown>>(ownMessages, [
      link.members,
      link.identity_id,
      isPerson,
      link.serves,
      place.at,
      place.id,
      limit,
    ]);
    const last = rows.at(-1);
    return {
      name: link.name,
      locale: link.locale,
      scope: isPerson ? 'person' : 'address',
      address: link.address,
      expiresAt: link.expires_at.toISOString(),
      deletionAskedAt: link.deletion_asked_at?.toISOString() ?? null,
      messages: rows.map(present),
      next: last && rows.length === limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }
}

function present(row: OwnRow): MyMessage {
  return {
    id: row.id,
    at: row.at.toISOString(),
    from: row.direction === 'in' ? 'me' : 'us',
    name: row.agent ?? '',
    channelKind: row.channel_kind,
    address: row.address,
    subject: row.subject,
    body: row.body,
    attachments: row.files ?? [],
  };
}

async function take(limit: RateLimiterMemory, ip: string): Promise<void> {
  await limit.consume(ip).catch((reason: unknown) => {
    throw reason instanceof RateLimiterRes ? tooMany(reason.msBeforeNext / 1000) : reason;
  });
}
