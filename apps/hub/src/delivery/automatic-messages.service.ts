import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, numberedMenu, type Choice, type EmailSettings, type MessageContent } from '#channels';
import type { Transaction } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { ApiError } from '../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../settings/channel-directory.service.js';
import { AutomaticAnswers } from './automatic-answers.service.js';
import {
  automaticPlace,
  insertAutomatic,
  logAutomatic,
  recentAutomatic,
  type AutomaticPlace,
} from './automatic-messages.query.js';
import { Outgoing } from './outgoing.service.js';
import { SendPermits } from './send-permits.service.js';
import { ThreadTokens } from './thread-tokens.service.js';

/** Something that nobody of us wrote, for a customer by the way that they wrote by. */
export interface AutomaticMessage {
  conversationId: string;
  channelId: string;
  identityId: string;
  /** The thread that a mail belongs to. A mail without one is not written. */
  threadId: string | null;
  /** Null: a bot talks before there is one. */
  ticketId: string | null;
  body: string;
  choices?: Choice[];
  /** Visitors of a chat read it there as well; without it they are told in another way, and nothing is written. */
  inChat?: boolean;
  /** The bot that says it; absent where the hub does. */
  speaker?: BotSpeaker;
}

/** A bot that talks with a customer, and the epoch of the conversation under which it may. */
export interface BotSpeaker {
  sessionId: string;
  epoch: number;
  /** What it answers. */
  answered: Pick<MessageContent, 'flags' | 'report' | 'checks'>;
}

/** Where it is stored, or why nothing was written. */
export type Written = { id: string; seq: number } | { refusal: string };

/** The most that one customer gets of such messages within these times, whoever of us has something to say. */
const budgets = { tenMinutes: 10, day: 40 };

/** A bot answers what it is told: customers who write much get more of it, and whoever is a machine soon nothing. */
const talkBudgets = { tenMinutes: 40, day: 200 };

/** Nothing of ours answers what nobody wrote, or what came from somebody who is not to be answered. */
const unanswered = new Set([
  'automatic',
  'out_of_office',
  'newsletter',
  'bounce',
  'complaint',
  'spam',
  'blocked',
  'forged',
  'simulated',
]);

/**
 * Writes messages that stand on the timeline under the hub's own name and leave as every other one does. Brakes come first: a customer
 * who wants nothing gets nothing, machines are not answered, and nobody gets too many. What is written but must not leave by then is
 * stopped where all messages are, at the moment of sending.
 */
