import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { v7 as uuid } from 'uuid';
import { matchKey, storableText, type Sql } from '#channels';
import type { ActionChange, ActionEffect, ActionOf, SayingAction } from '#tickets';
import type { Transaction } from '../../database/database.js';
import { AutomaticMessages } from '../../delivery/automatic-messages.service.js';
import { CannedTexts } from '../../desk/canned-replies/canned-texts.service.js';
import { bindFiles } from '../../desk/messages/write-message.query.js';
import { Surveys } from '../../surveys/surveys.service.js';
import { Refused, type ActionPlace } from './action-place.js';
import { AgentReplies, type Reply } from './agent-replies.service.js';
import { callWebhook, insertNote, lastWay, type LastWay } from './ticket-facts.query.js';

type Language = 'en' | 'fa';

/** What an action says, ready to be written. */
interface Words {
  text: string;
  locale: Language;
  attachmentIds: string[];
}

/** Writes and asks what actions say. Where nobody of us wrote it, the brakes of automatic messages hold. */
@Injectable()
export class ActionWords {
  constructor(
    private readonly automatic: AutomaticMessages,
    private readonly replies: AgentReplies,
    private readonly modules: ModuleRef,
  ) {}

  /** Throws Refused. */
  async say(
    tx: Transaction,
    place: ActionPlace,
    { action, change }: { action: SayingAction; change: ActionChange },
  ): Promise<ActionEffect> {
    const effect = { action, change };
    switch (action.do) {
      case 'note':
        await this.note(tx, place, action.text);
        return effect;
      case 'reply':
      case 'canned_reply': {
        const words = await this.wordsOf(tx, place, action);
        await this.reply(tx, place, words);
        return withText(effect, words);
      }
      case 'ask_survey':
        await this.ask(tx, place, action.surveyId);
        return effect;
      case 'call_webhook':
        await this.callWebhook(tx, place, action.webhookId);
        return effect;
    }
  }

  /** The effect with the words as they would be written; what would be refused becomes a refusal. */
  async previewed(sql: Sql, place: ActionPlace, effect: ActionEffect): Promise<ActionEffect> {
    const { action, change } = effect;
    if (!('says' in change) || (action.do !== 'reply' && action.do !== 'canned_reply')) {
      return effect;
    }
    try {
      return withText(effect, await this.wordsOf(sql, place, action));
    } catch (error) {
      if (error instanceof Refused) {
        return { action, change: { refused: error.code, ...(error.detail !== '' && { detail: error.detail }) } };
      }
      throw error;
    }
  }

  private wordsOf(sql: Sql, place: ActionPlace, action: ActionOf<'reply' | 'canned_reply'>): Promise<Words> {
    return action.do === 'canned_reply'
      ? this.cannedWords(sql, place, action.cannedReplyId)
      : Promise.resolve(ownWords(place.locale, action.text));
  }

  private async cannedWords(sql: Sql, place: ActionPlace, cannedReplyId: string): Promise<Words> {
    const actorId = place.by?.id ?? null;
    const rendered = await this.canned.render(sql, { cannedReplyId, ticketId: place.ticketId, actorId });
    switch (rendered.outcome) {
      case 'rendered':
        return rendered;
      case 'missing':
        throw new Refused('missing_variables', rendered.variables.join(', '));
      case 'absent':
        throw new Refused('canned_reply_gone');
    }
  }

  /** The rooms of canned replies and surveys need this one, so they are looked up when they are needed. */
  private get canned(): CannedTexts {
    return this.modules.get(CannedTexts, { strict: false });
  }

  private async ask(tx: Transaction, { ticketId, by }: ActionPlace, surveyId: string): Promise<void> {
    const asked = await this.modules
      .get(Surveys, { strict: false })
      .ask(tx, { ticketId, surveyId, by: by?.id ?? null });
    if (asked.outcome !== 'asked') {
      throw new Refused(asked.outcome === 'absent' ? 'survey_gone' : asked.why);
    }
  }

  private async note(
    tx: Transaction,
    { conversationId, ticketId, by, cause }: ActionPlace,
    text: string,
  ): Promise<void> {
    const [id, body] = [uuid(), storableText(text)];
    const content = cause.rule === undefined ? {} : { rule: cause.rule };
    const [row] = await tx.query<{ seq: number }>(insertNote, [
      id,
      conversationId,
      ticketId,
      by === null ? 'system' : 'agent',
      by?.id ?? null,
      body,
      matchKey(body),
      JSON.stringify(content),
    ]);
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('note.written', $1, $2, $3, jsonb_build_object('seq', $4::bigint))`,
      [conversationId, id, by?.id ?? null, row?.seq],
    );
  }

  private async reply(tx: Transaction, place: ActionPlace, words: Words): Promise<void> {
    const [way] = await tx.query<LastWay & Record<string, unknown>>(lastWay, [place.ticketId, place.conversationId]);
    if (!way) {
      throw new Refused('no_way');
    }
    const body = storableText(words.text);
    const files = words.attachmentIds;
    const attachmentIds = files.length === 0 ? [] : await this.canned.copyFiles(tx, files, way.conversationId);
    await (place.by === null
      ? this.replyByItself(tx, place, { way, body, attachmentIds })
      : this.replies.write(tx, place.by, place, { way, body, attachmentIds }));
  }

  private async replyByItself(tx: Transaction, { ticketId }: ActionPlace, reply: Reply): Promise<void> {
    const { way, body, attachmentIds } = reply;
    const written = await this.automatic.write(tx, { ...way, ticketId, body, inChat: true });
    if ('refusal' in written) {
      throw new Refused(written.refusal);
    }
    if (attachmentIds.length > 0) {
      await tx.query(bindFiles, [attachmentIds, way.conversationId, written.seq, [way.conversationId]]);
    }
  }

  private async callWebhook(tx: Transaction, place: ActionPlace, webhookId: string): Promise<void> {
    const { conversationId, ticketId, by, cause } = place;
    const called = await tx.query(callWebhook, [
      uuid(),
      webhookId,
      conversationId,
      ticketId,
      by?.id ?? null,
      JSON.stringify(cause),
    ]);
    if (called.length === 0) {
      throw new Refused('webhook_off');
    }
  }
}

function ownWords(customerReads: string, text: { en?: string | undefined; fa?: string | undefined }): Words {
  const wanted: Language = customerReads.startsWith('fa') ? 'fa' : 'en';
  const locale = text[wanted] === undefined ? other(wanted) : wanted;
  return { text: text[locale] ?? '', locale, attachmentIds: [] };
}

function other(locale: Language): Language {
  return locale === 'fa' ? 'en' : 'fa';
}

function withText(effect: ActionEffect, { text, locale }: Words): ActionEffect {
  return 'says' in effect.change ? { ...effect, change: { ...effect.change, text: { [locale]: text } } } : effect;
}
