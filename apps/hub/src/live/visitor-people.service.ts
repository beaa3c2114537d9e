import { Injectable } from '@nestjs/common';
import type { VisitorMessage } from '#contract';
import { Database } from '../database/database.js';
import { presentMessage } from '../desk/message.presenter.js';
import type { MessageRow } from '../desk/message-rows.query.js';
import { Gathered } from '../platform/gathered.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { LiveFeed } from './live-feed.service.js';
import {
  knownVisitors,
  raiseReceipts,
  visitorMessages,
  type KnownVisitor,
  type KnownVisitorRow,
} from './visitor-people.query.js';
import { presentForVisitor } from './visitor.presenter.js';

const maxMessages = 500;

/** The states that each receipt of a visitor follows. */
const before = { delivered: ['queued', 'sent'], read: ['queued', 'sent', 'delivered'] } as const;

/** What the hub has of visitors: who they are once they wrote, what they may see, and what they have seen. */
@Injectable()
export class VisitorPeople {
  /** After a break of the line everybody comes back in the same few seconds: one statement then asks for many. */
  private readonly finding = new Gathered((visitorIds) => this.findAll(visitorIds));

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly live: LiveFeed,
  ) {}

  find(visitorId: string): Promise<KnownVisitor | null> {
    return this.finding.of(visitorId);
  }

  /** Their messages since a rev. Read after the rev they are said to reach, so a change in between comes twice and never not at all. */
  async messagesSince({ conversationId, identityId }: KnownVisitor, rev: number): Promise<VisitorMessage[]> {
    const rows = await this.database.query<MessageRow>(visitorMessages, [conversationId, identityId, rev, maxMessages]);
    return rows.map((row) => presentForVisitor(presentMessage(row, this.channels)));
  }

  /** Marks our messages after one seq and up to another as delivered or read; agents see it. */
  async raise(
    { conversationId, identityId }: KnownVisitor,
    span: { after: number; upTo: number },
    state: 'delivered' | 'read',
  ): Promise<void> {
    const parameters = [conversationId, identityId, span.after, span.upTo, state, before[state]];
    const [row] = await this.database.query<{ since: number }>(raiseReceipts, parameters);
    if (row) {
      await this.live.moved([{ conversation: conversationId, since: row.since }]);
    }
  }

  private async findAll(visitorIds: string[]): Promise<(KnownVisitor | null)[]> {
    const rows = await this.database.query<KnownVisitorRow>(knownVisitors, [visitorIds]);
    const found = new Map(rows.map(({ visitor, ...known }) => [visitor, known]));
    return visitorIds.map((visitorId) => found.get(visitorId) ?? null);
  }
}
