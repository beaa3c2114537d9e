import { Injectable } from '@nestjs/common';
import { renderFor, type BotSay, type Rendered, type WrittenMessage } from '#bots';
import type { Choice } from '#channels';
import type { Transaction } from '../../database/database.js';
import { AutomaticMessages } from '../../delivery/automatic-messages.service.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { ScriptFiles } from '../files/script-files.service.js';
import { ChoiceLinks } from '../choice-page/choice-links.service.js';
import type { HeardMessage, SessionRow } from './bot-session.query.js';
import { shortName } from './read-happening.js';

/** What a turn said, in the form of its channel, and why the rest was not written. */
export interface Spoken {
  messages: Rendered[];
  refusal: string | null;
}

/** Channels on which what is said in one turn is one message: each further one costs, or is one more mail. */
const asOne = new Set(['sms', 'email']);

/** Says what a script says, by the way out that all messages take. */
@Injectable()
export class BotSpeech {
  constructor(
    private readonly messages: AutomaticMessages,
    private readonly channels: ChannelDirectory,
    private readonly links: ChoiceLinks,
    private readonly files: ScriptFiles,
  ) {}

  /**
   * What is said belongs to no ticket while the bot talks: answers to it are for the bot. `epoch`: of the conversation, under which the
   * session speaks. The conversation must be locked. What is said on a call is no message: its line fetches it from the turn.
   */
  async say(
    tx: Transaction,
    session: SessionRow,
    says: readonly BotSay[],
    { epoch, answered }: { epoch: number; answered: HeardMessage['content'] },
  ): Promise<Spoken> {
    if (session.channel === 'voice') {
      return { messages: renderFor('voice', says), refusal: null };
    }
    const messages = this.render(session, says);
    for (const { body, choices, media } of messages) {
      const written = await this.messages.write(tx, {
        conversationId: session.conversationId,
        channelId: session.channelId,
        identityId: session.identityId,
        threadId: session.threadId,
        ticketId: null,
        body: this.wordsOf(session, body, choices),
        choices,
        inChat: true,
        speaker: { sessionId: session.id, epoch, answered },
      });
      if ('refusal' in written) {
        return { messages, refusal: written.refusal };
      }
      if (media !== null) {
        const place = { conversationId: session.conversationId, seq: written.seq };
        await this.files.sendAlong(tx, media, place, this.channels.find(session.channelId));
      }
    }
    return { messages, refusal: null };
  }

  /** What is written, before anything of it is signed: a repeat is answered with the same. */
  private render(session: SessionRow, says: readonly BotSay[]): WrittenMessage[] {
    const kind = this.channels.find(session.channelId)?.kind ?? '';
    // A program of the organisation's own shows no buttons: it gets them in the words, under the numbers that answers may name.
    const rendered = renderFor(session.channel, says, { session: shortName(session.id), isPlain: kind === 'messages' });
    const written = rendered.filter((one) => one.kind === 'message' && one.body !== '') as WrittenMessage[];
    return asOne.has(kind) ? joined(written) : written;
  }

  /** Links in a mail are signed here. */
  private wordsOf(session: SessionRow, body: string, choices: readonly Choice[]): string {
    const kind = this.channels.find(session.channelId)?.kind;
    return kind === 'email' ? this.links.into(body, session.id, choices) : body;
  }
}

/** A message carries one file: a second one begins another message. */
function joined(messages: readonly WrittenMessage[]): WrittenMessage[] {
  const made: WrittenMessage[] = [];
  for (const next of messages) {
    const last = made.at(-1);
    if (last === undefined || (last.media !== null && next.media !== null)) {
      made.push(next);
    } else {
      const body = `${last.body}\n\n${next.body}`;
      const choices = [...last.choices, ...next.choices];
      made[made.length - 1] = { kind: 'message', body, choices, media: last.media ?? next.media };
    }
  }
  return made;
}
