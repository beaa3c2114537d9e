import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ChannelKind } from '#channels';
import type { Transaction } from '../database/database.js';
import { AutomaticMessages, type AutomaticMessage, type Written } from '../delivery/automatic-messages.service.js';
import { Unsubscribes } from '../delivery/unsubscribes.service.js';
import {
  askFacts,
  endDue,
  listWays,
  lockPersonOf,
  logSurvey,
  writeAsked,
  type AskFacts,
  type AskWay,
} from './survey-asks.query.js';
import { surveyChoices } from './survey-choices.js';
import { asksAboutTalks, holdDue, surveyOfCalls, surveyOfTalks, type DueAsk } from './survey-plans.query.js';
import { SurveyTokens } from './survey-tokens.service.js';
import { askedByMail, askedForDigits, askedWithButtons, questionIn, textIn, type Language } from './survey-words.js';

/** Why nothing was asked. `no_way`: no channel on which the customer can be asked, or nobody who should be. */
export type NotNow = 'asked_this_cycle' | 'cool_down' | 'no_way' | 'off' | 'opted_out';

export type Asked = { outcome: 'asked' } | { outcome: 'not_now'; why: NotNow } | { outcome: 'absent' };

/** What is asked, whom and by whom. `by`: the agent; null for the hub itself. */
export interface SurveyWish {
  ticketId: string;
  surveyId: string;
  by: string | null;
}

/** The list that whoever wants no such mail is on. */
export const surveyList = 'surveys';

/** Channels that show scores as buttons; on the others they are typed. */
const withButtons: ReadonlySet<ChannelKind> = new Set(['web', 'telegram']);

/** A question put to a caller. '' is the question that lines have a recording of. */
export interface AskedOnCall {
  kind: AskFacts['kind'];
  question: string;
}

/** A way by which a question went out. */
interface AskedBy {
  way: Pick<AskWay, 'conversationId' | 'channelId' | 'identityId'>;
  seq: number;
  tokenHash: Buffer | null;
}

/**
 * Asks customers how it was: by the channel that they used last and can still be reached on, once for each time that a ticket was solved,
 * and not more often than the survey's cool-down allows.
 */
@Injectable()
export class Surveys {
  constructor(
    private readonly messages: AutomaticMessages,
    private readonly unsubscribes: Unsubscribes,
    private readonly tokens: SurveyTokens,
  ) {}

  /**
   * Locks the conversations of the person first, as every writer does; a caller that holds anything below them must hold them already.
   * What it did not ask it leaves as it was, so it may be asked later in the same cycle.
   */
  async ask(tx: Transaction, { ticketId, surveyId, by }: SurveyWish): Promise<Asked> {
    const conversations = await this.lock(tx, ticketId);
    const [facts] = await tx.query<AskFacts & Record<string, unknown>>(askFacts, [ticketId, surveyId]);
    if (!facts) {
      return { outcome: 'absent' };
    }
    const why = refusalOf(facts);
    return why === null ? this.askSomehow(tx, facts, conversations, by) : { outcome: 'not_now', why };
  }

  /** The same for one that was planned; what came of it is kept on its row. Nothing happens where another node was first. */
  async askDue(tx: Transaction, { id, ticketId }: DueAsk): Promise<void> {
    await this.lock(tx, ticketId);
    const [due] = await tx.query<{ surveyId: string; stands: boolean }>(holdDue, [id]);
    if (!due) {
      return;
    }
    if (!due.stands) {
      await tx.query(endDue, [id, 'cancelled', 'reopened']);
      return;
    }
    const asked = await this.ask(tx, { ticketId, surveyId: due.surveyId, by: null });
    if (asked.outcome === 'not_now') {
      await tx.query(endDue, [id, 'skipped', asked.why]);
    }
  }

  /**
   * Asks somebody who is still on the line about the ticket of their call; their key comes to `SurveyAnswers.hearOnCall`. The person is
   * locked. @returns null where no survey asks callers, or not now.
   */
  async askOnCall(
    tx: Transaction,
    ticketId: string,
    call: AskedBy['way'] & { seq: number },
  ): Promise<AskedOnCall | null> {
    const [survey] = await tx.query<{ id: string }>(surveyOfCalls, [ticketId]);
    const [facts] = survey ? await tx.query<AskFacts & Record<string, unknown>>(askFacts, [ticketId, survey.id]) : [];
    if (!facts || refusalOf(facts) !== null) {
      return null;
    }
    const { seq, ...way } = call;
    await this.note(tx, { ...facts, askId: facts.askId ?? uuid() }, { way, seq, tokenHash: null }, null);
    const language: Language = facts.locale.startsWith('fa') ? 'fa' : 'en';
    const { kind, question } = facts;
    return { kind, question: kind === 'csat' ? textIn(language, question) : questionIn(language, kind, question) };
  }

  /** Whether it is worth asking somebody how their talk with a bot was: a survey does so, and they were not asked lately. */
  async mayAskAboutTalk(tx: Transaction, conversationId: string, isCall: boolean): Promise<boolean> {
    return (await tx.query(asksAboutTalks, [conversationId, isCall])).length > 0;
  }

