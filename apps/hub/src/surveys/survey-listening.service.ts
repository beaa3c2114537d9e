import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ChosenChoice, InboundMessage } from '#channels';
import { readBareNumber } from '#tickets';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { AnswerArrivals, type AnswerKeeper, type Heard } from '../intake/answer-arrivals.service.js';
import { Presses, type PressJudge } from '../intake/chats/presses.service.js';
import { choiceStands, commentMinutes, whatIsAwaited } from './survey-answers.query.js';
import { SurveyAnswers, type AnswerPlace } from './survey-answers.service.js';
import { readSurveyChoice } from './survey-choices.js';
import { lateWords } from './survey-words.js';

/** Words that want an answer are work, whatever was asked before. */
const asksSomething = /[?؟]/u;

/** How long what is known of open questions serves, in milliseconds: a word of another node may have been lost. */
const freshMs = 30_000;

/**
 * Hears answers among all that customers write: buttons by their id, bare numbers where a question waits, and words where somebody was
 * asked for some. A message that can be none of these costs no statement, and while no question is open not even a number does.
 */
@Injectable()
export class SurveyListening implements OnApplicationBootstrap, AnswerKeeper, PressJudge {
  private areNumbersAwaited = true;
  /** Counts what was heard of questions: what was read before it is old news. */
  private heard = 0;
  /** When that was read last, and until when anybody may be writing a comment, by the process's clock. */
  private readAt = -Infinity;
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
    bus.on('survey.asked', () => {
      this.heard += 1;
      this.areNumbersAwaited = true;
    });
    bus.on('survey.comment_awaited', ({ minutes }) => this.awaitComments(minutes));
  }

  /** Somebody may have been asked before this process began. */
  onApplicationBootstrap(): Promise<void> {
    return this.read();
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

  private async hearNumber(place: AnswerPlace, text: string): Promise<string | null> {
    const number = readBareNumber(text);
    if (number === null) {
      return null;
    }
    if (performance.now() - this.readAt > freshMs) {
      // Not waited for: what is known serves this message.
      void this.read();
    }
    return this.areNumbersAwaited ? this.answers.hearNumber(place, number) : null;
  }

  /** Where it cannot be read, everything may be an answer. */
  private async read(): Promise<void> {
    this.readAt = performance.now();
    const { heard } = this;
    const [awaited = { numbers: true, comments: true }] = await this.database
      .query<{ numbers: boolean; comments: boolean }>(whatIsAwaited)
      .catch(() => []);
    this.areNumbersAwaited = awaited.numbers || heard !== this.heard;
    if (awaited.comments) {
      this.awaitComments(commentMinutes);
    }
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
