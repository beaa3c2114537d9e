import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { isLowScore, openWork } from '#tickets';
import type { Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { keepFollowUp, openFollowUp, surveyLine, type UntoldAnswer } from './survey-answers.query.js';
import { followUpTitle } from './survey-words.js';

/** Sees that somebody looks after a low score: a ticket in the queue of those who do, once for each question. */
@Injectable()
export class SurveyFollowUps {
  constructor(private readonly bus: EventBus) {}

  /** The conversation must be locked. Nothing happens for a score that is not low, or that is looked after already. */
  async open(tx: Transaction, answer: UntoldAnswer): Promise<void> {
    const { followUpQueueId: queueId, score, lowScore, ticketId, ticketConversationId: conversation } = answer;
    if (queueId === null || answer.followUpId !== null || !isLowScore(score, lowScore)) {
      return;
    }
    const id = uuid();
    const language = answer.locale.startsWith('fa') ? 'fa' : 'en';
    const title = followUpTitle(language, { kind: answer.kind, score, ticket: answer.ticketNumber });
    const [opened] = await tx.query<{ queueId: string }>(openFollowUp, [id, conversation, queueId, title, ticketId]);
    if (!opened) {
      return;
    }
    await openWork(tx, { id, queueId: opened.queueId });
    await tx.query(keepFollowUp, [answer.id, id]);
    await tx.query(`insert into event_log (type, conversation_id, subject_id) values ('ticket.opened', $1, $2)`, [
      conversation,
      id,
    ]);
    await tx.query(surveyLine, [
      uuid(),
      conversation,
      id,
      JSON.stringify({ name: 'survey.follow_up', kind: answer.kind, score, number: answer.ticketNumber }),
    ]);
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId: opened.queueId });
  }
}
