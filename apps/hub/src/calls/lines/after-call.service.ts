import { Injectable } from '@nestjs/common';
import type { LineStep } from '#channels';
import { scaleOf } from '#tickets';
import type { Transaction } from '../../database/database.js';
import { SurveyAnswers } from '../../surveys/survey-answers.service.js';
import { Surveys, type AskedOnCall } from '../../surveys/surveys.service.js';
import { promptLocale } from '../prompts/prompt-names.js';
import { trialOf } from '../try/trial-line.js';
import { sentence, type IsRecorded } from './line-steps.js';
import type { PhoneCallRow } from './phone-call.query.js';

const answerMs = 8_000;

/** Asks callers how it was, once one of us has talked with them. What is asked, and what follows from answers, is the surveys'. */
@Injectable()
export class AfterCall {
  constructor(
    private readonly surveys: Surveys,
    private readonly answers: SurveyAnswers,
  ) {}

  /** The person is locked. @returns the question; null where none is to be asked. What testers think of their trials is no answer. */
  async ask(tx: Transaction, call: PhoneCallRow, locale: string, isRecorded: IsRecorded): Promise<LineStep[] | null> {
    const { ticketId, conversationId, channelId, identityId, seq } = call;
    const place = { conversationId, channelId, identityId, seq };
    const isAsked = ticketId !== null && trialOf(call.callId) === null;
    const asked = !isAsked ? null : await this.surveys.askOnCall(tx, ticketId, place);
    return asked && questionOf(asked, promptLocale('', locale), isRecorded);
  }

  /** The key that the caller pressed. Told again it counts once. */
  async hear(call: PhoneCallRow, key: string): Promise<void> {
    await this.answers.hearOnCall(call, key);
  }
}

function questionOf({ kind, question }: AskedOnCall, locale: 'fa' | 'en', isRecorded: IsRecorded): LineStep[] {
  const { min, max } = scaleOf(kind);
  const own: LineStep = { say: `${question} ${scaleWords(locale, min, max)}`, locale };
  const words = question === '' && kind === 'csat' ? sentence('survey-question', locale, isRecorded) : own;
  const keys = { dtmf: true, speech: false, hints: [], numDigits: 1, finishOnKey: null };
  return [words, { gather: { ...keys, timeoutMs: answerMs, locale } }];
}

function scaleWords(locale: 'fa' | 'en', min: number, max: number): string {
  return locale === 'fa'
    ? `عددی از ${String(min)} تا ${String(max)} بزنید. ${String(max)} بهترین است.`
    : `Press a key from ${String(min)} to ${String(max)}. ${String(max)} is best.`;
}
