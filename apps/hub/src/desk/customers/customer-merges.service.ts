import { Injectable } from '@nestjs/common';
import { chooseFields, listConflicts, mergeCustomers, undoMerge, type CustomerRow, type Sql } from '#channels';
import type { CustomerView, MergePreview, MergeSide } from '#contract';
import type { ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { hubItself } from '../../auth/hub-itself.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { PersonWork } from '../person-work.service.js';
import { CustomerReader } from './customer-reader.service.js';
import type { MergeDto } from './customers.dto.js';
import { countPerson } from './customers.query.js';
import { followTier, tiersOf } from './follow-tier.js';
import { LeftBehind } from './left-behind.service.js';
import { Suggestions } from './suggestions.service.js';

/** Joining two customers who are one person, and parting them again. */
@Injectable()
export class CustomerMerges {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
    private readonly suggestions: Suggestions,
    private readonly leftBehind: LeftBehind,
    private readonly live: LiveFeed,
  ) {}

  /** What a merge would do. Changes nothing and promises nothing: the merge itself looks again under its locks. */
  async preview(actor: Actor, customerId: string, into: string): Promise<MergePreview> {
    const [loser, winner] = await Promise.all([
      this.reader.getReadable(actor, customerId),
      this.reader.getReadable(actor, into),
    ]);
    if (loser.customerId === winner.customerId) {
      throw samePerson();
    }
    const [from, onto] = await Promise.all([rowOf(this.database, loser), rowOf(this.database, winner)]);
    return {
      from: await this.side(actor, loser),
      into: await this.side(actor, winner),
      conflicts: listConflicts(from, onto),
      reasons: await this.suggestions.reasonsFor(loser, winner.customerId),
    };
  }

  async merge(actor: Actor, customerId: string, { into, choices, reason }: MergeDto): Promise<CustomerView> {
    checkChoices(choices?.fields);
    const ids = [await this.reader.conversationOf(customerId), await this.reader.conversationOf(into)];
    const conversation = await this.people.runAll(actor, ids, async (tx, people) => {
      const [loser, winner] = people as [ReadablePerson, ReadablePerson];
      const tiers = await tiersOf(tx, [loser.customerId, winner.customerId]);
      const result = await mergeCustomers(tx, loser.customerId, winner.customerId, {
        actorId: actor.id,
        reasons: ['agent'],
        note: reason?.trim() ?? '',
        choose: (from, onto) => chooseFields(from, onto, choices ?? {}),
      });
      if (result.outcome !== 'merged') {
        throw samePerson();
      }
      const frame = { from: loser.conversationId, into: winner.conversationId };
      tx.afterCommit(() =>
        this.live.toAgents([`person:${frame.from}`, `person:${frame.into}`, 'overseers'], 'conversation.merged', frame),
      );
      await followTier(tx, { conversationId: winner.conversationId, by: actor.id, tiers });
      await tellFact(tx, actor, 'customer.merged', {
        conversation: winner.conversationId,
        subject: winner.customerId,
        payload: { from: loser.customerId, journal: result.journalId },
      });
      return winner.conversationId;
    });
    return this.reader.view(actor, conversation);
  }

  /**
   * Takes back the last merge that the customer came in by. `root` is the person whom the actor saw them in, else whoever it is before
   * the lock: an order that is sent twice must not take back the merge before as well. Answers with the one who was freed, or with who
   * remains where the actor may read only them.
   */
  async undo(actor: Actor, customerId: string, root?: string): Promise<CustomerView> {
    const own = await this.reader.conversationOf(customerId);
    const seen = root ?? (await this.reader.getReadable(actor, customerId)).customerId;
    const parted = await this.people.run(actor, own, async (tx, person) => {
      if (person.customerId === customerId && seen !== customerId) {
        throw notMerged();
      }
      if (person.customerId !== seen) {
        throw conflict('merge_moved', 'This customer belongs to somebody else by now. Look again.', 'root');
      }
      const joined = await tiersOf(tx, [person.customerId]);
      await this.leftBehind.partTickets(tx, customerId, actor.id);
      const result = await undoMerge(tx, customerId, actor.id);
      if (result.outcome === 'not_merged') {
        throw notMerged();
      }
      await this.leftBehind.reopen(tx, [result.freed, result.from]);
      const frame = { freed: await this.reader.conversationOf(result.freed, tx), from: person.conversationId };
      tx.afterCommit(() =>
        this.live.toAgents(
          [`person:${frame.from}`, `person:${frame.freed}`, 'overseers'],
          'conversation.parted',
          frame,
        ),
      );
      const tiers = [...joined, ...(await tiersOf(tx, [result.freed, result.from]))];
      for (const conversationId of [frame.freed, frame.from]) {
        await followTier(tx, { conversationId, by: actor.id, tiers });
      }
      await tellFact(tx, actor, 'customer.parted', {
        conversation: frame.freed,
        subject: result.freed,
        payload: { from: result.from },
      });
      return [frame.freed, frame.from];
    });
    await Promise.all(parted.map((conversation) => this.reader.tell(hubItself, conversation)));
    return this.reader.viewFirst(actor, [own, ...parted]);
  }

  private async side(actor: Actor, person: ReadablePerson): Promise<MergeSide> {
    const [[counts], customer] = await Promise.all([
      this.database.query<MergeSide['counts'] & Record<string, unknown>>(countPerson, [
        person.parts.map(({ id }) => id),
      ]),
      this.reader.view(actor, person.conversationId),
    ]);
    return { customer, conversation: person.conversationId, counts: counts as MergeSide['counts'] };
  }
}

async function rowOf(sql: Sql, person: ReadablePerson): Promise<CustomerRow> {
  const [row] = await sql.query<CustomerRow & Record<string, unknown>>('select * from customer where id = $1', [
    person.customerId,
  ]);
  return row as CustomerRow;
}

/** The fact is for webhooks and rules, the act for whoever asks who did it. */
async function tellFact(
  tx: Transaction,
  actor: Actor,
  type: 'customer.merged' | 'customer.parted',
  { conversation, subject, payload }: { conversation: string; subject: string; payload: Record<string, unknown> },
): Promise<void> {
  await tx.query(
    'insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ($1, $2, $3, $4, $5)',
    [type, conversation, subject, actor.id, JSON.stringify(payload)],
  );
  await recordAct(tx, { actorId: actor.id, action: type, subject, details: payload });
}

function checkChoices(fields: Record<string, unknown> = {}): void {
  const sides = Object.values(fields);
  if (sides.length > 200 || sides.some((side) => side !== 'from' && side !== 'into')) {
    throw invalid('choices.fields', 'Choose "from" or "into" for each field.');
  }
}

function samePerson(): Error {
  return conflict('same_person', 'These two are one person already.', 'into');
}

function notMerged(): Error {
  return conflict('not_merged', 'This customer was not merged into another.');
}
