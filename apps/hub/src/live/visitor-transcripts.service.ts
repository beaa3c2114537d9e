import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { v7 as uuid } from 'uuid';
import { ChannelError, normaliseEmail, type EmailSettings } from '#channels';
import { Database } from '../database/database.js';
import { AutomaticAnswers } from '../delivery/automatic-answers.service.js';
import { ApiError, conflict, invalid, notFound } from '../platform/errors/api-error.js';
import { takeTurn } from '../platform/errors/take-turn.js';
import { ChannelDirectory, type OpenChannel } from '../settings/channel-directory.service.js';
import { headingOf, transcriptPage, transcriptText, type Transcript } from './render-transcript.js';
import { inLanguage } from './visitor-form.js';
import { VisitorPeople } from './visitor-people.service.js';
import type { VisitorCaller } from './visitor-requests.service.js';
import { transcriptRows, type TranscriptRow } from './visitor-transcript.query.js';

/** How a visitor wants their transcript. */
export interface TranscriptWish {
  locale: 'en' | 'fa';
  timeZone: string;
}

const mostRows = 5_000;

/** What passed between a visitor and us, for them to keep. */
@Injectable()
export class VisitorTranscripts {
  /** Mails of one visitor in a day, and of all that come from one place. */
  private readonly perVisitor = new RateLimiterMemory({ points: 3, duration: 24 * 3600 });
  private readonly perPlace = new RateLimiterMemory({ points: 10, duration: 24 * 3600 });

  constructor(
    private readonly database: Database,
    private readonly people: VisitorPeople,
    private readonly channels: ChannelDirectory,
    private readonly answers: AutomaticAnswers,
  ) {}

  async page(caller: VisitorCaller, wish: TranscriptWish): Promise<string> {
    return transcriptPage(await this.read(caller, wish));
  }

  /**
   * Mails the transcript to an address that the visitor typed. Nobody has proven that it is theirs, so this could carry a stranger's words
   * to anybody: it goes out only once one of us has answered, rarely, and never to an address that wants nothing of us.
   */
  async mail(caller: VisitorCaller, ip: string, wish: TranscriptWish & { to: string }): Promise<void> {
    const address = normaliseEmail(wish.to);
    if (address === null) {
      throw invalid('email', 'This is not an e-mail address.', 'email_invalid');
    }
    const transcript = await this.read(caller, wish);
    if (!transcript.rows.some(({ author }) => author === 'agent')) {
      throw conflict('nobody_answered', 'There is an answer to wait for before it can be mailed.');
    }
    const channel = this.mailbox(caller);
    await takeTurn(this.perVisitor, caller.visitor.visitorId);
    await takeTurn(this.perPlace, ip);
    await this.passBrake(channel.id, address);
    await send(channel, address, transcript);
  }

  private async read({ visitor, chat }: VisitorCaller, { locale, timeZone }: TranscriptWish): Promise<Transcript> {
    const known = await this.people.find(visitor.visitorId);
    if (!known) {
      throw notFound('This conversation');
    }
    const parameters = [known.conversationId, known.identityId, mostRows];
    const rows = await this.database.query<TranscriptRow & Record<string, unknown>>(transcriptRows, parameters);
    return { title: inLanguage(chat.title, locale) || chat.name, locale, timeZone, rows };
  }

  /** The mailbox that writes for the same queue, else any. */
  private mailbox({ chat }: VisitorCaller): OpenChannel {
    const queue = this.channels.find(chat.id)?.queueId;
    const mailboxes = this.channels
      .all()
      .filter(({ kind, enabled, problem }) => kind === 'email' && enabled && problem === null);
    const found = mailboxes.find(({ queueId }) => queueId === queue) ?? mailboxes[0];
    if (!found) {
      throw conflict('no_mailbox', 'There is no mailbox to send it from.');
    }
    return found;
  }

  private async passBrake(channelId: string, address: string): Promise<void> {
    const refusal = await this.database.transaction((tx) =>
      this.answers.refusal(tx, { channelId, threadId: null, address, content: {} }),
    );
    if (refusal !== null) {
      throw new ApiError(409, 'mail_refused', 'Nothing is sent to this address just now.', { field: 'email' });
    }
  }
}

async function send({ adapter, account }: OpenChannel, address: string, transcript: Transcript): Promise<void> {
  const id = uuid();
  const { address: from } = account.settings as EmailSettings;
  const message = {
    id,
    to: { kind: 'email' as const, address },
    toName: '',
    text: transcriptText(transcript),
    attachments: [],
    mail: {
      messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      inReplyTo: null,
      references: [],
      subject: headingOf(transcript),
      cc: [],
      threadToken: null,
    },
    replyTo: null,
  };
  try {
    await adapter.send?.(message, account);
  } catch (error) {
    throw error instanceof ChannelError ? conflict('mail_refused', 'The mail server did not take it.', 'email') : error;
  }
}
