import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Statement } from '#channels';
import { HubConfig } from '#config';
import { Database, isAway, type Transaction } from '../database/database.js';
import { hasFacts, type Fact } from '../events/fact-log.query.js';
import { FactReader } from '../events/fact-reader.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { Log } from '../platform/operations/log.js';
import { Metrics } from '../platform/operations/metrics.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';
import { SharedLook } from '../platform/operations/shared-look.js';
import {
  dropFormerReplies,
  keepNotices,
  noticedFacts,
  noticesOfFacts,
  unreadOf,
  type FoundNotice,
} from './notice-writing.query.js';
import { PushRelay } from './push/push.relay.js';

const reader = 'notices';
/** An idle hub is asked something this often; whoever is talked to hears of it at once by other frames. */
const pollMs = 2_000;
/** Whoever loads their console anew is gone for a moment only. */
const pushAfterMs = 4_000;

/** Asked at every look: what nothing happens for costs one statement. */
const look: Statement = {
  name: 'notices-look',
  text: `select ${hasFacts} as "hasFacts", exists (select 1 from push_due where due_at <= clock_timestamp()) as "hasDue"`,
};

/**
 * Follows the facts and keeps, for each agent, what concerns them. One node does it at a time, whoever holds the cursor; what is kept commits
 * with the cursor's move, so nothing is kept twice whatever dies in between.
 */
@Injectable()
export class NoticesSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly facts: FactReader;
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.lookOnce());

  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly push: PushRelay,
    private readonly config: HubConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.facts = new FactReader(database, log, {
      reader,
      called: 'the notices',
      follow: (tx, facts) => this.follow(tx, facts),
      turned: () => undefined,
    });
    metrics.sum(
      'peyk_notice_facts_skipped_total',
      'Facts that notices could not follow; in health none.',
      () => this.facts.leftOut,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role !== 'web') {
      await this.facts.begin();
      this.rounds = startRounds(pollMs, () => this.look(), 'notices');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
    await this.push.stop();
  }

  /** Follows all facts and wakes whoever is to be woken; calls during a sweep share the next. Never rejects. */
  async sweep(): Promise<void> {
    await this.look();
    await this.push.settled();
  }

  /** Facts never wait for push services: one that cannot be reached takes its ten seconds for each try. */
  private look(): Promise<void> {
    return this.looks.take();
  }

  private async lookOnce(): Promise<void> {
    try {
      const [found] = await this.database.query<{ hasFacts: boolean; hasDue: boolean }>(look, [reader]);
      if (found?.hasFacts) {
        await this.facts.followAll();
      }
      if (found?.hasDue) {
        this.push.look();
      }
    } catch (error) {
      this.tell(error);
    }
  }

  private tell(error: unknown): void {
    if (isAway(error)) {
      this.log.debug('Notices wait for the database.', { reason: String(error) });
    } else {
      this.log.error('A look of the notices failed.', error);
    }
  }

  private async follow(tx: Transaction, facts: readonly Fact[]): Promise<void> {
    const positions = facts.filter(({ type }) => noticedFacts.has(type)).map(({ position }) => position);
    const found =
      positions.length === 0 ? [] : await tx.query<FoundNotice & Record<string, unknown>>(noticesOfFacts, [positions]);
    if (found.length > 0) {
      await this.keep(tx, found);
    }
  }

  private async keep(tx: Transaction, found: readonly FoundNotice[]): Promise<void> {
    const kept = withoutFormer(found);
    const replies = kept.filter(({ kind }) => kind === 'reply');
    await tx.query(dropFormerReplies, [replies.map((one) => one.agent_id), replies.map((one) => one.ticket_id)]);
    await tx.query(keepNotices, [JSON.stringify(kept.map((one) => ({ ...one, id: uuid() }))), pushAfterMs]);
    const agents = [...new Set(kept.map((one) => one.agent_id))];
    const counts = await tx.query<{ agent_id: string; unread: number }>(unreadOf, [agents]);
    tx.afterCommit(() =>
      counts.forEach(({ agent_id: id, unread }) =>
        this.live.toAgents([`agent:${id}`], 'notices.changed', { unread, isNews: true }),
      ),
    );
  }
}

/** Of several words of one customer on one ticket the last. */
function withoutFormer(found: readonly FoundNotice[]): FoundNotice[] {
  const last = new Map(
    found.map((one) => [one.kind === 'reply' ? `${one.agent_id} ${String(one.ticket_id)}` : one, one]),
  );
  return [...last.values()].toSorted((a, b) => Number(a.position) - Number(b.position));
}
