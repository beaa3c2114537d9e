import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { storableText, type Address } from '#channels';
import { isLowScore, scoreIn } from '#tickets';
import { Database, type Transaction } from '../database/database.js';
import { AutomaticMessages } from '../delivery/automatic-messages.service.js';
import { EventBus } from '../events/event-bus.js';
import { LiveFeed } from '../live/live-feed.service.js';
import {
  commentMinutes,
  findAsked,
  findAskedOnCall,
  holdUntold,
  keepChatComment,
  keepPageComment,
  keepScore,
  listUntold,
  lockTalkOfAsk,
  markAnswerTold,
  placeAnswer,
  surveyLine,
  type UntoldAnswer,
} from './survey-answers.query.js';
import { logSurvey } from './survey-asks.query.js';
import type { SurveyChoice } from './survey-choices.js';
import { SurveyFollowUps } from './survey-follow-ups.service.js';
import { textIn } from './survey-words.js';

/** Where somebody answers: a channel and their address on it. `eventId`: what names their message there; null where nothing does. */
export interface AnswerPlace {
  channelId: string;
  from: Address;
  eventId: string | null;
}

/** The most that is kept of a comment, in characters. */
export const longestComment = 2_000;

/**
 * What customers answer. A score is kept before the message that brings it is stored, so that a crash between the two brings both again;
 * the timeline tells it, with what follows from it, once.
 */
@Injectable()
export class SurveyAnswers {
  constructor(
    private readonly database: Database,
    private readonly messages: AutomaticMessages,
    private readonly followUps: SurveyFollowUps,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /** @returns the question that a bare number answers, where one waits for it; null otherwise. */
  async hearNumber({ channelId, from, eventId }: AnswerPlace, number: number): Promise<string | null> {
    const [asked] = await this.database.query<{ id: string; kind: UntoldAnswer['kind'] }>(findAsked, [
      channelId,
      from.kind,
      from.address,
      eventId,
    ]);
    const score = asked ? scoreIn(asked.kind, number) : null;
    return asked && score !== null ? this.hearChoice({ channelId, from, eventId }, { askId: asked.id, score }) : null;
  }

  /** @returns the question; null where it is closed, or was not asked of them. */
  async hearChoice({ channelId, from, eventId }: AnswerPlace, { askId, score }: SurveyChoice): Promise<string | null> {
    const kept = await this.database.query<{ id: string }>(keepScore, [
      askId,
      score,
      channelId,
      from.kind,
      from.address,
      eventId,
    ]);
    return kept[0]?.id ?? null;
  }

  /** The key that a caller pressed. @returns whether it counted; the same again counts once. */
  async hearOnCall(call: { identityId: string; conversationId: string; seq: number }, key: string): Promise<boolean> {
    const values = [call.identityId, call.conversationId, call.seq];
    const [asked] = await this.database.query<{ id: string }>(findAskedOnCall, values);
    const score = /^\d$/u.test(key) ? Number(key) : null;
    if (!asked || score === null) {
      return false;
    }
    const kept = await this.database.query(keepScore, [asked.id, score, null, null, null, null]);
    await this.tell(asked.id);
    return kept.length > 0;
  }

  /** The words behind a score, in a chat. @returns the question, where that is all there is to do about them. */
  async hearComment({ channelId, from, eventId }: AnswerPlace, words: string): Promise<string | null> {
    const values = [channelId, from.kind, from.address, keptWords(words), eventId];
    const [kept] = await this.database.query<{ id: string; isHeard: boolean }>(keepChatComment, values);
    return kept?.isHeard === true ? kept.id : null;
  }

  /** A score by a link that proved itself, with the words beside it. @returns whether it still counted. */
  async hearLink({ askId, score }: SurveyChoice, comment: string): Promise<boolean> {
    const isKept = await this.database.transaction(async (tx) => {
      const kept = await tx.query(keepScore, [askId, score, null, null, null, null]);
      await tx.query(keepPageComment, [askId, keptWords(comment)]);
      return kept.length > 0;
    });
    if (isKept) {
      await this.tell(askId);
    }
    return isKept;
  }

  /**
   * Puts an answer on the timeline, thanks for it, and sees that a low one is looked after. Told again it is nothing new. `message`: what
   * brought it, where a message did.
   */
  async tell(askId: string, message?: Pick<AnswerPlace, 'channelId' | 'eventId'>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const talks = await tx.query<{ id: string; rev: number }>(lockTalkOfAsk, [askId]);
      if (message) {
        await tx.query(placeAnswer, [askId, message.channelId, message.eventId]);
        this.live.movedBy(tx, talks);
      }
      const [answer] = await tx.query<UntoldAnswer & Record<string, unknown>>(holdUntold, [askId]);
      if (!answer) {
        return;
      }
      await this.write(tx, answer);
      await this.followUps.open(tx, answer);
      const isFirst = answer.toldScore === null;
      const awaits = isFirst && (await this.thank(tx, answer));
      await tx.query(markAnswerTold, [askId, answer.score, awaits ? commentMinutes : null]);
      this.live.movedBy(tx, talks);
      if (awaits) {
        this.bus.emitAfterCommit(tx, 'survey.comment_awaited', { minutes: commentMinutes });
      }
    });
  }

  /** What a crash left untold. */
  async tellUntold(most: number): Promise<void> {
    for (const { id } of await this.database.query<{ id: string }>(listUntold, [most])) {
      await this.tell(id);
    }
  }

  private async write(tx: Transaction, answer: UntoldAnswer): Promise<void> {
    const { kind, score, toldScore, comment, surveyId, lowScore } = answer;
    const isLow = isLowScore(score, lowScore);
    // A line stands on the ticket only where it is the same conversation's; a person who was merged has several, and not everybody who
    // reads them reads the ticket.
    const isThere = answer.conversationId === answer.ticketConversationId;
    const said = { kind, score, isLow, number: answer.ticketNumber, comment: isThere ? comment : '', was: toldScore };
    await tx.query(surveyLine, [
      uuid(),
      answer.conversationId,
      isThere ? answer.ticketId : null,
      JSON.stringify({ name: 'survey.answered', ...said }),
    ]);
    const fact = { surveyId, askId: answer.id, kind, score, isLow, comment, was: toldScore };
    await tx.query(logSurvey, ['survey.answered', answer.ticketConversationId, answer.ticketId, null, fact]);
  }

  /** @returns whether somebody was asked for words, so that what they write next are those. A mail's page and a line say their thanks themselves. */
  private async thank(tx: Transaction, answer: UntoldAnswer): Promise<boolean> {
    const language = answer.locale.startsWith('fa') ? 'fa' : 'en';
    const prompt = answer.comment === '' ? textIn(language, answer.commentPrompt) : '';
    const body = [textIn(language, answer.thanks), prompt].filter((part) => part !== '').join('\n');
    if (body === '' || answer.channelKind === 'email' || answer.channelKind === 'phone') {
      return false;
    }
    const { conversationId, channelId, identityId, ticketId } = answer;
    const written = await this.messages.write(tx, {
      conversationId,
      channelId,
      identityId,
      ticketId,
      threadId: null,
      inChat: true,
      body,
    });
    return 'seq' in written && prompt !== '';
  }
}

function keptWords(words: string): string {
  return storableText(words).trim().slice(0, longestComment).toWellFormed();
}
