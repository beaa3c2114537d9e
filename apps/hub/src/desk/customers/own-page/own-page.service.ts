import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { MyMessage, MyPageView } from '#contract';
import { changeTicket, lockPerson, openWork, type JoinReason } from '#tickets';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { recordAct } from '../../../auth/record-act.js';
import { TicketTelling } from '../../../automation/ticket-telling.service.js';
import { Database, type Transaction } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { notFound, tooMany } from '../../../platform/errors/api-error.js';
import { fromCursor, toCursor } from '../../cursor.js';
import { CustomerLinks } from './customer-links.service.js';
import { openLink, ownMessages, placeOfAsking, type OpenLink, type OwnRow, type PlaceRow } from './own-page.query.js';

const pageSize = 100;
/** The most that one download holds; nobody has written more by hand. */
const downloadSize = 20_000;

/** What customers see of themselves over a signed link, and what they may ask for. */
@Injectable()
export class OwnPage {
  private readonly uses = new RateLimiterMemory({ points: 120, duration: 60 });
  /** By link: everything at once is much to read, and nobody needs it often. */
  private readonly downloads = new RateLimiterMemory({ points: 5, duration: 60 });
  private readonly guesses = new RateLimiterMemory({ points: 20, duration: 60 });

  constructor(
    private readonly database: Database,
    private readonly links: CustomerLinks,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
    private readonly telling: TicketTelling,
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

  /** Puts the wish on the timeline, with a ticket so that somebody looks after it. Asking again changes nothing. */
  async askForDeletion(ip: string, token: string): Promise<void> {
    const link = await this.open(ip, token);
    await this.database.transaction(async (tx) => {
      const parts = await lockPerson(tx, '$1::uuid', link.conversation_id);
      const fresh = await tx.query(
        'update customer_link set deletion_asked_at = clock_timestamp() where id = $1 and deletion_asked_at is null returning id',
        [link.id],
      );
      if (fresh.length > 0) {
        await this.writeWish(tx, link);
        this.live.movedBy(tx, parts);
      }
    });
  }

  private async writeWish(tx: Transaction, link: OpenLink): Promise<void> {
    const { ticket, reason } = await this.place(tx, link);
    const event = uuid();
    await tx.query(
      `insert into message (id, conversation_id, ticket_id, ticket_reason, direction, author, kind, content)
       values ($1, $2, $3, $5, 'internal', 'system', 'event', $4)`,
      [
        event,
        link.conversation_id,
        ticket,
        JSON.stringify({ event: { name: 'deletion_requested', address: link.address } }),
        reason,
      ],
    );
    await tx.query(`insert into event_log (type, conversation_id, subject_id, payload) values ($1, $2, $3, $4)`, [
      'customer.deletion_requested',
      link.conversation_id,
      link.customer_id,
      JSON.stringify({ identity: link.identity_id }),
    ]);
    await recordAct(tx, {
      actorId: null,
      action: 'customer.deletion_requested',
      subject: link.customer_id,
      details: { link: link.id },
    });
  }

  /** The ticket that the wish joins, awake from then on, else one of its own. */
  private async place(tx: Transaction, link: OpenLink): Promise<{ ticket: string | null; reason: JoinReason | null }> {
    const [place] = await tx.query<PlaceRow & Record<string, unknown>>(placeOfAsking, [link.members, link.identity_id]);
    if (!place?.ticket) {
      const ticket = await this.openTicket(tx, link, place?.queue ?? null);
      return { ticket, reason: ticket === null ? null : 'new_ticket' };
    }
    await this.wake(tx, place);
    return { ticket: place.ticket, reason: place.alone ? 'only_open' : 'most_recent' };
  }

  private async wake(tx: Transaction, { ticket, state, version }: PlaceRow): Promise<void> {
    if (state === 'pending' || state === 'on_hold') {
      const wish = { ticketId: ticket as string, version: version as number, state: 'open', by: null } as const;
      const result = await changeTicket(tx, wish);
      if (result.outcome === 'changed') {
        await this.telling.changed(tx, result.ticket, { ...result, to: 'open', by: null });
      }
    }
    await tx.query('update ticket set snoozed_until = null where id = $1 and snoozed_until is not null', [ticket]);
  }

  private async openTicket(tx: Transaction, link: OpenLink, queue: string | null): Promise<string | null> {
    if (queue === null) {
      return null;
    }
    const id = uuid();
    await tx.query('insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, $4)', [
      id,
      link.conversation_id,
      queue,
      link.locale === 'fa' ? 'درخواست حذف اطلاعات' : 'Asks for deletion of personal data',
    ]);
    await openWork(tx, { id, queueId: queue });
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId: queue });
    return id;
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