@Injectable()
export class AutomaticMessages {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly answers: AutomaticAnswers,
    private readonly permits: SendPermits,
    private readonly tokens: ThreadTokens,
    private readonly outgoing: Outgoing,
    private readonly live: LiveFeed,
  ) {}

  /** Locks the conversation first, as every writer does; the caller must hold nothing below it yet. */
  async write(tx: Transaction, message: AutomaticMessage): Promise<Written> {
    const [place] = await tx.query<AutomaticPlace & Record<string, unknown>>(automaticPlace, [
      message.conversationId,
      message.identityId,
      message.ticketId,
      message.threadId,
    ]);
    const channel = this.channels.find(message.channelId);
    if (!place || !channel) {
      return { refusal: 'gone' };
    }
    const there = message.speaker ? { ...place, answered: message.speaker.answered } : place;
    const refusal =
      (await this.refusalOf(tx, channel, there, message)) ?? (await this.refusalOfMail(tx, channel, there, message));
    return refusal === null ? this.store(tx, channel, there, message) : { refusal };
  }

  private async refusalOf(
    tx: Transaction,
    channel: OpenChannel,
    place: AutomaticPlace,
    message: AutomaticMessage,
  ): Promise<string | null> {
    if (!takesMessage(channel, message)) {
      return 'channel_off';
    }
    if (place.retired || place.blocked || place.reachable !== 'yes') {
      return 'unreachable';
    }
    if ((place.answered?.flags ?? []).some((flag) => unanswered.has(flag))) {
      return 'automatic';
    }
    return (await this.isTooMuch(tx, place, message)) ? 'too_many' : this.refusalOfAddress(tx, channel, place);
  }

  private async isTooMuch(
    tx: Transaction,
    place: AutomaticPlace,
    { speaker }: Pick<AutomaticMessage, 'speaker'>,
  ): Promise<boolean> {
    const author = speaker ? 'bot' : 'system';
    const most = speaker ? talkBudgets : budgets;
    const [recent] = await tx.query<{ soon: number; day: number }>(recentAutomatic, [place.id, place.last_seq, author]);
    return recent !== undefined && (recent.soon >= most.tenMinutes || recent.day >= most.day);
  }

  private refusalOfAddress(tx: Transaction, channel: OpenChannel, { address }: AutomaticPlace): Promise<string | null> {
    return this.permits.refuseWriting(tx, channel, address).then(
      () => null,
      (error: unknown) => (error instanceof ApiError ? error.code : Promise.reject(error as Error)),
    );
  }

  private async refusalOfMail(
    tx: Transaction,
    channel: OpenChannel,
    place: AutomaticPlace,
    { threadId, channelId, speaker }: AutomaticMessage,
  ): Promise<string | null> {
    if (channel.kind !== 'email') {
      return null;
    }
    return threadId === null
      ? 'no_thread'
      : this.answers.refusal(tx, {
          channelId,
          threadId,
          address: place.address,
          content: place.answered ?? {},
          isTalk: speaker !== undefined,
        });
  }

  private async store(
    tx: Transaction,
    channel: OpenChannel,
    place: AutomaticPlace,
    message: AutomaticMessage,
  ): Promise<Written> {
    const id = uuid();
    const { choices = [], speaker } = message;
    const body = bodyOf(channel, message);
    const mailId = this.mailIdFor(id, channel, message);
    const [stored] = await tx.query<{ seq: number }>(insertAutomatic, [
      id,
      message.conversationId,
      channel.id,
      message.threadId,
      message.identityId,
      mailId,
      message.ticketId,
      body,
      matchKey(body),
      JSON.stringify(contentOf(place, mailId, choices)),
      channel.adapter.send ? 'queued' : 'sent',
      speaker?.sessionId ?? null,
      speaker?.epoch ?? null,
    ]);
    const seq = (stored as { seq: number }).seq;
    if (channel.adapter.send) {
      await this.outgoing.enqueue(tx, {
        conversationId: message.conversationId,
        seq,
        channelId: channel.id,
        threadId: message.threadId,
        address: place.address,
        mailId,
      });
    }
    await tx.query(logAutomatic, [message.conversationId, id, seq]);
    this.live.movedBy(tx, [{ id: place.id, rev: place.rev }]);
    return { id, seq };
  }

  private mailIdFor(id: string, { kind, account }: OpenChannel, { threadId }: AutomaticMessage): string | null {
    if (kind !== 'email' || threadId === null) {
      return null;
    }
    const { address } = account.settings as EmailSettings;
    return this.tokens.messageIdFor({ messageId: id, threadId }, address.slice(address.lastIndexOf('@') + 1));
  }
}

/** What is stored for a chat is there: its visitors need nobody to send it. */
function takesMessage({ enabled, adapter, kind }: OpenChannel, { inChat = false }: AutomaticMessage): boolean {
  return enabled && (adapter.send !== undefined || (inChat && kind === 'web'));
}

/** What a bot says has its menu in its words already. */
function bodyOf({ kind }: OpenChannel, { body, choices = [], speaker }: AutomaticMessage): string {
  return kind === 'sms' && choices.length > 0 && !speaker ? numberedMenu(body, choices) : body;
}

function contentOf(place: AutomaticPlace, mailId: string | null, choices: Choice[]): MessageContent {
  return {
    ...(mailId !== null && { subject: place.subject ?? '', to: [place.address] }),
    ...(choices.length > 0 && { choices }),
  };
}