  /** The same as `ask`, about a talk with a bot, by the survey that is meant for it. @returns whether it was asked. */
  async askAboutTalk(tx: Transaction, ticketId: string): Promise<boolean> {
    const [survey] = await tx.query<{ id: string }>(surveyOfTalks, [ticketId]);
    const asked = survey && (await this.ask(tx, { ticketId, surveyId: survey.id, by: null }));
    return asked?.outcome === 'asked';
  }

  private async lock(tx: Transaction, ticketId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(lockPersonOf, [ticketId]);
    return rows.map(({ id }) => id);
  }

  private async askSomehow(
    tx: Transaction,
    facts: AskFacts,
    conversations: string[],
    by: string | null,
  ): Promise<Asked> {
    const askId = facts.askId ?? uuid();
    for (const way of await tx.query<AskWay & Record<string, unknown>>(listWays, [conversations])) {
      const asked = await this.askBy(tx, { ...facts, askId }, way);
      if (asked === 'opted_out') {
        // Whoever wants no more here is not asked elsewhere instead.
        return { outcome: 'not_now', why: 'opted_out' };
      }
      if (asked !== null) {
        await this.note(tx, { ...facts, askId }, asked, by);
        return { outcome: 'asked' };
      }
    }
    return { outcome: 'not_now', why: 'no_way' };
  }

  /** @returns null where nothing can be written by this way. */
  private async askBy(
    tx: Transaction,
    facts: AskFacts & { askId: string },
    way: AskWay,
  ): Promise<AskedBy | 'opted_out' | null> {
    const isMail = way.channelKind === 'email';
    const refusal = isMail ? await this.refusalOfMail(tx, way) : null;
    if (refusal !== null) {
      return refusal === 'opted_out' ? refusal : null;
    }
    const links = isMail ? this.tokens.makeSecret() : null;
    const written = await this.write(tx, facts, way, links?.secret ?? null);
    return 'seq' in written ? { way, seq: written.seq, tokenHash: links?.hash ?? null } : refusedAs(written);
  }

  /** A mail is answered by its links, and not everybody wants such mails. */
  private async refusalOfMail(tx: Transaction, { address }: AskWay): Promise<'no_links' | 'opted_out' | null> {
    if (!this.tokens.canLink) {
      return 'no_links';
    }
    return (await this.unsubscribes.hasLeft(tx, surveyList, address)) ? 'opted_out' : null;
  }

  private write(
    tx: Transaction,
    facts: AskFacts & { askId: string },
    way: AskWay,
    secret: Buffer | null,
  ): Promise<Written> {
    return this.messages.write(tx, {
      conversationId: way.conversationId,
      channelId: way.channelId,
      identityId: way.identityId,
      threadId: way.threadId,
      ticketId: facts.ticketId,
      inChat: true,
      ...this.wordsFor(facts, way, secret),
    });
  }

  private wordsFor(
    facts: AskFacts & { askId: string },
    way: AskWay,
    secret: Buffer | null,
  ): Pick<AutomaticMessage, 'body' | 'choices'> {
    const { askId, kind } = facts;
    const language: Language = facts.locale.startsWith('fa') ? 'fa' : 'en';
    const question = questionIn(language, kind, facts.question);
    if (secret !== null) {
      const linkOf = (score: number): string => this.tokens.urlFor(askId, secret, score);
      const stopAt = this.unsubscribes.urlFor({ channelId: way.channelId, list: surveyList, address: way.address });
      return { body: askedByMail(language, kind, { question, linkOf, stopAt }) };
    }
    return withButtons.has(way.channelKind)
      ? { body: askedWithButtons(language, kind, question), choices: surveyChoices(askId, kind, language) }
      : { body: askedForDigits(language, kind, question) };
  }

  private async note(
    tx: Transaction,
    { askId, ticketId, surveyId, kind }: AskFacts & { askId: string },
    { way, seq, tokenHash }: AskedBy,
    by: string | null,
  ): Promise<void> {
    const { conversationId, channelId, identityId } = way;
    const values = [askId, surveyId, ticketId, by, conversationId, channelId, identityId, seq, tokenHash];
    if ((await tx.query(writeAsked, values)).length === 0) {
      throw new Error('somebody else asked about the same cycle of a ticket');
    }
    await tx.query(logSurvey, ['survey.asked', conversationId, ticketId, by, { surveyId, askId, kind, channelId }]);
  }
}

function refusedAs({ refusal }: { refusal: string }): 'opted_out' | null {
  return refusal === 'opted_out' ? 'opted_out' : null;
}

function refusalOf({ enabled, askState, isOut, isCooling }: AskFacts): NotNow | null {
  if (!enabled) {
    return 'off';
  }
  if (askState !== null && askState !== 'due' && askState !== 'skipped') {
    return 'asked_this_cycle';
  }
  if (isOut) {
    return 'no_way';
  }
  return isCooling ? 'cool_down' : null;
}
