import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { failpoint } from '#failpoint';
import { HubConfig } from '#config';
import { WebChats, type WebChat } from '../auth/visitors/web-chats.service.js';
import { Database } from '../database/database.js';
import { Receiving } from '../intake/receiving.service.js';
import { invalid, notFound, tooMany } from '../platform/errors/api-error.js';
import { clientAddress } from './client-address.js';
import { saidMessage } from './visitor-people.query.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';

export interface Said {
  id: string;
  body: string;
  attachmentIds?: string[] | undefined;
}

/** Takes what visitors write, by the same way in as every other channel. */
@Injectable()
export class VisitorSpeech {
  /** A person types slower than this; a script does not. Counted per visitor, and wider per place for those who make visitors. */
  private readonly perVisitor = new RateLimiterMemory({ points: 30, duration: 30 });
  private readonly perPlace = new RateLimiterMemory({ points: 300, duration: 60 });

  constructor(
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly chats: WebChats,
    private readonly receiving: Receiving,
    private readonly sockets: VisitorSockets,
  ) {}

  /**
   * Stores the message and says where. The visitor's own id makes a repeat harmless: it is answered like the first. Ids count per
   * visitor, so nobody can take or try another's.
   */
  async take(socket: VisitorSocket, said: Said): Promise<{ seq: number; rev: number }> {
    const { visitorId, channelId } = socket.data.seat;
    const chat = this.chats.find(channelId);
    if (!chat) {
      throw notFound('This chat');
    }
    const externalId = `${visitorId} ${said.id.toLowerCase()}`;
    const known = await this.find(channelId, externalId);
    if (known) {
      return known;
    }
    const text = checkText(said, chat);
    await this.brake(socket);
    await this.receiving.take({ id: channelId, kind: 'web' }, [
      {
        type: 'message',
        externalId,
        raw: Buffer.from(JSON.stringify({ visitor: visitorId, id: said.id, body: said.body })),
        from: { kind: 'web', address: visitorId, trust: 'proven', name: '' },
        claims: [],
        sentAt: null,
        kind: 'text',
        text,
        attachments: [],
        mail: null,
        replyTo: null,
        flags: [],
      },
    ]);
    await this.sockets.wrote(socket);
    const stored = await this.find(channelId, externalId);
    if (!stored) {
      throw notFound('This message');
    }
    failpoint('visitor.before-answer');
    return stored;
  }

  private async find(channelId: string, externalId: string): Promise<{ seq: number; rev: number } | null> {
    const [row] = await this.database.query<{ seq: number; rev: number }>(saidMessage, [channelId, externalId]);
    return row ?? null;
  }

  private placeOf({ handshake: { address, headers } }: VisitorSocket): string {
    return clientAddress(address, [headers['x-forwarded-for']].flat().join(), this.config.trustProxy);
  }

  private async brake(socket: VisitorSocket): Promise<void> {
    try {
      await this.perVisitor.consume(socket.data.seat.visitorId);
      await this.perPlace.consume(this.placeOf(socket));
    } catch (reason) {
      throw reason instanceof RateLimiterRes ? tooMany(reason.msBeforeNext / 1000) : reason;
    }
  }
}

/** Half a character of a pair, which no database keeps, becomes the sign for one that is missing. */
function checkText({ body, attachmentIds = [] }: Said, chat: WebChat): string {
  const text = body.toWellFormed();
  if (attachmentIds.length > 0) {
    throw invalid('attachmentIds', 'Files cannot be sent in this chat.', 'no_attachments');
  }
  if (text.replaceAll('\u0000', '').trim() === '') {
    throw invalid('body', 'Write something.', 'empty');
  }
  if (text.length > chat.textLimit) {
    throw invalid('body', `A message has at most ${String(chat.textLimit)} characters.`, 'too_long');
  }
  return text;
}
