import { Injectable } from '@nestjs/common';
import type { FeedCursor } from '#contract';
import { GuardedAccess } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { Database } from '../database/database.js';
import { feedNews, type FeedNews } from './feed.query.js';

export interface FeedAnswer {
  conversations: string[];
  cursor: FeedCursor;
  resync: boolean;
}

const maxConversations = 500;
const maxEvents = 10_000;
/** The log is kept for longer than this, so a cursor that is younger misses nothing. */
const cursorHours = 24;

/**
 * Which people of a reader's lists something happened to since they last asked. Read from the log of facts, so it holds across
 * restarts and nodes. The cursor is a transaction below which everything was seen, and when that was.
 */
@Injectable()
export class AgentFeed {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
  ) {}

  /** Without a cursor nothing but one is answered: whoever reads their lists after this misses nothing. */
  async read(actor: Actor, cursor: FeedCursor | null): Promise<FeedAnswer> {
    const from = cursor === null ? null : parseCursor(cursor);
    const [news] = (await this.database.query<FeedNews>(feedNews, [from?.xid ?? null, maxEvents + 1])) as [FeedNews];
    const next = `${news.xmin}.${String(news.at)}`;
    if (cursor === null) {
      return { conversations: [], cursor: next, resync: false };
    }
    if (from === null || isTooMuch(news, from.at)) {
      return { conversations: [], cursor: next, resync: true };
    }
    const conversations = await this.rootsOf(actor, news.conversations);
    const isLong = conversations.length > maxConversations;
    return { conversations: isLong ? [] : conversations, cursor: next, resync: isLong };
  }

  private async rootsOf(actor: Actor, conversations: string[]): Promise<string[]> {
    if (conversations.length === 0) {
      return [];
    }
    const found = await this.access.listPersons(actor, conversations);
    return [...new Set(found.map(({ person }) => person.conversationId))];
  }
}

function isTooMuch(news: FeedNews, askedAt: number): boolean {
  return news.is_foreign || news.events > maxEvents || news.at - askedAt > cursorHours * 3_600_000;
}

function parseCursor(cursor: FeedCursor): { xid: string; at: number } | null {
  const found = /^(\d{1,19})\.(\d{1,15})$/.exec(cursor);
  return found ? { xid: found[1] as string, at: Number(found[2]) } : null;
}
