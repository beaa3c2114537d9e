import { Injectable } from '@nestjs/common';
import type { RetentionKind, RetentionRuleView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Log } from '../../platform/operations/log.js';
import { SpentFiles } from '../../platform/storage/spent-files.service.js';
import { Erasures } from '../erasures/erasures.service.js';
import { redactCopies, redactFiles, redactWords } from '../redactions/redact-message.query.js';
import { dropRows, dueOf, endRecording, heldConversations, isStillDue, touchMessage } from './retention.query.js';

/** What one round of one rule takes on; the rest waits for the next hour. */
const rowsOfRound = 2_000;
const rowsOfStep = 200;
const dayMs = 86_400_000;

interface Place {
  conversation_id: string;
  seq: number;
}

/** Lets go what is older than its rule allows, once an hour, on one node, so many at a time. Whoever is under a legal hold keeps all of theirs. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly erasures: Erasures,
    private readonly live: LiveFeed,
    private readonly files: SpentFiles,
    private readonly log: Log,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('what is kept too long', () => this.run(new Date()));
  }

  async run(now: Date): Promise<Partial<Record<RetentionKind, number>>> {
    const rules = await this.database.query<Pick<RetentionRuleView, 'what' | 'channelId' | 'queueId' | 'days'>>(
      'select what, channel_id as "channelId", queue_id as "queueId", days from retention_rule order by what, id',
    );
    const gone: Partial<Record<RetentionKind, number>> = {};
    for (const rule of rules) {
      gone[rule.what] = (gone[rule.what] ?? 0) + (await this.follow(rule, now));
    }
    if (Object.values(gone).some((count) => count > 0)) {
      await this.files.remove();
      this.log.info('What was kept long enough is gone.', { ...gone });
    }
    return gone;
  }

  /** What a rule asks about, as the statements take it. */
  async questionOf(
    rule: Pick<RetentionRuleView, 'channelId' | 'queueId' | 'days'>,
    now: Date,
    most: number,
  ): Promise<unknown[]> {
    const [row] = await this.database.query<{ held: string[] }>(heldConversations);
    return [new Date(now.getTime() - rule.days * dayMs), rule.channelId, rule.queueId, row?.held ?? [], most];
  }

  private async follow(
    rule: Pick<RetentionRuleView, 'what' | 'channelId' | 'queueId' | 'days'>,
    now: Date,
  ): Promise<number> {
    let gone = 0;
    while (gone < rowsOfRound) {
      const question = await this.questionOf(rule, now, rowsOfStep);
      const found = await this.database.query<Place & { id: string }>(dueOf(rule.what), question);
      await this.letGo(rule.what, found, question);
      gone += found.length;
      if (found.length < rowsOfStep) {
        return gone;
      }
    }
    return gone;
  }

  private async letGo(
    what: RetentionKind,
    found: (Place & { id: string })[],
    question: readonly unknown[],
  ): Promise<void> {
    switch (what) {
      case 'words':
      case 'files':
      case 'recordings':
        for (const [conversation, places] of Map.groupBy(found, (place) => place.conversation_id)) {
          await this.onTimeline(what, conversation, places);
        }
        return;
      case 'people':
        for (const { id } of found) {
          await this.forgetPerson(id, question);
        }
        return;
      case 'raw':
      case 'bots':
      case 'webhooks':
        await this.database.transaction(async (tx) => {
          for (const statement of dropRows[what]) {
            await tx.query(statement, [found.map(({ id }) => id)]);
          }
        });
    }
  }

  private async onTimeline(
    what: 'words' | 'files' | 'recordings',
    conversation: string,
    places: readonly Place[],
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const talks = await tx.query<{ id: string; rev: number }>(
        'select id, rev from conversation where id = $1 for no key update',
        [conversation],
      );
      const [row] = await tx.query<{ held: string[] }>(heldConversations);
      if (row?.held.includes(conversation) === true) {
        return;
      }
      for (const { seq } of places) {
        await forgetPlace(tx, what, [conversation, seq]);
      }
      this.live.movedBy(tx, talks);
    });
  }

  /** Whoever wrote or called meanwhile stays for now. */
  private async forgetPerson(conversation: string, question: readonly unknown[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const parts = await tx.query<{ id: string; customer: string; rev: number }>(
        `select c.id, c.rev, coalesce(k.merged_into, k.id) as customer
         from conversation c join customer k on k.id = c.customer_id
         where coalesce(k.merged_into, k.id) = (select coalesce(o.merged_into, o.id) from customer o join conversation oc on oc.customer_id = o.id where oc.id = $1)
         order by c.id for no key update of c`,
        [conversation],
      );
      const [first] = parts;
      if ((await tx.query(isStillDue, [...question, conversation])).length === 0) {
        return;
      }
      const whole = await this.erasures.wholeOf(tx, {
        parts: parts.map(({ id, rev }) => ({ id, rev, lastSeq: 0, read: 0 })),
      });
      if (first && (await this.erasures.hindrance(tx, whole)) === null) {
        await this.erasures.beginWithin(tx, { root: first.customer, whole, by: null });
        this.live.movedBy(tx, parts);
      }
    });
  }
}

async function forgetPlace(tx: Transaction, what: 'words' | 'files' | 'recordings', place: unknown[]): Promise<void> {
  if (what === 'recordings') {
    await tx.query(endRecording, place);
    await tx.query(touchMessage, place);
    return;
  }
  await tx.query(redactFiles, place);
  if (what === 'files') {
    await tx.query(touchMessage, place);
    return;
  }
  const [row] = await tx.query<{ id: string; body: string }>(
    'select id, body from message where conversation_id = $1 and seq = $2',
    place,
  );
  await tx.query(redactWords, place);
  for (const statement of redactCopies) {
    await tx.query(statement, [...place, row?.id, row?.body ?? '']);
  }
}
