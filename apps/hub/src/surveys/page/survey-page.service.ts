import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { scoreIn } from '#tickets';
import { Database } from '../../database/database.js';
import { tooMany } from '../../platform/errors/api-error.js';
import { openQuestion, type OpenQuestion } from '../survey-answers.query.js';
import { SurveyAnswers } from '../survey-answers.service.js';
import { SurveyTokens } from '../survey-tokens.service.js';

/** What whoever follows a link sees. `unknown`: we did not make it; the others are told only to those who prove theirs. */
export type PageShown =
  | { is: 'question'; question: OpenQuestion; score: number }
  | { is: 'thanks'; question: OpenQuestion }
  | { is: 'expired' | 'used' | 'unknown' | 'busy' };

/** The page behind the links of a mail that asks how it was. */
@Injectable()
export class SurveyPage {
  private readonly uses = new RateLimiterMemory({ points: 120, duration: 60 });
  private readonly guesses = new RateLimiterMemory({ points: 20, duration: 60 });

  constructor(
    private readonly database: Database,
    private readonly tokens: SurveyTokens,
    private readonly answers: SurveyAnswers,
  ) {}

  /** Changes nothing. */
  async read(ip: string, token: string): Promise<PageShown> {
    const link = await this.open(ip, token);
    return 'is' in link ? link : { is: 'question', ...link };
  }

  /** Keeps the score of the form, else that of the link, with the words beside it. */
  async answer(ip: string, token: string, fields: URLSearchParams): Promise<PageShown> {
    const link = await this.open(ip, token);
    if ('is' in link) {
      return link;
    }
    const { question } = link;
    const chosen = Number(fields.get('score') ?? link.score);
    const score = scoreIn(question.kind, chosen) ?? link.score;
    const isKept = await this.answers.hearLink({ askId: question.id, score }, fields.get('comment') ?? '');
    return isKept ? { is: 'thanks', question } : { is: closedAs(question) };
  }

  private async open(ip: string, token: string): Promise<{ question: OpenQuestion; score: number } | PageShown> {
    await take(this.uses, ip);
    const link = this.tokens.read(token);
    const [question] = link
      ? await this.database.query<OpenQuestion & Record<string, unknown>>(openQuestion, [link.askId, link.secretHash])
      : [];
    if (!link || !question) {
      await take(this.guesses, ip);
      return { is: 'unknown' };
    }
    return question.isOpen ? { question, score: link.score } : { is: closedAs(question) };
  }
}

function closedAs({ state }: OpenQuestion): 'used' | 'expired' {
  return state === 'answered' ? 'used' : 'expired';
}

async function take(limit: RateLimiterMemory, ip: string): Promise<void> {
  await limit.consume(ip).catch((reason: unknown) => {
    throw reason instanceof RateLimiterRes ? tooMany(reason.msBeforeNext / 1000) : reason;
  });
}
