import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ReviewView, ScorecardView } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { boardScope } from '../board/board-scope.js';
import { presentReview } from './present-review.js';
import type { ReviewDto, ScoreDto } from './quality.dto.js';
import {
  answerReview,
  drawnTicket,
  holdTicket,
  keepReview,
  keepScores,
  ownReview,
  reopenReview,
  reviewRows,
  tellAgent,
  type ReviewRow,
} from './reviews.query.js';
import { Scorecards } from './scorecards.service.js';
import { takesScore, totalReview, type Scored } from './total-review.js';

/** Of a ticket in reach, or of the reader's own work. Parameters: queues in reach (null: all), reader, review. */
const oneReview = `${reviewRows} where r.id = $3 and ($1::uuid[] is null or t.queue_id = any ($1) or r.agent_id = $2)`;

/** Those that count. Parameter: the agent. */
const ownReviews = `${reviewRows} where r.agent_id = $1 and r.reopened_at is null order by r.id desc limit 100`;

interface Drawn {
  agentId: string;
  version: number;
  conversation: string;
  isReviewed: boolean;
}

/** What reviewers make of work that was drawn, and what its agents say to it. */
@Injectable()
export class Reviews {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly scorecards: Scorecards,
  ) {}

  async get(actor: Actor, id: string): Promise<ReviewView> {
    const scope = await boardScope(this.database, actor);
    const [view] = await this.present(actor, await this.rows(oneReview, [scope, actor.id, id]));
    if (!view) {
      throw notFound('This review');
    }
    return view;
  }

  /** The latest hundred of the reader's own work. */
  async listOwn(actor: Actor): Promise<ReviewView[]> {
    return this.present(actor, await this.rows(ownReviews, [actor.id]));
  }

  async give(actor: Actor, sampleId: string, { ticketId, scores, comment }: ReviewDto): Promise<ReviewView> {
    const scope = await boardScope(this.database, actor);
    const id = uuid();
    await this.database.transaction(async (tx) => {
      await tx.query(holdTicket, [sampleId, ticketId]);
      const [drawn] = await tx.query<Drawn & Record<string, unknown>>(drawnTicket, [scope, sampleId, ticketId]);
      if (!drawn) {
        throw notFound('This ticket of the sample');
      }
      await this.access.getPerson(actor, drawn.conversation, tx);
      refuseReview(actor, drawn);
      const { version, agentId } = drawn;
      const { total, failed } = totalReview(scoredBy(await this.scorecards.read(version, tx), scores));
      await tx.query(keepReview, [id, sampleId, ticketId, agentId, actor.id, version, comment, total, failed]);
      await tx.query(keepScores, [id, version, JSON.stringify(scores)]);
      await tx.query(tellAgent, [drawn.conversation, ticketId, actor.id, agentId]);
      const details = { reviewId: id, sampleId, agentId, version, total, failed };
      await recordAct(tx, { actorId: actor.id, action: 'quality_review.given', subject: ticketId, details });
    });
    return this.get(actor, id);
  }

  /** What stands stays as it was, and another review may take its place. */
  async reopen(actor: Actor, id: string, reason: string): Promise<ReviewView> {
    const review = await this.get(actor, id);
    if (review.agent.id === actor.id) {
      throw conflict('own_work', 'Nobody reviews their own work.');
    }
    const scope = await boardScope(this.database, actor);
    await this.database.transaction(async (tx) => {
      const reopened = await tx.query(reopenReview, [scope, id, actor.id, reason]);
      if (reopened.length === 0) {
        throw conflict('review_reopened', 'This review was reopened already.');
      }
      const details = { reviewId: id, sampleId: review.sample.id, agentId: review.agent.id };
      await recordAct(tx, { actorId: actor.id, action: 'quality_review.reopened', subject: review.ticket.id, details });
    });
    return this.get(actor, id);
  }

  /** Once, by the agent whose work it is. */
  async answer(actor: Actor, id: string, answer: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [own] = await tx.query<{ ticket: string }>(ownReview, [id, actor.id]);
      if (!own) {
        throw notFound('This review');
      }
      const answered = await tx.query(answerReview, [id, actor.id, answer]);
      if (answered.length === 0) {
        throw conflict('review_answered', 'You have answered this review already.');
      }
      const details = { reviewId: id };
      await recordAct(tx, { actorId: actor.id, action: 'quality_review.answered', subject: own.ticket, details });
    });
  }

  private rows(text: string, parameters: unknown[]): Promise<(ReviewRow & Record<string, unknown>)[]> {
    return this.database.query<ReviewRow & Record<string, unknown>>(text, parameters);
  }

  private async present(actor: Actor, rows: readonly ReviewRow[]): Promise<ReviewView[]> {
    const conversations = [...new Set(rows.map(({ conversation }) => conversation))];
    const readable = conversations.length === 0 ? [] : await this.access.listPersons(actor, conversations);
    const people = new Map(readable.map(({ wanted, person }) => [wanted, person.conversationId]));
    const scorecards = new Map<number, ScorecardView>();
    for (const version of new Set(rows.map((row) => row.version))) {
      scorecards.set(version, await this.scorecards.read(version));
    }
    return rows.map((row) =>
      presentReview(row, {
        conversation: people.get(row.conversation) ?? null,
        scorecard: scorecards.get(row.version) as ScorecardView,
      }),
    );
  }
}

function refuseReview(actor: Actor, { agentId, isReviewed }: Drawn): void {
  if (agentId === actor.id) {
    throw conflict('own_work', 'Nobody reviews their own work.');
  }
  if (isReviewed) {
    throw conflict('reviewed_meanwhile', 'Somebody has reviewed this ticket already.');
  }
}

/** Every question is answered, once, and by what it takes. */
function scoredBy({ questions }: ScorecardView, scores: readonly ScoreDto[]): Scored[] {
  const given = new Map(scores.map(({ questionId, score }) => [questionId, score]));
  if (given.size !== questions.length || scores.length !== questions.length) {
    throw invalid('scores', 'Answer every question of the scorecard.');
  }
  return questions.map((question) => {
    const score = given.get(question.id);
    if (score === undefined || !takesScore(question, score)) {
      throw invalid('scores', 'Answer every question of the scorecard.');
    }
    return { ...question, score };
  });
}
