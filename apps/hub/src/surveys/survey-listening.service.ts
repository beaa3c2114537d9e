import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ChosenChoice, InboundMessage } from '#channels';
import { readBareNumber } from '#tickets';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { AnswerArrivals, type AnswerKeeper, type Heard } from '../intake/answer-arrivals.service.js';
import { Presses, type PressJudge } from '../intake/chats/presses.service.js';
import { areCommentsAwaited, choiceStands, commentMinutes } from './survey-answers.query.js';
import { SurveyAnswers, type AnswerPlace } from './survey-answers.service.js';
import { readSurveyChoice } from './survey-choices.js';
import { lateWords } from './survey-words.js';

/** Words that want an answer are work, whatever was asked before. */
const asksSomething = /[?؟]/u;

/**
 * Hears answers among all that customers write: buttons by their id, bare numbers where a question waits, and words where somebody was
 * asked for some. Whether a question waits for a number is asked of its row, which is there before the question can be read anywhere; a
 * message that can be no answer costs no statement.
 */
@Injectable()
export class SurveyListening implements OnApplicationBootstrap, AnswerKeeper, PressJudge {
  /** Until when anybody may be writing a comment, by the process's clock. */
  private commentsUntil = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly answers: SurveyAnswers,
    bus: EventBus,
    arrivals: AnswerArrivals,
    presses: Presses,
  ) {
    arrivals.attach(this);
    presses.attach(this);
    bus.on('survey.comment_awaited', ({ minutes }) => this.awaitComments(minutes));
  }

  /** Somebody may have been asked for words before this process began. Where that cannot be read, all words may be an answer. */
  async onApplicationBootstrap(): Promise<void> {
    const [row = { comments: true }] = await this.database
      .query<{ comments: boolean }>(areCommentsAwaited)
      .catch(() => []);
    if (row.comments) {
      this.awaitComments(commentMinutes);
    }
  }

  async hear(channelId: string, event: InboundMessage): Promise<Heard | null> {
    const place = { channelId, from: event.from, eventId: event.externalId };
    const choice = event.choice ? readSurveyChoice(event.choice.id) : null;
    if (choice) {
      return { about: await this.answers.hearChoice(place, choice) };
    }
    if (!isPlainText(event)) {
      return null;
    }
    const about = (await this.hearNumber(place, event.text)) ?? (await this.hearComment(place, event.text));
    return about === null ? null : { about };
  }

  private hearNumber(place: AnswerPlace, text: string): Promise<string | null> {
    const number = readBareNumber(text);
    return number === null ? Promise.resolve(null) : this.answers.hearNumber(place, number);
  }

  async tell({ about }: Heard, channelId: string, { externalId }: InboundMessage): Promise<void> {
    if (about !== null) {
      await this.answers.tell(about, { channelId, eventId: externalId });
    }
  }

  async judge({ id }: ChosenChoice): Promise<{ words: string | null } | null> {
    const choice = readSurveyChoice(id);
    if (!choice) {
      return null;
    }
    const values = [choice.askId, choice.score];
    const [row] = await this.database.query<{ stands: boolean; locale: string }>(choiceStands, values);
    return { words: row?.stands === true ? null : lateWords(row?.locale.startsWith('fa') === true ? 'fa' : 'en') };
  }

  private hearComment(place: AnswerPlace, text: string): Promise<string | null> {
    const mayBeOne = performance.now() < this.commentsUntil && text.trim() !== '' && !asksSomething.test(text);
    return mayBeOne ? this.answers.hearComment(place, text) : Promise.resolve(null);
  }

  private awaitComments(minutes: number): void {
    this.commentsUntil = Math.max(this.commentsUntil, performance.now() + minutes * 60_000);
  }
}

/** Mails are answered by their links, and a file is more than an answer. */
function isPlainText({ kind, mail, attachments, startToken, text, sentByUs }: InboundMessage): boolean {
  return (
    kind === 'text' &&
    mail === null &&
    attachments.length === 0 &&
    startToken === undefined &&
    sentByUs !== true &&
    !text.startsWith('/')
  );
}
