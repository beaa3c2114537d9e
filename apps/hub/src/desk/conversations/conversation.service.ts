import { Injectable } from '@nestjs/common';
import type { ChatWish, ConversationView, CustomerView, MessageView, Page } from '#contract';
import { GuardedAccess, isWithheld, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { fromCursor, toCursor } from '../cursor.js';
import { presentMessage } from '../message.presenter.js';
import { timelinePage, type MessageRow } from '../message-rows.query.js';
import { presentTicket } from '../ticket.presenter.js';
import { listWays } from './list-ways.js';
import { personDetails, type IdentityRow, type PersonRow } from './person.query.js';

/** Reads of one person: opening costs three statements, a further page two. */
@Injectable()
export class ConversationService {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
    private readonly bus: EventBus,
  ) {}

  async open(actor: Actor, conversationId: string, limit: number): Promise<ConversationView> {
    const person = await this.access.getPerson(actor, conversationId);
    const [details, page] = await Promise.all([this.details(actor, person), this.timeline(person, undefined, limit)]);
    return {
      id: person.conversationId,
      customer: presentCustomer(details),
      holder: person.holder,
      parts: person.parts.map(({ id, rev, lastSeq }) => ({ conversation: id, rev, lastSeq })),
      tickets: (details.tickets ?? []).map((row) =>
        presentTicket(isWithheld(row, person) ? { ...row, subject: '', tags: [], fields: {} } : row),
      ),
      ways: listWays(details, this.channels.all()),
      messages: page.rows,
      before: page.next,
      unread: details.unread,
      read: Object.fromEntries(person.parts.map(({ id, read }) => [id, read])),
    };
  }

  async page(
    actor: Actor,
    conversationId: string,
    before: string | undefined,
    limit: number,
  ): Promise<Page<MessageView>> {
    return this.timeline(await this.access.getPerson(actor, conversationId), before, limit);
  }

  /**
   * Notes how far this reader has read; it only goes forward. What was part of the person when it was read, and is not any more since
   * a merge was undone, is nothing to note, and no mistake of the reader.
   */
  async read(actor: Actor, conversationId: string, part: string, seq: number): Promise<void> {
    const person = await this.access.getPerson(actor, conversationId);
    const known = person.parts.find(({ id }) => id === part);
    if (!known) {
      return;
    }
    if (seq > known.lastSeq) {
      throw invalid('seq', 'There is no such message in this conversation.');
    }
    // Selected, not given: a conversation or account that is erased in this moment writes nothing, and nobody is told an error of ours.
    await this.database.query(
      `insert into read_cursor as r (agent_id, conversation_id, seq)
       select a.id, c.id, $3 from agent a, conversation c where a.id = $1 and c.id = $2
       on conflict (agent_id, conversation_id) do update set seq = greatest(r.seq, excluded.seq)`,
      [actor.id, part, seq],
    );
    this.bus.emit('conversation.read', { agentId: actor.id, conversation: part, seq });
  }

  async details(actor: Actor, person: ReadablePerson): Promise<PersonRow> {
    const [row] = await this.database.query<PersonRow>(personDetails, [
      person.customerId,
      person.parts.map(({ id }) => id),
      actor.id,
      person.serves === 'all' ? null : person.serves,
    ]);
    if (!row) {
      throw notFound('This conversation');
    }
    return row;
  }

  private async timeline(
    person: ReadablePerson,
    before: string | undefined,
    limit: number,
  ): Promise<Page<MessageView>> {
    const place = fromCursor(before);
    const rows = await this.database.query<MessageRow & { cursor_at: string }>(timelinePage, [
      person.parts.map(({ id }) => id),
      place.at,
      place.id,
      limit,
    ]);
    const oldest = rows.at(-1);
    return {
      rows: rows.map((row) => presentMessage(row, this.channels, isWithheld(row, person))),
      next: oldest && rows.length === limit ? toCursor({ at: oldest.cursor_at, id: oldest.id }) : null,
    };
  }
}

export function presentCustomer(row: PersonRow): CustomerView {
  return {
    id: row.id,
    name: row.name,
    locale: row.locale,
    tier: row.tier,
    createdAt: row.created_at.toISOString(),
    blocked: row.blocked_at === null ? null : { at: row.blocked_at.toISOString(), reason: row.blocked_why },
    merged: (row.merged ?? [])
      .map(({ id, name, at }) => ({ id, name, at: new Date(at ?? 0).toISOString() }))
      .toSorted((a, b) => b.at.localeCompare(a.at)),
    deletionAskedAt: row.deletion_asked_at?.toISOString() ?? null,
    claims: (row.claims ?? []).map((claim) => ({
      id: claim.id,
      customerId: claim.customer_id,
      kind: claim.kind,
      address: claim.address,
      source: claim.source,
      claimedAt: new Date(claim.claimed_at).toISOString(),
    })),
    identities: (row.identities ?? []).map((identity) => ({
      id: identity.id,
      customerId: identity.customer_id,
      kind: identity.kind,
      address: identity.address,
      trust: identity.trust,
      shared: identity.shared,
      lastSeenAt: identity.last_seen_at === null ? null : new Date(identity.last_seen_at).toISOString(),
      unreachable: identity.suppressed ?? unreachableWords[identity.reachable],
      awayUntil: identity.away_until,
      ...(identity.in_chat !== undefined && { chat: { isOpen: identity.in_chat, wish: presentWish(identity) } }),
    })),
  };
}

/** A stop of their own is shown where it can be lifted; a block only they can lift. */
const unreachableWords: Record<IdentityRow['reachable'], string | null> = {
  yes: null,
  opted_out: null,
  blocked: 'They blocked us there.',
  unknown_address: 'The account is gone.',
};

function presentWish({ wish }: IdentityRow): ChatWish | null {
  return wish ? { ...wish, askedAt: new Date(wish.askedAt).toISOString() } : null;
}
